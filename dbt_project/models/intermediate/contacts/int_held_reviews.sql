-- Grain: one row per recorded review with the day it was held, whatever that day is, from either kind of extract,
-- with the child and the period of care that it is about (B10).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

periods_of_care as (
    select periods_of_care.*
    from {{ ref('int_periods_of_care') }} as periods_of_care
    inner join snapshots
        on periods_of_care.la = snapshots.la
        and periods_of_care.snapshot_month = snapshots.snapshot_month
        and periods_of_care.period_end = snapshots.snapshot_end
),

episodes as (
    select distinct la, snapshot_month, period_end, person_id, care_number, start_date
    from {{ ref('int_counted_episodes') }}
),

recorded_episodes as (
    select distinct la, snapshot_month, person_id, cla_id, episode_start_date
    from {{ ref('stg_ssd__cla_episodes') }}
    where cla_id is not null
),

ssd_reviews as (
    select * from {{ ref('stg_ssd__cla_reviews') }}
    where review_date is not null and not {{ is_yes('cancelled') }}
),

ssda903_reviews as (
    select * from {{ ref('stg_ssda903__reviews') }}
    where review_date is not null
),

-- Reviews carry no person: a care id says whose it is.
care_ids as (
    select la, snapshot_month, cla_id, min(person_id) as person_id
    from recorded_episodes
    group by la, snapshot_month, cla_id
),

recorded_reviews as (
    select
        'ssd_cla_reviews' as source_table, ssd_reviews.la, ssd_reviews.snapshot_month,
        coalesce(ssd_reviews.review_id, {{ file_and_row() }}) as review_id, ssd_reviews.cla_id,
        care_ids.person_id, ssd_reviews.review_date, ssd_reviews.recorded_due_date, ssd_reviews.participation
    from ssd_reviews
    left join care_ids
        on ssd_reviews.la = care_ids.la
        and ssd_reviews.snapshot_month = care_ids.snapshot_month
        and ssd_reviews.cla_id = care_ids.cla_id
    union all
    select
        'ssda903_reviews' as source_table, la, snapshot_month, {{ file_and_row() }} as review_id,
        cast(null as {{ dbt.type_string() }}) as cla_id, child_id as person_id, review_date,
        cast(null as date) as recorded_due_date, participation
    from ssda903_reviews
),

-- The periods of care that each care id stands in.
care_of_ids as (
    select distinct
        periods_of_care.la, periods_of_care.snapshot_month, periods_of_care.person_id,
        recorded_episodes.cla_id, periods_of_care.care_number, periods_of_care.care_start_date
    from periods_of_care
    inner join episodes
        on periods_of_care.la = episodes.la
        and periods_of_care.snapshot_month = episodes.snapshot_month
        and periods_of_care.period_end = episodes.period_end
        and periods_of_care.person_id = episodes.person_id
        and periods_of_care.care_number = episodes.care_number
    inner join recorded_episodes
        on episodes.la = recorded_episodes.la
        and episodes.snapshot_month = recorded_episodes.snapshot_month
        and episodes.person_id = recorded_episodes.person_id
        and episodes.start_date = recorded_episodes.episode_start_date
    union all
    select
        la, snapshot_month, person_id, cast(null as {{ dbt.type_string() }}) as cla_id, care_number,
        care_start_date
    from periods_of_care
),

-- The last period of care that began on or before the day, else the first.
final as (
    select
        recorded_reviews.source_table,
        recorded_reviews.la,
        recorded_reviews.snapshot_month,
        recorded_reviews.review_id,
        recorded_reviews.person_id,
        recorded_reviews.review_date,
        recorded_reviews.recorded_due_date,
        recorded_reviews.participation,
        care_of_ids.care_number,
        care_of_ids.care_start_date
    from recorded_reviews
    left join care_of_ids
        on recorded_reviews.la = care_of_ids.la
        and recorded_reviews.snapshot_month = care_of_ids.snapshot_month
        and recorded_reviews.person_id = care_of_ids.person_id
        and coalesce(recorded_reviews.cla_id, '') = coalesce(care_of_ids.cla_id, '')
    qualify row_number() over (
            partition by
                recorded_reviews.la, recorded_reviews.snapshot_month, recorded_reviews.review_id,
                recorded_reviews.review_date
            order by
                case
                    when recorded_reviews.review_date >= care_of_ids.care_start_date then -care_of_ids.care_number
                    else care_of_ids.care_number
                end nulls last
        ) = 1
)

select * from final

-- Grain: one row per review held by a month end (D), with when it was due (C21). The clock runs from the
-- start of the period of care, then from the review actually held before; a placement move does not restart it.
with

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
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

working_days as (
    select * from {{ ref('int_working_days') }}
),

-- A care id is that of any episode recorded in the period of care, a duplicate that was dropped included.
care_ids as (
    select distinct
        episodes.la, episodes.snapshot_month, episodes.period_end, episodes.person_id, episodes.care_number,
        recorded_episodes.cla_id
    from episodes
    inner join recorded_episodes
        on episodes.la = recorded_episodes.la
        and episodes.snapshot_month = recorded_episodes.snapshot_month
        and episodes.person_id = recorded_episodes.person_id
        and episodes.start_date = recorded_episodes.episode_start_date
),

-- B10: a case-system review belongs to the period of care of its own care id.
reviews_by_care_id as (
    select
        care_ids.la, care_ids.snapshot_month, care_ids.period_end, care_ids.person_id, care_ids.care_number,
        ssd_reviews.review_id, ssd_reviews.review_date
    from care_ids
    inner join ssd_reviews
        on care_ids.la = ssd_reviews.la
        and care_ids.snapshot_month = ssd_reviews.snapshot_month
        and care_ids.cla_id = ssd_reviews.cla_id
        and care_ids.period_end >= ssd_reviews.review_date
),

-- F8: an SSDA903 review says only whose it is and when.
reviews_by_child as (
    select
        periods_of_care.la, periods_of_care.snapshot_month, periods_of_care.period_end, periods_of_care.person_id,
        periods_of_care.care_number,
        concat(ssda903_reviews.source_file, ':', cast(ssda903_reviews.source_row as {{ dbt.type_string() }})) as review_id,
        ssda903_reviews.review_date
    from periods_of_care
    inner join ssda903_reviews
        on periods_of_care.la = ssda903_reviews.la
        and periods_of_care.snapshot_month = ssda903_reviews.snapshot_month
        and periods_of_care.person_id = ssda903_reviews.child_id
        and periods_of_care.period_end >= ssda903_reviews.review_date
        and ssda903_reviews.review_date between periods_of_care.care_start_date
        and {{ or_open('periods_of_care.care_end_date') }}
),

reviews as (
    select * from reviews_by_care_id
    union all
    select * from reviews_by_child
),

-- A review from before the care it is about is a wrong date (DQ06); it is held, and counts nowhere.
reviews_in_care as (
    select reviews.*, periods_of_care.care_start_date, periods_of_care.care_end_date
    from reviews
    inner join periods_of_care
        on reviews.la = periods_of_care.la
        and reviews.snapshot_month = periods_of_care.snapshot_month
        and reviews.period_end = periods_of_care.period_end
        and reviews.person_id = periods_of_care.person_id
        and reviews.care_number = periods_of_care.care_number
        and reviews.review_date >= periods_of_care.care_start_date
),

-- One care id in two periods of care: the one the review date lies in, else the latest before it. And one review
-- of a child a day.
reviews_once as (
    select *
    from reviews_in_care
    qualify row_number() over (
            partition by la, snapshot_month, period_end, person_id, review_date
            order by
                case when review_date <= {{ or_open('care_end_date') }} then 1 else 2 end nulls last,
                care_number desc nulls last,
                {{ by_row_id('review_id') }}
        ) = 1
),

numbered_reviews as (
    select
        *,
        row_number() over in_order as review_number,
        lag(review_date) over in_order as previous_review_date
    from reviews_once
    window in_order as (
        partition by la, snapshot_month, period_end, person_id, care_number order by review_date nulls last
    )
),

final as (
    select
        numbered_reviews.la,
        numbered_reviews.snapshot_month,
        numbered_reviews.period_end,
        numbered_reviews.person_id,
        numbered_reviews.care_number,
        numbered_reviews.review_id,
        numbered_reviews.review_date,
        cast(numbered_reviews.review_number as int) as review_number,
        case numbered_reviews.review_number
            when 1 then working_days.working_day_20
            when 2 then {{ add_months('numbered_reviews.previous_review_date', 3) }}
            else {{ add_months('numbered_reviews.previous_review_date', 6) }}
        end as review_due_date
    from numbered_reviews
    left join working_days
        on numbered_reviews.la = working_days.la
        and numbered_reviews.snapshot_month = working_days.snapshot_month
        and numbered_reviews.care_start_date = working_days.calendar_date
)

select * from final

-- Grain: one row per last contact of a reviewing officer (IRO) that is a review, and per contact, in this or an
-- earlier extract, of a child of whom the officers' own records have no visit at all.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

episodes as (
    select * from {{ ref('stg_ssd__cla_episodes') }}
),

earlier_episodes as (
    select * from {{ ref('stg_earlier__cla_episodes') }}
),

reviews as (
    select distinct la, snapshot_month, person_id, review_date from {{ ref('int_held_reviews') }}
),

activity as (
    select * from {{ ref('stg_ext__iro_activity') }}
),

-- The case system keeps the latest contact only; earlier extracts keep those before it.
recorded_contacts as (
    select
        episodes.la, episodes.snapshot_month, episodes.person_id, episodes.episode_id,
        episodes.last_iro_contact_date as contact_date, true as is_recorded_now, snapshots.snapshot_month as extract_month
    from episodes
    inner join snapshots
        on episodes.la = snapshots.la
        and episodes.snapshot_month = snapshots.snapshot_month
        and episodes.last_iro_contact_date <= snapshots.snapshot_end
    union all
    select
        snapshots.la, snapshots.snapshot_month, earlier_episodes.person_id, earlier_episodes.episode_id,
        earlier_episodes.last_iro_contact_date as contact_date, false as is_recorded_now,
        earlier_episodes.snapshot_month as extract_month
    from snapshots
    inner join earlier_episodes
        on snapshots.la = earlier_episodes.la
        and snapshots.snapshot_month > earlier_episodes.snapshot_month
        and snapshots.snapshot_end >= earlier_episodes.last_iro_contact_date
),

contacts as (
    select
        la, snapshot_month, person_id, episode_id, contact_date,
        bool_or(is_recorded_now) as is_recorded_now,
        min(extract_month) as first_extract_month
    from recorded_contacts
    group by la, snapshot_month, person_id, episode_id, contact_date
),

-- A visit is recorded with the next review, so only what came before the latest report could be there.
people_without_visit as (
    select la, snapshot_month, person_id, max(report_date) as last_report_date
    from activity
    group by la, snapshot_month, person_id
    having max(iro_visit_date) is null
),

faults as (
    select
        contacts.*,
        people_without_visit.last_report_date,
        reviews.review_date is not null as is_review
    from contacts
    left join people_without_visit
        on contacts.la = people_without_visit.la
        and contacts.snapshot_month = people_without_visit.snapshot_month
        and contacts.person_id = people_without_visit.person_id
        and contacts.contact_date <= people_without_visit.last_report_date
    left join reviews
        on contacts.la = reviews.la
        and contacts.snapshot_month = reviews.snapshot_month
        and contacts.person_id = reviews.person_id
        and contacts.contact_date = reviews.review_date
    where (reviews.review_date is not null and contacts.is_recorded_now)
        or (reviews.review_date is null and people_without_visit.person_id is not null)
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        'ssd_cla_episodes' as table_name,
        episode_id as row_id,
        'clae_cla_last_iro_contact_date' as column_name,
        {{ date_text('contact_date') }} as bad_value,
        case
            when is_review
                then concat(
                        'The last contact of the reviewing officer, ', {{ date_text('contact_date') }},
                        ', is the day of a review: a review is not a visit.'
                    )
            else concat(
                    'The reviewing officer saw the child on ', {{ date_text('contact_date') }},
                    ', but the officers have recorded no visit of the child at all.'
                )
        end as detail,
        case
            when is_review then 'A review of the child was held on that day.'
            else concat(
                    'The contact stands in the extract of ', first_extract_month, '; the reports in ext_iro_activity go up to ',
                    {{ date_text('last_report_date') }}, ' for the child, without a visit.'
                )
        end as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from faults
)

select * from final

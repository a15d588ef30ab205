-- Grain: one row per visit that must have been recorded late: it is not in the extract of the month before.
with

extracts as (
    select * from {{ ref('int_extracts_before') }}
),

visits as (
    select distinct la, snapshot_month, person_id, visit_id, visit_date from {{ ref('stg_ssd__cla_visits') }}
    where visit_id is not null
),

visits_before as (
    select * from {{ ref('stg_earlier__cla_visits') }}
),

-- A month before without a visit at all is no evidence.
months_before as (
    select distinct la, snapshot_month from visits_before
),

-- A visit on a day that is known may have got another id.
days_before as (
    select la, snapshot_month, person_id, visit_date
    from visits_before
    group by la, snapshot_month, person_id, visit_date
),

late_visits as (
    select visits.*, extracts.extract_month, extracts.extract_date
    from visits
    inner join extracts
        on visits.la = extracts.la
        and visits.snapshot_month = extracts.snapshot_month
        and visits.visit_date <= extracts.last_day_in_time
    inner join months_before
        on extracts.la = months_before.la
        and extracts.extract_month = months_before.snapshot_month
    left join visits_before
        on extracts.la = visits_before.la
        and extracts.extract_month = visits_before.snapshot_month
        and visits.visit_id = visits_before.visit_id
    left join days_before
        on extracts.la = days_before.la
        and extracts.extract_month = days_before.snapshot_month
        and visits.person_id = days_before.person_id
        and visits.visit_date = days_before.visit_date
    where visits_before.visit_id is null and days_before.person_id is null
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        'ssd_cla_visits' as table_name,
        visit_id as row_id,
        'clav_cla_visit_date' as column_name,
        {{ date_text('visit_date') }} as bad_value,
        concat(
            'The visit of ', {{ date_text('visit_date') }}, ' was recorded more than five working days later: after ',
            {{ date_text('extract_date') }}, '.'
        ) as detail,
        concat('ssd_cla_visits of ', extract_month, ' has neither this id nor a visit of the child on that day.')
            as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from late_visits
)

select * from final

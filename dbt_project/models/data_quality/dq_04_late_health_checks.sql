-- Grain: one row per completed health check that must have been recorded late: it is not in the extract of the
-- month before.
with

extracts as (
    select * from {{ ref('int_extracts_before') }}
),

checks as (
    select * from {{ ref('stg_ssd__cla_health') }}
    where health_check_id is not null
),

checks_before as (
    select * from {{ ref('stg_earlier__cla_health') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'health_check_status'
),

completed_checks as (
    select distinct
        checks.la, checks.snapshot_month, checks.person_id, checks.health_check_id, checks.check_type, checks.check_date
    from checks
    left join code_map
        on checks.la = code_map.la
        and checks.snapshot_month = code_map.snapshot_month
        and {{ word('checks.check_status') }} = code_map.word
    where {{ word('coalesce(code_map.code, checks.check_status)') }} = 'completed'
),

-- A month before without a check at all is no evidence.
months_before as (
    select distinct la, snapshot_month from checks_before
),

-- A check of this kind on a day that is known may have got another id.
days_before as (
    select la, snapshot_month, person_id, check_type, check_date
    from checks_before
    group by la, snapshot_month, person_id, check_type, check_date
),

late_checks as (
    select completed_checks.*, extracts.extract_month, extracts.extract_date
    from completed_checks
    inner join extracts
        on completed_checks.la = extracts.la
        and completed_checks.snapshot_month = extracts.snapshot_month
        and completed_checks.check_date <= extracts.last_day_in_time
    inner join months_before
        on extracts.la = months_before.la
        and extracts.extract_month = months_before.snapshot_month
    left join checks_before
        on extracts.la = checks_before.la
        and extracts.extract_month = checks_before.snapshot_month
        and completed_checks.health_check_id = checks_before.health_check_id
    left join days_before
        on extracts.la = days_before.la
        and extracts.extract_month = days_before.snapshot_month
        and completed_checks.person_id = days_before.person_id
        and completed_checks.check_type = days_before.check_type
        and completed_checks.check_date = days_before.check_date
    where checks_before.health_check_id is null and days_before.person_id is null
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        'ssd_cla_health' as table_name,
        health_check_id as row_id,
        'clah_health_check_date' as column_name,
        {{ date_text('check_date') }} as bad_value,
        concat(
            'The check (', coalesce(check_type, 'no type'), ') of ', {{ date_text('check_date') }},
            ' was recorded more than five working days later: after ', {{ date_text('extract_date') }}, '.'
        ) as detail,
        concat('ssd_cla_health of ', extract_month, ' has neither this id nor this check of the child on that day.')
            as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from late_checks
)

select * from final

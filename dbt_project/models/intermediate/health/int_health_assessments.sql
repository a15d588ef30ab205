-- Grain: one row per completed health assessment of a person (C22).
with

checks as (
    select * from {{ ref('stg_ssd__cla_health') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
),

final as (
    select distinct
        checks.la,
        checks.snapshot_month,
        checks.person_id,
        checks.check_date as assessment_date
    from checks
    left join code_map as check_types
        on checks.la = check_types.la
        and checks.snapshot_month = check_types.snapshot_month
        and check_types.domain = 'health_check_type'
        and {{ word('checks.check_type') }} = check_types.word
    left join code_map as check_statuses
        on checks.la = check_statuses.la
        and checks.snapshot_month = check_statuses.snapshot_month
        and check_statuses.domain = 'health_check_status'
        and {{ word('checks.check_status') }} = check_statuses.word
    where {{ word('coalesce(check_types.code, checks.check_type)') }} in ('health', 'health assessment')
        and {{ word('coalesce(check_statuses.code, checks.check_status)') }} = 'completed'
        and checks.check_date is not null
)

select * from final

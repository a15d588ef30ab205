-- Grain: one row per person, kind and day of a completed check (C22): a health assessment or a dental check.
with

checks as (
    select * from {{ ref('stg_ssd__cla_health') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
),

checks_in_words as (
    select
        checks.la,
        checks.snapshot_month,
        checks.person_id,
        checks.check_date,
        {{ word('coalesce(check_types.code, checks.check_type)') }} as check_type,
        {{ word('coalesce(check_statuses.code, checks.check_status)') }} as check_status
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
),

final as (
    select distinct
        la,
        snapshot_month,
        person_id,
        case when check_type in ('health', 'health assessment') then 'health' else 'dental' end as check_kind,
        check_date
    from checks_in_words
    where check_type in ('health', 'health assessment', 'dental', 'dental check')
        and check_status = 'completed'
        and check_date is not null
)

select * from final

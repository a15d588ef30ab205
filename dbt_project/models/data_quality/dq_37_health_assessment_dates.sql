-- Grain: one row per health check whose date and status contradict each other, or whose date puts it before the care
-- it belongs to (DQ37).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

checks as (
    select * from {{ ref('stg_ssd__cla_health') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

initial_assessments as (
    select * from {{ ref('int_initial_health_assessments') }}
),

checks_in_words as (
    select
        checks.la, checks.snapshot_month, checks.person_id, checks.health_check_id as row_id, checks.check_date,
        checks.check_status as recorded_status, snapshots.snapshot_end,
        {{ word('coalesce(check_types.code, checks.check_type)') }} in ('health', 'health assessment') as is_assessment,
        {{ word('coalesce(check_statuses.code, checks.check_status)') }} as check_status
    from checks
    inner join snapshots
        on checks.la = snapshots.la
        and checks.snapshot_month = snapshots.snapshot_month
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

-- Each period of care with the end of the one before it, and whether it has an initial assessment.
care_without_assessment as (
    select
        periods_of_care.la, periods_of_care.snapshot_month, periods_of_care.person_id, periods_of_care.care_number,
        periods_of_care.care_start_date, initial_assessments.assessment_date,
        lag(periods_of_care.care_end_date) over (
            partition by periods_of_care.la, periods_of_care.snapshot_month, periods_of_care.person_id
            order by periods_of_care.care_number nulls last
        ) as end_before
    from periods_of_care
    inner join snapshots
        on periods_of_care.la = snapshots.la
        and periods_of_care.snapshot_month = snapshots.snapshot_month
        and periods_of_care.period_end = snapshots.snapshot_end
    left join initial_assessments
        on periods_of_care.la = initial_assessments.la
        and periods_of_care.snapshot_month = initial_assessments.snapshot_month
        and periods_of_care.period_end = initial_assessments.period_end
        and periods_of_care.person_id = initial_assessments.person_id
        and periods_of_care.care_id = initial_assessments.care_id
),

-- One between two periods of care belongs to the nearer.
assessments_before_care as (
    select
        checks_in_words.*,
        care_without_assessment.care_start_date
    from checks_in_words
    inner join care_without_assessment
        on checks_in_words.la = care_without_assessment.la
        and checks_in_words.snapshot_month = care_without_assessment.snapshot_month
        and checks_in_words.person_id = care_without_assessment.person_id
        and checks_in_words.check_date < care_without_assessment.care_start_date
        and care_without_assessment.assessment_date is null
        and (
            care_without_assessment.end_before is null
            or {{ dbt.datediff('checks_in_words.check_date', 'care_without_assessment.care_start_date', 'day') }}
            < {{ dbt.datediff('care_without_assessment.end_before', 'checks_in_words.check_date', 'day') }}
        )
    where checks_in_words.is_assessment and checks_in_words.check_status = 'completed'
    qualify row_number() over (
            partition by
                checks_in_words.la, checks_in_words.snapshot_month, checks_in_words.person_id,
                care_without_assessment.care_number
            order by checks_in_words.check_date desc nulls last, {{ by_row_id('checks_in_words.row_id') }}
        ) = 1
),

findings as (
    select
        la, snapshot_month, person_id, row_id, 'clah_health_check_date' as column_name,
        {{ date_text('check_date') }} as bad_value,
        concat('The check is completed on ', {{ date_text('check_date') }}, ', a day that is still to come.') as detail
    from checks_in_words
    where check_status = 'completed' and check_date > snapshot_end
    union all
    select
        la, snapshot_month, person_id, row_id, 'clah_health_check_status' as column_name,
        recorded_status as bad_value,
        concat('The check is still planned for ', {{ date_text('check_date') }}, ', a day that is past.') as detail
    from checks_in_words
    where check_status = 'planned' and check_date < snapshot_end
    union all
    select
        la, snapshot_month, person_id, row_id, 'clah_health_check_date' as column_name,
        {{ date_text('check_date') }} as bad_value,
        concat(
            'The assessment is dated ', {{ date_text('check_date') }}, ', before care began on ',
            {{ date_text('care_start_date') }}, ', and that care has no other.'
        ) as detail
    from assessments_before_care
),

final as (
    select
        la, snapshot_month, person_id,
        'ssd_cla_health' as table_name,
        row_id, column_name, bad_value, detail,
        cast(null as {{ dbt.type_string() }}) as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from findings
)

select * from final

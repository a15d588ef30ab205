-- Grain: one row per strengths and difficulties questionnaire whose score or reason cannot be right, or is not there.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

questionnaires as (
    select * from {{ ref('stg_ssd__sdq_scores') }}
),

children_of_the_return as (
    select * from {{ ref('stg_ssda903__oc2') }}
),

people as (
    select * from {{ ref('int_people') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

-- The return lists nobody but the children looked after for twelve months.
recorded_rows as (
    select
        'ssd_sdq_scores' as table_name, la, snapshot_month, person_id, sdq_id as row_id,
        sdq_completed_date, sdq_score, upper(trim(sdq_reason)) as sdq_reason, 'csdq_' as prefix
    from questionnaires
    union all
    select
        'ssda903_oc2' as table_name, la, snapshot_month, child_id as person_id, {{ file_and_row() }} as row_id,
        cast(null as date) as sdq_completed_date, sdq_score, upper(trim(sdq_reason)) as sdq_reason, '' as prefix
    from children_of_the_return
),

-- C4b: twelve months in care by the month end, or by the end of that period of care.
long_periods_of_care as (
    select periods_of_care.*
    from periods_of_care
    inner join snapshots
        on periods_of_care.la = snapshots.la
        and periods_of_care.snapshot_month = snapshots.snapshot_month
        and periods_of_care.period_end = snapshots.snapshot_end
    where periods_of_care.care_start_date
        <= {{ months_before('least(' ~ or_open('periods_of_care.care_end_date') ~ ', snapshots.snapshot_end)', 12) }}
),

rows_with_age as (
    select
        recorded_rows.*,
        coalesce(recorded_rows.sdq_completed_date, snapshots.snapshot_end) as judged_date,
        {{ age_at('people.birth_date', 'coalesce(recorded_rows.sdq_completed_date, snapshots.snapshot_end)') }} as age
    from recorded_rows
    inner join snapshots
        on recorded_rows.la = snapshots.la
        and recorded_rows.snapshot_month = snapshots.snapshot_month
    left join people
        on recorded_rows.la = people.la
        and recorded_rows.snapshot_month = people.snapshot_month
        and recorded_rows.person_id = people.person_id
),

rows_in_cohort as (
    select distinct rows_with_age.la, rows_with_age.snapshot_month, rows_with_age.table_name, rows_with_age.row_id
    from rows_with_age
    left join long_periods_of_care
        on rows_with_age.la = long_periods_of_care.la
        and rows_with_age.snapshot_month = long_periods_of_care.snapshot_month
        and rows_with_age.person_id = long_periods_of_care.person_id
        and {{ runs_at('long_periods_of_care.care_start_date', 'long_periods_of_care.care_end_date', 'rows_with_age.judged_date') }}
    where rows_with_age.table_name = 'ssda903_oc2' or long_periods_of_care.person_id is not null
),

findings as (
    select
        *, 'sdq_score' as column_name, cast(cast(sdq_score as int) as {{ dbt.type_string() }}) as bad_value,
        'The score is outside 0 to 40.' as detail
    from rows_with_age
    where sdq_score < 0 or sdq_score > 40
    union all
    select
        *, 'sdq_reason' as column_name, sdq_reason as bad_value,
        concat('The reason says too young or too old; the child was ', cast(age as {{ dbt.type_string() }}), '.')
            as detail
    from rows_with_age
    where sdq_reason = 'SDQ1' and age between 4 and 16
    union all
    select
        rows_with_age.*, 'sdq_score' as column_name, cast(null as {{ dbt.type_string() }}) as bad_value,
        'There is neither a score nor a reason why there is none.' as detail
    from rows_with_age
    inner join rows_in_cohort
        on rows_with_age.la = rows_in_cohort.la
        and rows_with_age.snapshot_month = rows_in_cohort.snapshot_month
        and rows_with_age.table_name = rows_in_cohort.table_name
        and rows_with_age.row_id = rows_in_cohort.row_id
    where rows_with_age.sdq_score is null
        and coalesce(rows_with_age.sdq_reason, '') = ''
        and rows_with_age.age between 4 and 16
),

final as (
    select
        la, snapshot_month, person_id, table_name, row_id,
        concat(prefix, column_name) as column_name,
        bad_value, detail,
        concat(
            'questionnaire of ', coalesce({{ date_text('sdq_completed_date') }}, 'an unknown day'), ', age ',
            coalesce(cast(age as {{ dbt.type_string() }}), 'unknown')
        ) as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from findings
)

select * from final

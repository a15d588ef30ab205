-- Grain: one row per missing episode that began in care, up to D, from either kind of extract.
-- Episodes of one child that overlap are one, with the start and id of the first; two that touch stay two (B13).
with

recorded_missing as (
    select * from {{ ref('int_recorded_missing') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

-- An end after the end of care counts as that (DQ30).
rows_in_care as (
    select
        periods_of_care.la,
        periods_of_care.snapshot_month,
        periods_of_care.period_end,
        periods_of_care.person_id,
        recorded_missing.missing_id,
        recorded_missing.missing_start_date,
        case
            when recorded_missing.missing_end_date > periods_of_care.care_end_date then periods_of_care.care_end_date
            else recorded_missing.missing_end_date
        end as missing_end_date
    from periods_of_care
    inner join recorded_missing
        on periods_of_care.la = recorded_missing.la
        and periods_of_care.snapshot_month = recorded_missing.snapshot_month
        and periods_of_care.person_id = recorded_missing.person_id
        and periods_of_care.care_start_date <= recorded_missing.missing_start_date
        and {{ or_open('periods_of_care.care_end_date') }} > recorded_missing.missing_start_date
        and periods_of_care.period_end >= recorded_missing.missing_start_date
),

rows_with_end_before as (
    select
        *,
        max({{ or_open('missing_end_date') }}) over (
            partition by la, snapshot_month, period_end, person_id
            order by missing_start_date nulls last, {{ or_open('missing_end_date') }} nulls last
            rows between unbounded preceding and 1 preceding
        ) as end_so_far
    from rows_in_care
),

final as (
    select la, snapshot_month, period_end, person_id, missing_id, missing_start_date
    from rows_with_end_before
    where end_so_far is null or missing_start_date >= end_so_far
)

select * from final

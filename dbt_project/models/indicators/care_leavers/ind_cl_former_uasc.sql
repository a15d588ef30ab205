-- Grain: one row per care leaver at a snapshot's own month end who was an unaccompanied asylum seeking child in care.
with

care_leavers as (
    select * from {{ ref('int_care_leavers') }}
),

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
),

uasc_spans as (
    select * from {{ ref('int_uasc_spans') }}
),

uasc_in_care as (
    select distinct
        periods_of_care.la, periods_of_care.snapshot_month, periods_of_care.period_end, periods_of_care.person_id
    from periods_of_care
    inner join uasc_spans
        on periods_of_care.la = uasc_spans.la
        and periods_of_care.snapshot_month = uasc_spans.snapshot_month
        and periods_of_care.person_id = uasc_spans.person_id
        and uasc_spans.start_date < {{ or_open('periods_of_care.care_end_date') }}
        and {{ or_open('uasc_spans.end_date') }} > periods_of_care.care_start_date
),

final as (
    select
        care_leavers.la,
        care_leavers.snapshot_month,
        care_leavers.period_end,
        care_leavers.person_id,
        cast(null as {{ dbt.type_string() }}) as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from care_leavers
    inner join uasc_in_care
        on care_leavers.la = uasc_in_care.la
        and care_leavers.snapshot_month = uasc_in_care.snapshot_month
        and care_leavers.period_end = uasc_in_care.period_end
        and care_leavers.person_id = uasc_in_care.person_id
)

select * from final

-- Grain: one row per looked-after child who is an unaccompanied asylum seeker at a month end.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

uasc_spans as (
    select * from {{ ref('int_uasc_spans') }}
),

final as (
    select distinct
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator
    from looked_after
    inner join uasc_spans
        on looked_after.la = uasc_spans.la
        and looked_after.snapshot_month = uasc_spans.snapshot_month
        and looked_after.person_id = uasc_spans.person_id
        and {{ runs_at('uasc_spans.start_date', 'uasc_spans.end_date', 'looked_after.period_end') }}
)

select * from final

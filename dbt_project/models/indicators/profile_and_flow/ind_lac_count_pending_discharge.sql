-- Grain: one row per looked-after child with a sign, since this period of care began, that it is ending or over.
-- Nobody is pending for turning 18 alone: who may not stay has left the looked-after by then (C8).
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

discharge_signs as (
    select * from {{ ref('int_discharge_signs') }}
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
    inner join discharge_signs
        on looked_after.la = discharge_signs.la
        and looked_after.snapshot_month = discharge_signs.snapshot_month
        and looked_after.person_id = discharge_signs.person_id
        and looked_after.care_start_date <= discharge_signs.start_date
        and {{ runs_at('discharge_signs.start_date', 'discharge_signs.end_date', 'looked_after.period_end') }}
)

select * from final

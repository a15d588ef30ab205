-- Grain: one row per looked-after child, aged ten or over, with an open youth offending intervention at a month end.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
    where age >= 10
),

interventions as (
    select * from {{ ref('int_yot_interventions') }}
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
    inner join interventions
        on looked_after.la = interventions.la
        and looked_after.snapshot_month = interventions.snapshot_month
        and looked_after.person_id = interventions.person_id
        and {{ runs_at('interventions.start_date', 'interventions.end_date', 'looked_after.period_end') }}
)

select * from final

-- Grain: one row per child of a qualified social worker of looked-after teams 4 to 5 at a month end, and one per such
-- worker with the contracted hours.
with

caseloads as (
    select * from {{ ref('int_caseloads') }}
    where team in {{ lac_teams(4, 5) }}
),

workers as (
    select * from {{ ref('int_social_workers') }}
    where team in {{ lac_teams(4, 5) }}
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        involvement_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        true as is_in_numerator,
        cast(1 as double) as amount,
        cast(0 as double) as base_amount
    from caseloads
    union all
    select
        la,
        snapshot_month,
        period_end,
        cast(null as {{ dbt.type_string() }}) as person_id,
        professional_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        false as is_in_numerator,
        cast(0 as double) as amount,
        cast(contracted_fte as double) as base_amount
    from workers
)

select * from final

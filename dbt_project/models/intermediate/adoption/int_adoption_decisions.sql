-- Grain: one row per recorded decision that a child should be placed for adoption, with the adoption dates
-- recorded beside it, from either kind of extract (C23). A decision date may be missing.
with

permanence as (
    select * from {{ ref('stg_ssd__permanence') }}
),

-- A placement order date that is not recorded is that of the legal status (DQ32).
repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ32'
),

-- A child stands once in the return; should there be two rows, the later match speaks.
adopted_children as (
    select * from {{ ref('stg_ssda903__ad1') }}
    qualify row_number() over (
            partition by la, snapshot_month, child_id
            order by
                matched_date desc nulls last, adm_decision_date desc nulls last, adopted_by_carer desc nulls last
        ) = 1
),

-- DATE_PLACED is the day it was decided that the child should be placed.
return_decisions as (
    select * from {{ ref('stg_ssda903__sbpfa') }}
),

case_system_decisions as (
    select distinct
        permanence.la, permanence.snapshot_month, permanence.permanence_id as decision_id, permanence.person_id,
        permanence.cla_id, permanence.adm_decision_date as decision_date,
        permanence.decision_reversed_date as reversed_date,
        coalesce(permanence.placement_order_date, cast(repairs.new_value as date)) as placement_order_date,
        permanence.matched_date, permanence.placed_for_adoption_date as placed_date,
        {{ is_yes('permanence.adopted_by_carer') }} as is_adopted_by_carer,
        permanence.placed_foster_carer_date as foster_carer_date,
        permanence.placed_ffa_cp_date as early_permanence_date
    from permanence
    left join repairs
        on permanence.la = repairs.la
        and permanence.snapshot_month = repairs.snapshot_month
        and permanence.person_id = repairs.person_id
        and permanence.permanence_id = repairs.row_id
    where permanence.person_id is not null
        and (
            coalesce(
                permanence.adm_decision_date, permanence.placement_order_date, permanence.matched_date,
                permanence.placed_for_adoption_date, permanence.placed_foster_carer_date, permanence.placed_ffa_cp_date
            ) is not null
            or {{ is_yes('permanence.adopted_by_carer') }}
        )
),

adopted_childrens_decisions as (
    select
        la, snapshot_month, {{ file_and_row() }} as decision_id, child_id as person_id,
        cast(null as {{ dbt.type_string() }}) as cla_id,
        adm_decision_date as decision_date, cast(null as date) as reversed_date,
        cast(null as date) as placement_order_date, matched_date, cast(null as date) as placed_date,
        {{ is_yes('adopted_by_carer') }} as is_adopted_by_carer,
        cast(null as date) as foster_carer_date,
        cast(null as date) as early_permanence_date
    from adopted_children
    where child_id is not null
),

-- The adopted children's own file goes first; this one fills in a decision it does not give.
other_return_decisions as (
    select
        return_decisions.la,
        return_decisions.snapshot_month,
        concat(return_decisions.source_file, ':', cast(return_decisions.source_row as {{ dbt.type_string() }}))
            as decision_id,
        return_decisions.child_id as person_id,
        cast(null as {{ dbt.type_string() }}) as cla_id,
        return_decisions.decision_date,
        return_decisions.placed_ceased_date as reversed_date,
        cast(null as date) as placement_order_date,
        adopted_children.matched_date,
        cast(null as date) as placed_date,
        coalesce({{ is_yes('adopted_children.adopted_by_carer') }}, false) as is_adopted_by_carer,
        cast(null as date) as foster_carer_date,
        cast(null as date) as early_permanence_date
    from return_decisions
    left join adopted_children
        on return_decisions.la = adopted_children.la
        and return_decisions.snapshot_month = adopted_children.snapshot_month
        and return_decisions.child_id = adopted_children.child_id
    where return_decisions.child_id is not null
        and return_decisions.decision_date is not null
        and adopted_children.adm_decision_date is null
),

final as (
    select * from case_system_decisions
    union all
    select * from adopted_childrens_decisions
    union all
    select * from other_return_decisions
)

select * from final

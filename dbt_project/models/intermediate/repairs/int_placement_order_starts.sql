-- Grain: one row per decision in force that a child should be placed for adoption, of a period of care in which a
-- placement order (E1, D1) began: its first day, beside the date recorded with the decision (DQ32).
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where not is_as_recorded
),

decisions as (
    select * from {{ ref('stg_ssd__permanence') }}
    where permanence_id is not null and cla_id is not null
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

legal_statuses as (
    select * from {{ ref('int_legal_status_spans') }}
    where legal_status in ('E1', 'D1') and (end_date is null or end_date > start_date)
),

cares as (
    select
        la, snapshot_month, person_id, cla_id,
        min(start_date) as care_start_date,
        max({{ or_open('end_date') }}) as care_end_or_open
    from episodes
    where cla_id is not null
    group by la, snapshot_month, person_id, cla_id
),

order_starts as (
    select
        cares.la, cares.snapshot_month, cares.person_id, cares.cla_id,
        min(legal_statuses.start_date) as order_start_date
    from cares
    inner join snapshots
        on cares.la = snapshots.la
        and cares.snapshot_month = snapshots.snapshot_month
    inner join legal_statuses
        on cares.la = legal_statuses.la
        and cares.snapshot_month = legal_statuses.snapshot_month
        and cares.person_id = legal_statuses.person_id
        and cares.care_end_or_open > legal_statuses.start_date
        and cares.care_start_date < {{ or_open('legal_statuses.end_date') }}
        and snapshots.snapshot_end >= legal_statuses.start_date
    group by cares.la, cares.snapshot_month, cares.person_id, cares.cla_id
),

-- Of several decisions the latest that was not reversed speaks for the period of care (B9).
decisions_in_force as (
    select decisions.*
    from decisions
    inner join snapshots
        on decisions.la = snapshots.la
        and decisions.snapshot_month = snapshots.snapshot_month
        and (decisions.decision_reversed_date is null or decisions.decision_reversed_date > snapshots.snapshot_end)
    where coalesce(
            decisions.adm_decision_date, decisions.placement_order_date, decisions.matched_date,
            decisions.placed_for_adoption_date
        ) is not null
    qualify row_number() over (
            partition by decisions.la, decisions.snapshot_month, decisions.person_id, decisions.cla_id
            order by
                decisions.adm_decision_date desc nulls last,
                length(decisions.permanence_id) desc nulls last, decisions.permanence_id desc nulls last
        ) = 1
),

final as (
    select
        order_starts.la,
        order_starts.snapshot_month,
        order_starts.person_id,
        order_starts.cla_id,
        decisions_in_force.permanence_id,
        decisions_in_force.placement_order_date as recorded_order_date,
        order_starts.order_start_date
    from order_starts
    inner join decisions_in_force
        on order_starts.la = decisions_in_force.la
        and order_starts.snapshot_month = decisions_in_force.snapshot_month
        and order_starts.person_id = decisions_in_force.person_id
        and order_starts.cla_id = decisions_in_force.cla_id
)

select * from final

-- Grain: one row per decision for adoption, or placement order, that is missing, undecided or dated otherwise than the
-- legal status.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where not is_as_recorded
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where is_landed
),

episodes as (
    select * from {{ ref('int_episodes_in_order') }}
),

legal_statuses as (
    select * from {{ ref('int_legal_status_spans') }}
    where legal_status in ('E1', 'D1') and (end_date is null or end_date > start_date)
),

decisions as (
    select * from {{ ref('int_adoption_decisions') }}
),

order_starts as (
    select * from {{ ref('int_placement_order_starts') }}
),

repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ32'
),

cares as (
    select
        la, snapshot_month, person_id, cla_id, snapshot_end, source_table,
        min(start_date) as care_start_date,
        max({{ or_open('end_date') }}) as care_end_or_open,
        min(case
            when placement_code in {{ adoptive_placements() }} or legal_status in ('E1', 'D1') then start_date
        end) as placed_date
    from episodes
    group by la, snapshot_month, person_id, cla_id, snapshot_end, source_table
),

-- Periods of care with a placement order or a placement for adoption: both need a decision.
cares_decided as (
    select
        cares.la, cares.snapshot_month, cares.person_id, cares.cla_id, cares.source_table,
        min(least(
            coalesce(cares.placed_date, legal_statuses.start_date),
            coalesce(legal_statuses.start_date, cares.placed_date)
        )) as shown_date
    from cares
    left join legal_statuses
        on cares.la = legal_statuses.la
        and cares.snapshot_month = legal_statuses.snapshot_month
        and cares.person_id = legal_statuses.person_id
        and cares.care_end_or_open > legal_statuses.start_date
        and cares.care_start_date < {{ or_open('legal_statuses.end_date') }}
        and cares.snapshot_end >= legal_statuses.start_date
    where cares.placed_date is not null or legal_statuses.start_date is not null
    group by cares.la, cares.snapshot_month, cares.person_id, cares.cla_id, cares.source_table
),

-- The row of the decision that speaks for the period of care, where there is one.
decisions_of_care as (
    select
        cares_decided.la,
        cares_decided.snapshot_month,
        cares_decided.person_id,
        case
            when cares_decided.source_table = 'ssd_cla_episodes' then 'ssd_permanence'
            when max(decisions.decision_id) is not null then 'ssda903_ad1'
            else 'ssda903_sbpfa'
        end as table_name,
        case
            when cares_decided.source_table = 'ssd_cla_episodes' then 'perm_adm_decision_date'
            when max(decisions.decision_id) is not null then 'date_int'
            else 'date_placed'
        end as column_name,
        cares_decided.shown_date,
        max(decisions.decision_id) as row_id
    from cares_decided
    left join decisions
        on cares_decided.la = decisions.la
        and cares_decided.snapshot_month = decisions.snapshot_month
        and cares_decided.person_id = decisions.person_id
        and coalesce(cares_decided.cla_id = decisions.cla_id, true)
    group by
        cares_decided.la, cares_decided.snapshot_month, cares_decided.person_id, cares_decided.cla_id,
        cares_decided.source_table, cares_decided.shown_date
    having count(decisions.decision_date) = 0
),

missing_decisions as (
    select decisions_of_care.*
    from decisions_of_care
    inner join landed_tables
        on decisions_of_care.la = landed_tables.la
        and decisions_of_care.snapshot_month = landed_tables.snapshot_month
        and decisions_of_care.table_name = landed_tables.table_name
    qualify row_number() over (
            partition by
                decisions_of_care.la, decisions_of_care.snapshot_month, decisions_of_care.person_id,
                decisions_of_care.row_id
            order by decisions_of_care.shown_date nulls last
        ) = 1
),

-- An earlier decision that a later one replaced was never reversed.
open_decisions as (
    select
        decisions.*,
        snapshots.route,
        lead(decisions.decision_date) over (
            partition by decisions.la, decisions.snapshot_month, decisions.person_id, decisions.cla_id
            order by decisions.decision_date nulls last, {{ by_row_id('decisions.decision_id') }}
        ) as next_decision_date
    from decisions
    inner join snapshots
        on decisions.la = snapshots.la
        and decisions.snapshot_month = snapshots.snapshot_month
        and decisions.decision_date <= snapshots.snapshot_end
    where decisions.reversed_date is null
),

findings as (
    select
        la,
        snapshot_month,
        person_id,
        table_name,
        row_id,
        column_name,
        cast(null as {{ dbt.type_string() }}) as bad_value,
        concat(
            'A placement order or a placement for adoption began on ', {{ date_text('shown_date') }},
            ', but no date of the decision is recorded.'
        ) as detail,
        'The legal statuses and the placements of the period of care.' as evidence
    from missing_decisions
    union all
    select
        la,
        snapshot_month,
        person_id,
        case route when 'ssda903' then 'ssda903_sbpfa' else 'ssd_permanence' end as table_name,
        decision_id as row_id,
        case route when 'ssda903' then 'date_placed_ceased' else 'perm_decision_reversed_date' end as column_name,
        cast(null as {{ dbt.type_string() }}) as bad_value,
        concat(
            'The decision of ', {{ date_text('decision_date') }}, ' was never reversed, though another was made on ',
            {{ date_text('next_decision_date') }}, '.'
        ) as detail,
        'The later decision of the same period of care.' as evidence
    from open_decisions
    where next_decision_date is not null
    union all
    select
        la,
        snapshot_month,
        person_id,
        'ssd_permanence' as table_name,
        permanence_id as row_id,
        'perm_placement_order_date' as column_name,
        {{ date_text('recorded_order_date') }} as bad_value,
        concat(
            'The placement order began on ', {{ date_text('order_start_date') }}, ' by the legal status, ',
            case when recorded_order_date is null then 'but no date is recorded with the decision.'
                else 'not on the date recorded with the decision.'
            end
        ) as detail,
        'The first placement order in ssd_legal_status.' as evidence
    from order_starts
    where coalesce(recorded_order_date <> order_start_date, true)
),

final as (
    {{ findings_with_repairs() }}
)

select * from final

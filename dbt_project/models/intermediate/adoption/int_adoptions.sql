-- Grain: one row per adoption up to a month end (D): a period of care that ended with E11 or E12, with its dates
-- (C23). Each is the recorded one, else the one that episodes and legal statuses imply, else the tracker's, and
-- none is later than the order (B9).
{% set keys = ['la', 'snapshot_month', 'period_end', 'person_id', 'care_number'] -%}
{% set facts = ['decision_date', 'placement_order_date', 'matched_date', 'placed_date'] -%}
with

adoptions as (
    select
        la, snapshot_month, period_end, person_id, care_number, care_id, care_start_date, care_end_date as order_date
    from {{ ref('int_periods_of_care') }}
    where end_reason in {{ adoption_reasons() }} and not is_ended_at_eighteen
),

decisions as (
    select * from {{ ref('int_adoption_decisions') }}
),

episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

steps as (
    select * from {{ ref('int_placement_steps') }}
    where not is_temporary
),

spells as (
    select * from {{ ref('int_carer_spells') }}
    where not is_temporary_placement
),

legal_statuses as (
    select * from {{ ref('int_legal_status_spans') }}
    where legal_status in ('E1', 'D1') and (end_date is null or end_date > start_date)
),

-- Of several rows of one child the latest entry, then the latest dates: the order of the rows says nothing.
tracker as (
    select * from {{ ref('stg_ext__adoption_tracker') }}
    qualify row_number() over (
            partition by la, snapshot_month, person_id
            order by
                source_date desc nulls last, placed_date desc nulls last, match_date desc nulls last,
                placement_order_date desc nulls last, shobpa_date desc nulls last
        ) = 1
),

care_ids as (
    select distinct la, snapshot_month, period_end, person_id, care_number, cla_id
    from episodes
    where cla_id is not null
),

-- The latest decision that was not reversed, as known at the order: a date after it does not exist yet.
decisions_in_force as (
    select
        {% for key in keys -%}
            adoptions.{{ key }},
        {% endfor -%}
        {% for date in facts + ['foster_carer_date', 'early_permanence_date'] -%}
            {{ end_known_at('decisions.' ~ date, 'adoptions.order_date') }} as {{ date }},
        {% endfor -%}
        decisions.is_adopted_by_carer
    from adoptions
    inner join decisions
        on adoptions.la = decisions.la
        and adoptions.snapshot_month = decisions.snapshot_month
        and adoptions.person_id = decisions.person_id
        and (decisions.reversed_date is null or adoptions.order_date < decisions.reversed_date)
    left join care_ids
        on adoptions.la = care_ids.la
        and adoptions.snapshot_month = care_ids.snapshot_month
        and adoptions.period_end = care_ids.period_end
        and adoptions.person_id = care_ids.person_id
        and adoptions.care_number = care_ids.care_number
        and decisions.cla_id = care_ids.cla_id
    where decisions.cla_id is null or care_ids.cla_id is not null
    qualify row_number() over (
            partition by
                adoptions.la, adoptions.snapshot_month, adoptions.period_end, adoptions.person_id,
                adoptions.care_number
            order by
                {{ end_known_at('decisions.decision_date', 'adoptions.order_date') }} desc nulls last,
                length(decisions.decision_id) desc nulls last, decisions.decision_id desc nulls last
        ) = 1
),

-- A status begun before this period of care and still in force in it has the date it began.
placement_order_starts as (
    select
        adoptions.la, adoptions.snapshot_month, adoptions.period_end, adoptions.person_id, adoptions.care_number,
        legal_statuses.start_date
    from adoptions
    inner join legal_statuses
        on adoptions.la = legal_statuses.la
        and adoptions.snapshot_month = legal_statuses.snapshot_month
        and adoptions.person_id = legal_statuses.person_id
        and adoptions.order_date > legal_statuses.start_date
        and adoptions.care_start_date < {{ or_open('legal_statuses.end_date') }}
    union all
    select la, snapshot_month, period_end, person_id, care_number, start_date
    from episodes
    where legal_status in ('E1', 'D1')
),

placement_orders as (
    select {{ keys | join(', ') }}, min(start_date) as implied_placement_order_date
    from placement_order_starts
    group by {{ keys | join(', ') }}
),

steps_after_the_last_other as (
    select
        *,
        max(case
            when placement_code in {{ adoptive_placements() }} then null
            else episode_number
        end) over (partition by {{ keys | join(', ') }}) as last_other_episode_number
    from steps
),

adoptive_runs as (
    select {{ keys | join(', ') }}, min(start_date) as implied_placed_date
    from steps_after_the_last_other
    where last_other_episode_number is null or episode_number > last_other_episode_number
    group by {{ keys | join(', ') }}
),

last_spells as (
    select * from spells
    qualify row_number() over (
            partition by {{ keys | join(', ') }} order by first_episode_number desc nulls last
        ) = 1
),

-- The carer the child was adopted from; a foster carer who adopts (A3, A5) fostered the child in the same spell.
last_carers as (
    select
        last_spells.la,
        last_spells.snapshot_month,
        last_spells.period_end,
        last_spells.person_id,
        last_spells.care_number,
        min(last_spells.spell_start_date) as spell_start_date,
        coalesce(
            min(case when steps.placement_code in ('U1', 'U2', 'U3', 'U4', 'U5', 'U6') then steps.episode_number end)
            < max(case when steps.placement_code in ('A3', 'A5') then steps.episode_number end),
            false
        ) as fostered_before
    from last_spells
    inner join steps
        on last_spells.la = steps.la
        and last_spells.snapshot_month = steps.snapshot_month
        and last_spells.period_end = steps.period_end
        and last_spells.person_id = steps.person_id
        and last_spells.care_number = steps.care_number
        and steps.episode_number between last_spells.first_episode_number and last_spells.last_episode_number
    group by
        last_spells.la, last_spells.snapshot_month, last_spells.period_end, last_spells.person_id,
        last_spells.care_number
),

adoptions_with_sources as (
    select
        adoptions.*,
        decisions_in_force.decision_date as recorded_decision_date,
        decisions_in_force.placement_order_date as recorded_placement_order_date,
        decisions_in_force.matched_date as recorded_matched_date,
        decisions_in_force.placed_date as recorded_placed_date,
        cast(null as date) as implied_decision_date,
        placement_orders.implied_placement_order_date,
        cast(null as date) as implied_matched_date,
        adoptive_runs.implied_placed_date,
        {{ end_known_at('tracker.shobpa_date', 'adoptions.order_date') }} as tracker_decision_date,
        {{ end_known_at('tracker.placement_order_date', 'adoptions.order_date') }} as tracker_placement_order_date,
        {{ end_known_at('tracker.match_date', 'adoptions.order_date') }} as tracker_matched_date,
        {{ end_known_at('tracker.placed_date', 'adoptions.order_date') }} as tracker_placed_date,
        coalesce(decisions_in_force.is_adopted_by_carer, false)
        or coalesce(last_carers.fostered_before, false) as is_adopted_by_carer,
        coalesce(decisions_in_force.foster_carer_date, decisions_in_force.early_permanence_date)
            as recorded_moved_in_date,
        last_carers.spell_start_date as implied_moved_in_date
    from adoptions
    {% for part in ['decisions_in_force', 'placement_orders', 'adoptive_runs', 'last_carers'] -%}
        left join {{ part }}
            on adoptions.la = {{ part }}.la
            and adoptions.snapshot_month = {{ part }}.snapshot_month
            and adoptions.period_end = {{ part }}.period_end
            and adoptions.person_id = {{ part }}.person_id
            and adoptions.care_number = {{ part }}.care_number
    {% endfor -%}
    left join tracker
        on adoptions.la = tracker.la
        and adoptions.snapshot_month = tracker.snapshot_month
        and adoptions.person_id = tracker.person_id
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_number,
        care_id,
        care_start_date,
        order_date,
        {% for fact in facts -%}
            coalesce(recorded_{{ fact }}, implied_{{ fact }}, tracker_{{ fact }}) as {{ fact }},
            case
                when recorded_{{ fact }} is not null then 'ssd'
                when implied_{{ fact }} is not null then 'implied'
                when tracker_{{ fact }} is not null then 'tracker'
            end as {{ fact | replace('_date', '_source') }},
        {% endfor -%}
        is_adopted_by_carer,
        case
            when is_adopted_by_carer then coalesce(recorded_moved_in_date, implied_moved_in_date)
        end as moved_in_date,
        case
            when is_adopted_by_carer and recorded_moved_in_date is not null then 'ssd'
            when is_adopted_by_carer and implied_moved_in_date is not null then 'implied'
        end as moved_in_source
    from adoptions_with_sources
)

select * from final

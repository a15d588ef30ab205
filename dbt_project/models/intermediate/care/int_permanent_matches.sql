-- Grain: one row per child looked after at a month end (D) and permanently matched by then, with the earliest day
-- that says so: a long-term or adoptive placement of the current carer spell, the recorded match, or the panel.
with

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

spells as (
    select * from {{ ref('int_carer_spells') }}
),

steps as (
    select * from {{ ref('int_placement_steps') }}
),

recorded_decisions as (
    select * from {{ ref('int_adoption_decisions') }}
),

panels as (
    select * from {{ ref('stg_ext__panel') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'panel_type'
),

long_term_placements as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        steps.start_date as matched_date
    from looked_after
    inner join spells
        on looked_after.la = spells.la
        and looked_after.snapshot_month = spells.snapshot_month
        and looked_after.period_end = spells.period_end
        and looked_after.person_id = spells.person_id
        and looked_after.spell_number = spells.spell_number
    inner join steps
        on spells.la = steps.la
        and spells.snapshot_month = steps.snapshot_month
        and spells.period_end = steps.period_end
        and spells.person_id = steps.person_id
        and spells.care_number = steps.care_number
        and steps.episode_number between spells.first_episode_number and spells.last_episode_number
    where steps.placement_code in {{ long_term_placements() }}
),

-- B0: the decision speaks that is the latest by D and not reversed by then; rows without a date by D come last.
decisions as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        looked_after.care_start_date,
        {{ end_known_at('recorded_decisions.matched_date', 'looked_after.period_end') }} as matched_date
    from looked_after
    inner join recorded_decisions
        on looked_after.la = recorded_decisions.la
        and looked_after.snapshot_month = recorded_decisions.snapshot_month
        and looked_after.person_id = recorded_decisions.person_id
        and {{ or_open('recorded_decisions.reversed_date') }} > looked_after.period_end
    qualify row_number() over (
            partition by looked_after.la, looked_after.snapshot_month, looked_after.period_end, looked_after.person_id
            order by
                {{ end_known_at('recorded_decisions.decision_date', 'looked_after.period_end') }} desc nulls last,
                length(recorded_decisions.decision_id) desc nulls last, recorded_decisions.decision_id desc nulls last
        ) = 1
),

recorded_matches as (
    select la, snapshot_month, period_end, person_id, matched_date
    from decisions
    where matched_date >= care_start_date
),

panel_matches as (
    select
        looked_after.la,
        looked_after.snapshot_month,
        looked_after.period_end,
        looked_after.person_id,
        panels.panel_date as matched_date
    from looked_after
    inner join panels
        on looked_after.la = panels.la
        and looked_after.snapshot_month = panels.snapshot_month
        and looked_after.person_id = panels.person_id
        and panels.panel_date between looked_after.spell_start_date and looked_after.period_end
    left join code_map
        on panels.la = code_map.la
        and panels.snapshot_month = code_map.snapshot_month
        and {{ word('panels.panel_type') }} = code_map.word
    where {{ word('coalesce(code_map.code, panels.panel_type)') }} = 'long-term match'
),

matches as (
    select * from long_term_placements
    union all
    select * from recorded_matches
    union all
    select * from panel_matches
),

final as (
    select la, snapshot_month, period_end, person_id, min(matched_date) as matched_date
    from matches
    group by la, snapshot_month, period_end, person_id
)

select * from final

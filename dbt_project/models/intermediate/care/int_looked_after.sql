-- Grain: one row per child looked after at a month end (C2, C6 to C8), with where the child is then.
-- Everything "as at month end" counts over these rows, so their number is lac_count by construction.
with

periods_of_care as (
    select * from {{ ref('int_periods_of_care') }}
    where care_end_date is null
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

-- B0a: of the rows running at D the one with the latest start gives the legal status.
current_episodes as (
    select la, snapshot_month, period_end, person_id, care_number, episode_number, legal_status
    from episodes
    where end_date is null
    qualify row_number() over (
            partition by la, snapshot_month, period_end, person_id, care_number order by episode_number desc nulls last
        ) = 1
),

-- C12: the latest placement running that is not temporary; a child away is placed where it will return to.
current_placements as (
    select steps.*
    from steps
    inner join current_episodes
        on steps.la = current_episodes.la
        and steps.snapshot_month = current_episodes.snapshot_month
        and steps.period_end = current_episodes.period_end
        and steps.person_id = current_episodes.person_id
        and steps.care_number = current_episodes.care_number
        and steps.episode_number <= current_episodes.episode_number
    qualify row_number() over (
            partition by steps.la, steps.snapshot_month, steps.period_end, steps.person_id, steps.care_number
            order by case when steps.end_date is null then 0 else 1 end nulls last, steps.episode_number desc nulls last
        ) = 1
),

current_spells as (
    select
        current_placements.la,
        current_placements.snapshot_month,
        current_placements.period_end,
        current_placements.person_id,
        current_placements.care_number,
        max(spells.spell_number) as spell_number,
        max(spells.spell_start_date) as spell_start_date
    from current_placements
    inner join spells
        on current_placements.la = spells.la
        and current_placements.snapshot_month = spells.snapshot_month
        and current_placements.period_end = spells.period_end
        and current_placements.person_id = spells.person_id
        and current_placements.care_number = spells.care_number
        and current_placements.episode_number >= spells.first_episode_number
    group by
        current_placements.la, current_placements.snapshot_month, current_placements.period_end,
        current_placements.person_id, current_placements.care_number
),

final as (
    select
        periods_of_care.la,
        periods_of_care.snapshot_month,
        periods_of_care.period_end,
        periods_of_care.person_id,
        periods_of_care.care_id,
        periods_of_care.care_number,
        periods_of_care.care_start_date,
        periods_of_care.birth_date,
        {{ age_at('periods_of_care.birth_date', 'periods_of_care.period_end') }} as age,
        current_episodes.legal_status,
        current_placements.placement_id,
        current_placements.placement_code,
        coalesce(current_placements.is_family_based, false) as is_family_based,
        coalesce(current_placements.is_kinship, false) as is_kinship,
        current_placements.provider,
        {{ provider_group('current_placements.placement_code', 'current_placements.provider') }} as provider_group,
        current_placements.distance_miles,
        current_placements.placement_la,
        current_placements.household_id,
        current_spells.spell_number,
        -- No carer yet (only ever on a temporary stay): the visit clock runs from the start of care.
        coalesce(current_spells.spell_start_date, periods_of_care.care_start_date) as spell_start_date,
        current_spells.spell_number is not null as has_carer
    from periods_of_care
    left join current_episodes
        on periods_of_care.la = current_episodes.la
        and periods_of_care.snapshot_month = current_episodes.snapshot_month
        and periods_of_care.period_end = current_episodes.period_end
        and periods_of_care.person_id = current_episodes.person_id
        and periods_of_care.care_number = current_episodes.care_number
    left join current_placements
        on periods_of_care.la = current_placements.la
        and periods_of_care.snapshot_month = current_placements.snapshot_month
        and periods_of_care.period_end = current_placements.period_end
        and periods_of_care.person_id = current_placements.person_id
        and periods_of_care.care_number = current_placements.care_number
    left join current_spells
        on periods_of_care.la = current_spells.la
        and periods_of_care.snapshot_month = current_spells.snapshot_month
        and periods_of_care.period_end = current_spells.period_end
        and periods_of_care.person_id = current_spells.person_id
        and periods_of_care.care_number = current_spells.care_number
)

select * from final

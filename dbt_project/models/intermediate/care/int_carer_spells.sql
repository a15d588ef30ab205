-- Grain: one row per carer spell at a month end (D): an unbroken time with the same carer (C9, C10, B1 to B3).
-- S, P and B start a spell; L, T and U continue one where that is possible; a temporary stay that
-- returns to the same home leaves the spell whole.
with

steps as (
    select * from {{ ref('int_placement_steps') }}
),

stays as (
    select * from {{ ref('int_temporary_stays') }}
),

main_steps as (
    select
        *,
        lag(episode_number) over in_order as main_episode_before,
        lag(home) over in_order as main_home_before,
        lag(household_id) over in_order as main_household_before
    from steps
    where not is_temporary
    window in_order as (
        partition by la, snapshot_month, period_end, person_id, care_number order by episode_number nulls last
    )
),

stays_between as (
    select
        main_steps.la,
        main_steps.snapshot_month,
        main_steps.period_end,
        main_steps.person_id,
        main_steps.care_number,
        main_steps.episode_number,
        bool_or(stays.is_own_placement) as has_own_placement
    from main_steps
    inner join stays
        on main_steps.la = stays.la
        and main_steps.snapshot_month = stays.snapshot_month
        and main_steps.period_end = stays.period_end
        and main_steps.person_id = stays.person_id
        and main_steps.care_number = stays.care_number
        and main_steps.episode_number > stays.first_episode_number
        and main_steps.main_episode_before < stays.first_episode_number
    group by
        main_steps.la, main_steps.snapshot_month, main_steps.period_end, main_steps.person_id,
        main_steps.care_number, main_steps.episode_number
),

-- B2: a household, where both have one, decides whether two rows are the same home.
judged_steps as (
    select
        main_steps.*,
        stays_between.episode_number is not null as follows_temporary_stay,
        coalesce(stays_between.has_own_placement, false) as follows_own_temporary_placement,
        case
            when main_steps.household_id is not null and main_steps.main_household_before is not null
                then main_steps.household_id = main_steps.main_household_before
            else main_steps.home = main_steps.main_home_before
        end as is_same_home
    from main_steps
    left join stays_between
        on main_steps.la = stays_between.la
        and main_steps.snapshot_month = stays_between.snapshot_month
        and main_steps.period_end = stays_between.period_end
        and main_steps.person_id = stays_between.person_id
        and main_steps.care_number = stays_between.care_number
        and main_steps.episode_number = stays_between.episode_number
),

main_steps_marked as (
    select
        *,
        case
            when main_episode_before is null or follows_own_temporary_placement then true
            when follows_temporary_stay then not is_same_home
            when start_reason in ('S', 'P', 'B') then true
            when start_reason = 'L' then not (is_same_home and coalesce(start_date = end_date_before, false))
            when start_reason in ('T', 'U') then not coalesce(start_date = end_date_before, false)
            else not is_same_home
        end as starts_spell
    from judged_steps
),

main_steps_numbered as (
    select
        *,
        sum(case when starts_spell then 1 else 0 end) over (
            partition by la, snapshot_month, period_end, person_id, care_number order by episode_number nulls last
        ) as spell_in_care
    from main_steps_marked
),

main_spells as (
    select
        la, snapshot_month, period_end, person_id, care_number,
        min(episode_number) as first_episode_number,
        max(episode_number) as last_episode_number,
        min(start_date) as spell_start_date,
        max({{ or_open('end_date') }}) as spell_end_or_open,
        max(care_end_date) as care_end_date,
        false as is_temporary_placement
    from main_steps_numbered
    group by la, snapshot_month, period_end, person_id, care_number, spell_in_care
),

-- A child away on a temporary stay at D is still with the carer of before.
away_at_period_end as (
    select la, snapshot_month, period_end, person_id, care_number, min(first_episode_number) as stay_episode_number
    from stays
    where end_date is null
    group by la, snapshot_month, period_end, person_id, care_number
),

last_main_spells as (
    select la, snapshot_month, period_end, person_id, care_number, max(first_episode_number) as first_episode_number
    from main_spells
    group by la, snapshot_month, period_end, person_id, care_number
),

temporary_spells as (
    select
        la, snapshot_month, period_end, person_id, care_number, first_episode_number, last_episode_number,
        start_date as spell_start_date,
        {{ or_open('end_date') }} as spell_end_or_open,
        cast(null as date) as care_end_date,
        true as is_temporary_placement
    from stays
    where is_own_placement
),

spells as (
    select * from main_spells
    union all
    select * from temporary_spells
),

final as (
    select
        spells.la,
        spells.snapshot_month,
        spells.period_end,
        spells.person_id,
        spells.care_number,
        cast(row_number() over (
            partition by spells.la, spells.snapshot_month, spells.period_end, spells.person_id
            order by spells.first_episode_number nulls last
        ) as int) as spell_number,
        spells.first_episode_number,
        spells.last_episode_number,
        spells.spell_start_date,
        case
            when last_main_spells.first_episode_number is not null then null
            else nullif(
                    least(spells.spell_end_or_open, {{ or_open('spells.care_end_date') }}), cast('9999-12-31' as date)
                )
        end as spell_end_date,
        spells.is_temporary_placement
    from spells
    left join away_at_period_end
        on spells.la = away_at_period_end.la
        and spells.snapshot_month = away_at_period_end.snapshot_month
        and spells.period_end = away_at_period_end.period_end
        and spells.person_id = away_at_period_end.person_id
        and spells.care_number = away_at_period_end.care_number
    left join last_main_spells
        on away_at_period_end.la = last_main_spells.la
        and away_at_period_end.snapshot_month = last_main_spells.snapshot_month
        and away_at_period_end.period_end = last_main_spells.period_end
        and away_at_period_end.person_id = last_main_spells.person_id
        and away_at_period_end.care_number = last_main_spells.care_number
        and spells.first_episode_number = last_main_spells.first_episode_number
        and spells.last_episode_number < away_at_period_end.stay_episode_number
)

select * from final

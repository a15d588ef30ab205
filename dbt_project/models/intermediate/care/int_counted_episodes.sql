-- Grain: one row per episode of care that counts at a month end (D), cut at D (C2, C6, C7, B0).
-- A row that starts after D does not exist yet; an end after D is open and its reason unknown.
-- Short breaks (V3, V4), rows of no night and rows without a usable legal status do not count.
with

periods as (
    select * from {{ ref('int_periods') }}
),

episodes as (
    select * from {{ ref('int_repaired_episodes') }}
),

legal_statuses as (
    select * from {{ ref('int_episode_legal_statuses') }}
),

placement_types as (
    select * from {{ ref('int_placement_types') }}
),

episodes_known as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        episodes.person_id,
        episodes.episode_number,
        episodes.episode_id,
        episodes.cla_id,
        episodes.start_date,
        {{ end_known_at('episodes.end_date', 'periods.period_end') }} as end_date,
        episodes.start_reason,
        case when episodes.end_date <= periods.period_end then episodes.end_reason end as end_reason,
        legal_statuses.legal_status,
        episodes.placement_id,
        placement_types.code as placement_code,
        coalesce(placement_types.is_family_based, false) as is_family_based,
        coalesce(placement_types.is_kinship, false) as is_kinship,
        episodes.placement_word,
        episodes.provider,
        episodes.urn,
        episodes.postcode_sector,
        episodes.placement_la,
        episodes.distance_miles,
        episodes.change_reason,
        episodes.household_id
    from periods
    inner join episodes
        on periods.la = episodes.la
        and periods.snapshot_month = episodes.snapshot_month
        and periods.period_end >= episodes.start_date
    inner join legal_statuses
        on episodes.la = legal_statuses.la
        and episodes.snapshot_month = legal_statuses.snapshot_month
        and episodes.person_id = legal_statuses.person_id
        and episodes.episode_number = legal_statuses.episode_number
        and periods.period_end >= legal_statuses.known_from
        and legal_statuses.legal_status in {{ looked_after_statuses() }}
    left join placement_types
        on periods.la = placement_types.la
        and periods.snapshot_month = placement_types.snapshot_month
        and periods.period_end = placement_types.period_end
        and episodes.placement_word = placement_types.word
    where episodes.end_date is null or episodes.end_date > episodes.start_date
),

-- Rows that only an end after D told apart are one row at D (DQ10, B0).
episodes_once as (
    select * from episodes_known
    qualify row_number() over (
            partition by
                la, snapshot_month, period_end, person_id, start_date, end_date, start_reason, end_reason,
                legal_status, placement_word, provider, urn, postcode_sector, change_reason
            order by episode_number nulls last
        ) = 1
),

-- B0a: a row belongs to the chain when it starts on or before the latest end so far.
chain_starts as (
    select
        *,
        coalesce(start_date > max({{ or_open('end_date') }}) over (
            partition by la, snapshot_month, period_end, person_id
            order by episode_number nulls last
            rows between unbounded preceding and 1 preceding
        ), true) as starts_chain
    from episodes_once
),

final as (
    select
        la, snapshot_month, period_end, person_id, episode_number, episode_id, cla_id, start_date, end_date,
        start_reason, end_reason, legal_status, placement_id, placement_code, is_family_based, is_kinship,
        placement_word, provider, urn, postcode_sector, placement_la, distance_miles, change_reason, household_id,
        coalesce(placement_code in {{ temporary_placements() }}, false) as is_temporary,
        concat_ws('|', coalesce(placement_code, placement_word, ''), coalesce(urn, ''), coalesce(postcode_sector, ''))
            as home,
        cast(sum(case when starts_chain then 1 else 0 end) over (
            partition by la, snapshot_month, period_end, person_id
            order by episode_number nulls last
        ) as int) as care_number
    from chain_starts
)

select * from final

-- Grain: one row per recorded episode of care that is judged for repair: of some nights, begun by the snapshot's
-- month end (B0), and no short break (V3, V4). The reading "as recorded" is not judged.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where not is_as_recorded
),

recorded_episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

legal_statuses as (
    select * from {{ ref('int_legal_status_spans') }}
    where legal_status in {{ sql_list(national_code_sets()['legal_status']) }}
),

placement_types as (
    select * from {{ ref('int_placement_types') }}
),

episodes as (
    select recorded_episodes.*, snapshots.snapshot_end, snapshots.history_from
    from recorded_episodes
    inner join snapshots
        on recorded_episodes.la = snapshots.la
        and recorded_episodes.snapshot_month = snapshots.snapshot_month
        and recorded_episodes.start_date <= snapshots.snapshot_end
    where recorded_episodes.end_date is null or recorded_episodes.end_date > recorded_episodes.start_date
),

-- Which legal status of the case system runs at the start (B15), and whether one begins on that day.
statuses_at_start as (
    select
        episodes.la,
        episodes.snapshot_month,
        episodes.person_id,
        episodes.episode_number,
        min({{ legal_status_rank('legal_statuses.legal_status') }}) = 7 as is_short_break,
        bool_or(legal_statuses.start_date = episodes.start_date) as is_new_legal_status
    from episodes
    inner join legal_statuses
        on episodes.la = legal_statuses.la
        and episodes.snapshot_month = legal_statuses.snapshot_month
        and episodes.person_id = legal_statuses.person_id
        and {{ runs_at('legal_statuses.start_date', 'legal_statuses.end_date', 'episodes.start_date') }}
    group by episodes.la, episodes.snapshot_month, episodes.person_id, episodes.episode_number
),

-- The return has no id of a period of care; there each one begins with S.
final as (
    select
        episodes.*,
        placement_types.code as placement_code,
        coalesce(placement_types.code in {{ temporary_placements() }}, false) as is_temporary,
        coalesce(statuses_at_start.is_new_legal_status, false) as is_new_legal_status,
        coalesce(
            episodes.cla_id,
            cast(count(case when episodes.start_reason = 'S' then 1 end) over (
                partition by episodes.la, episodes.snapshot_month, episodes.person_id
                order by episodes.episode_number nulls last
            ) as {{ dbt.type_string() }})
        ) as care
    from episodes
    left join statuses_at_start
        on episodes.la = statuses_at_start.la
        and episodes.snapshot_month = statuses_at_start.snapshot_month
        and episodes.person_id = statuses_at_start.person_id
        and episodes.episode_number = statuses_at_start.episode_number
    left join placement_types
        on episodes.la = placement_types.la
        and episodes.snapshot_month = placement_types.snapshot_month
        and episodes.snapshot_end = placement_types.period_end
        and episodes.placement_word = placement_types.word
    where coalesce(episodes.legal_status not in ('V3', 'V4'), true)
        and coalesce(not statuses_at_start.is_short_break, true)
)

select * from final

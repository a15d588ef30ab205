-- Grain: one row per council and snapshot: how many open episodes at its month end have no usable legal status,
-- and whose they are. Without one a child is not looked after (C6), so this may never pass unseen (A5, B15).
with

periods as (
    select * from {{ ref('int_periods') }}
    where is_own_month
),

episodes as (
    select * from {{ ref('int_repaired_episodes') }}
),

legal_statuses as (
    select * from {{ ref('int_episode_legal_statuses') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
    where table_name in ('ssd_legal_status', 'ssda903_episodes') and is_landed
),

open_episodes as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        episodes.person_id,
        legal_statuses.legal_status is not null as has_legal_status
    from periods
    inner join episodes
        on periods.la = episodes.la
        and periods.snapshot_month = episodes.snapshot_month
        and {{ runs_at('episodes.start_date', 'episodes.end_date', 'periods.period_end') }}
    left join legal_statuses
        on episodes.la = legal_statuses.la
        and episodes.snapshot_month = legal_statuses.snapshot_month
        and episodes.person_id = legal_statuses.person_id
        and episodes.episode_number = legal_statuses.episode_number
        and legal_statuses.known_from <= periods.period_end
),

final as (
    select
        open_episodes.la,
        open_episodes.snapshot_month,
        open_episodes.period_end,
        cast(count(*) as bigint) as open_episodes,
        cast(sum(case when has_legal_status then 0 else 1 end) as bigint) as episodes_without,
        cast(count(distinct case when not has_legal_status then person_id end) as bigint) as children_without
    from open_episodes
    inner join (select distinct la, snapshot_month from landed_tables) as landed_tables
        on open_episodes.la = landed_tables.la
        and open_episodes.snapshot_month = landed_tables.snapshot_month
    group by open_episodes.la, open_episodes.snapshot_month, open_episodes.period_end
)

select * from final

-- Grain: one row per placement of the case system that has not ended though the child lives elsewhere by the episodes
-- (DQ11), with the end that the episodes give it.
with

episodes as (
    select * from {{ ref('int_episodes_in_order') }}
),

placements as (
    select * from {{ ref('int_placements') }}
),

last_episodes as (
    select
        la, snapshot_month, person_id, placement_id, max(episode_number) as episode_number, max(end_date) as end_date
    from episodes
    where placement_id is not null
    group by la, snapshot_month, person_id, placement_id
    having count(*) = count(end_date)
),

open_homes as (
    select last_episodes.*, placements.placement_end_date
    from last_episodes
    inner join placements
        on last_episodes.la = placements.la
        and last_episodes.snapshot_month = placements.snapshot_month
        and last_episodes.placement_id = placements.placement_id
        and last_episodes.end_date < {{ or_open('placements.placement_end_date') }}
),

-- The next row says where the child went; a temporary stay may leave a home open on purpose (C10).
open_homes_with_next as (
    select
        open_homes.*,
        episodes.start_date as next_start_date,
        episodes.start_reason as next_start_reason
    from open_homes
    inner join episodes
        on open_homes.la = episodes.la
        and open_homes.snapshot_month = episodes.snapshot_month
        and open_homes.person_id = episodes.person_id
        and open_homes.episode_number < episodes.episode_number
        and open_homes.end_date <= episodes.start_date
    where not episodes.is_temporary
    qualify row_number() over (
            partition by open_homes.la, open_homes.snapshot_month, open_homes.person_id, open_homes.placement_id
            order by episodes.episode_number nulls last
        ) = 1
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        placement_id,
        placement_end_date,
        next_start_date,
        case
            when placement_end_date is null and next_start_reason in {{ continuing_reasons() }} then end_date
            when placement_end_date = next_start_date + 1 then end_date
        end as repaired_end_date
    from open_homes_with_next
    where next_start_date < {{ or_open('placement_end_date') }}
)

select * from final

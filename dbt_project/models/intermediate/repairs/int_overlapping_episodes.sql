-- Grain: one row per episode of care that had not ended when the next one began (DQ11), with the end it is given where
-- that is safe: a row left open ends where the next continues it, and an overlap of one day is cut.
with

seams as (
    select * from {{ ref('int_episode_seams') }}
    where episode_number_before is not null and not is_held_before
        and (end_date_before is null or start_date < end_date_before)
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        source_table,
        episode_number_before as episode_number,
        episode_id_before as episode_id,
        start_date_before as start_date,
        end_date_before as end_date,
        episode_id as next_episode_id,
        start_date as next_start_date,
        case
            when start_date = start_date_before then null
            when end_date_before = start_date + 1 then start_date
            when end_date_before is null and start_reason in {{ continuing_reasons() }} then start_date
        end as repaired_end_date
    from seams
)

select * from final

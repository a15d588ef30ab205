-- Grain: one row per episode of care that care went on after (X1) by its end reason and by the next row, which begins
-- one day late (DQ25). The gap is closed; a longer one never is, nor one after an end of care.
with

seams as (
    select * from {{ ref('int_episode_seams') }}
    where not is_held_before and not is_copied_before
        and end_reason_before = 'X1'
        and start_reason in {{ continuing_reasons() }}
        and end_date_before = end_so_far
        and start_date = end_date_before + 1
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        source_table,
        episode_number_before as episode_number,
        episode_id_before as episode_id,
        end_date_before as end_date,
        start_date as repaired_end_date
    from seams
)

select * from final

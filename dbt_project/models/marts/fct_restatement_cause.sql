-- Grain: one row per figure that the published month's extract changed, table whose records explain it, and team; the
-- team is empty for all teams together. A record counts once in a figure, whichever of its rows it explains.
with

restated_children as (
    select * from {{ ref('fct_restated_child') }}
    where table_name is not null
),

records as (
    select
        la, snapshot_month, indicator_id, period_end, basis, table_name, row_id, team,
        coalesce(person_id, event_id) as subject_id,
        max(case when record_change = 'added' then 1 else 0 end) as is_added,
        max(case when record_change = 'changed' then 1 else 0 end) as is_changed,
        max(case when record_change = 'removed' then 1 else 0 end) as is_removed,
        max(days_late) as days_late
    from restated_children
    group by
        la, snapshot_month, indicator_id, period_end, basis, table_name, row_id, team, coalesce(person_id, event_id)
),

records_of_teams as (
    select * from records
    union all
    select
        la, snapshot_month, indicator_id, period_end, basis, table_name, row_id, '' as team, subject_id, is_added,
        is_changed, is_removed, days_late
    from records
),

final as (
    select
        la,
        snapshot_month,
        indicator_id,
        period_end,
        basis,
        table_name,
        {{ table_title('table_name') }} as table_title,
        team,
        cast(sum(is_added) as bigint) as records_added,
        cast(sum(is_changed) as bigint) as records_changed,
        cast(sum(is_removed) as bigint) as records_removed,
        count(days_late) as records_late,
        count(distinct subject_id) as children,
        cast({{ round_half_up(percentile('days_late', 0.5)) }} as double) as median_days_late,
        max(days_late) as longest_days_late
    from records_of_teams
    group by la, snapshot_month, indicator_id, period_end, basis, table_name, team
)

select * from final

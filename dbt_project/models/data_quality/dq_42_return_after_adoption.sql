-- Grain: one row per return to care after an adoption under the same person id: the episode it begins with.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

counted_episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

counted_with_row_before as (
    select
        counted_episodes.la,
        counted_episodes.snapshot_month,
        counted_episodes.person_id,
        counted_episodes.episode_number,
        counted_episodes.start_date,
        lag(counted_episodes.end_date) over in_order as end_date_before,
        lag(counted_episodes.end_reason) over in_order as end_reason_before,
        lag(counted_episodes.episode_id) over in_order as episode_id_before
    from counted_episodes
    inner join snapshots
        on counted_episodes.la = snapshots.la
        and counted_episodes.snapshot_month = snapshots.snapshot_month
        and counted_episodes.period_end = snapshots.snapshot_end
    window in_order as (
        partition by counted_episodes.la, counted_episodes.snapshot_month, counted_episodes.person_id
        order by counted_episodes.episode_number nulls last
    )
),

final as (
    select
        episodes.la,
        episodes.snapshot_month,
        episodes.person_id,
        episodes.source_table as table_name,
        episodes.episode_id as row_id,
        case episodes.source_table when 'ssda903_episodes' then 'child' else 'clae_person_id' end as column_name,
        episodes.person_id as bad_value,
        'Care begins on ' || {{ date_text('episodes.start_date') }} || ' under the id of a child who was adopted on '
        || {{ date_text('counted_with_row_before.end_date_before') }} || '; an adopted child has a new id.' as detail,
        'Row ' || counted_with_row_before.episode_id_before || ' ended with '
        || counted_with_row_before.end_reason_before || '.' as evidence,
        cast(null as {{ dbt.type_string() }}) as repaired_value,
        cast(null as {{ dbt.type_string() }}) as repair_id
    from counted_with_row_before
    inner join episodes
        on counted_with_row_before.la = episodes.la
        and counted_with_row_before.snapshot_month = episodes.snapshot_month
        and counted_with_row_before.person_id = episodes.person_id
        and counted_with_row_before.episode_number = episodes.episode_number
    where counted_with_row_before.end_reason_before in {{ adoption_reasons() }}
        and counted_with_row_before.start_date >= counted_with_row_before.end_date_before
)

select * from final

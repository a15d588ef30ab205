-- Grain: one row per episode that stands twice, has no night, or begins care anew on the day it ended.
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

ssd_episodes as (
    select * from {{ ref('stg_ssd__cla_episodes') }}
),

ssda903_episodes as (
    select * from {{ ref('stg_ssda903__episodes') }}
),

episodes as (
    select * from {{ ref('int_recorded_episodes') }}
),

counted_episodes as (
    select * from {{ ref('int_counted_episodes') }}
),

placements as (
    select * from {{ ref('int_placements') }}
),

legal_statuses as (
    select * from {{ ref('int_legal_status_spans') }}
),

recorded_rows as (
    select 'ssd_cla_episodes' as source_table, la, snapshot_month, person_id, episode_id, episode_start_date, episode_end_date
    from ssd_episodes
    union all
    select
        'ssda903_episodes' as source_table, la, snapshot_month, child_id as person_id, {{ file_and_row() }} as episode_id,
        episode_start_date, episode_end_date
    from ssda903_episodes
),

rows_by_id as (
    select
        recorded_rows.la,
        recorded_rows.snapshot_month,
        recorded_rows.person_id,
        recorded_rows.source_table,
        coalesce(recorded_rows.episode_id, '') as episode_id,
        min(recorded_rows.episode_start_date) as start_date,
        min({{ or_open('recorded_rows.episode_end_date') }}) as end_or_open,
        count(*) as row_count
    from recorded_rows
    inner join snapshots
        on recorded_rows.la = snapshots.la
        and recorded_rows.snapshot_month = snapshots.snapshot_month
        and recorded_rows.episode_start_date <= snapshots.snapshot_end
    where recorded_rows.person_id is not null
    group by
        recorded_rows.la, recorded_rows.snapshot_month, recorded_rows.person_id, recorded_rows.source_table,
        coalesce(recorded_rows.episode_id, '')
),

kept_rows_by_id as (
    select la, snapshot_month, person_id, coalesce(episode_id, '') as episode_id, count(*) as row_count
    from episodes
    group by la, snapshot_month, person_id, coalesce(episode_id, '')
),

-- Rows alike in all but their ids are one row of int_recorded_episodes: what is not there was left out.
rows_left_out as (
    select rows_by_id.*
    from rows_by_id
    left join kept_rows_by_id
        on rows_by_id.la = kept_rows_by_id.la
        and rows_by_id.snapshot_month = kept_rows_by_id.snapshot_month
        and rows_by_id.person_id = kept_rows_by_id.person_id
        and rows_by_id.episode_id = kept_rows_by_id.episode_id
    where rows_by_id.row_count > coalesce(kept_rows_by_id.row_count, 0)
),

rows_twice as (
    select
        rows_left_out.la,
        rows_left_out.snapshot_month,
        rows_left_out.person_id,
        rows_left_out.source_table,
        rows_left_out.episode_id,
        rows_left_out.start_date,
        case when count(*) = 1 then min(episodes.episode_id) end as kept_id
    from rows_left_out
    left join episodes
        on rows_left_out.la = episodes.la
        and rows_left_out.snapshot_month = episodes.snapshot_month
        and rows_left_out.person_id = episodes.person_id
        and rows_left_out.start_date = episodes.start_date
        and rows_left_out.end_or_open = {{ or_open('episodes.end_date') }}
    group by
        rows_left_out.la, rows_left_out.snapshot_month, rows_left_out.person_id, rows_left_out.source_table,
        rows_left_out.episode_id, rows_left_out.start_date
),

-- How far the rows of at least a night reach that began by the day a row begins.
episodes_with_reach as (
    select
        *,
        max(case when end_date is null or end_date > start_date then {{ or_open('end_date') }} end) over (
            partition by la, snapshot_month, person_id
            order by start_date nulls last
            range between unbounded preceding and current row
        ) as reach_date
    from episodes
),

rows_of_no_night as (
    select
        episodes_with_reach.*,
        coalesce(episodes_with_reach.reach_date < episodes_with_reach.start_date, true) as is_only_record
    from episodes_with_reach
    inner join snapshots
        on episodes_with_reach.la = snapshots.la
        and episodes_with_reach.snapshot_month = snapshots.snapshot_month
        and episodes_with_reach.start_date <= snapshots.snapshot_end
    where episodes_with_reach.end_date <= episodes_with_reach.start_date
),

counted_with_row_before as (
    select
        counted_episodes.la,
        counted_episodes.snapshot_month,
        counted_episodes.person_id,
        counted_episodes.episode_number,
        counted_episodes.start_date,
        counted_episodes.start_reason,
        lag(counted_episodes.end_date) over in_order as end_date_before,
        lag(counted_episodes.end_reason) over in_order as end_reason_before,
        lag(counted_episodes.episode_id) over in_order as episode_id_before,
        lag(counted_episodes.placement_id) over in_order as placement_id_before
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

-- Adopted, died, gone to another council or into custody: who comes back then comes anew.
re_entries as (
    select
        counted_with_row_before.*,
        episodes.source_table,
        episodes.episode_id,
        placements.placement_end_date as home_end_date_before
    from counted_with_row_before
    inner join episodes
        on counted_with_row_before.la = episodes.la
        and counted_with_row_before.snapshot_month = episodes.snapshot_month
        and counted_with_row_before.person_id = episodes.person_id
        and counted_with_row_before.episode_number = episodes.episode_number
    left join placements
        on counted_with_row_before.la = placements.la
        and counted_with_row_before.snapshot_month = placements.snapshot_month
        and counted_with_row_before.placement_id_before = placements.placement_id
    where counted_with_row_before.start_reason = 'S'
        and counted_with_row_before.end_date_before = counted_with_row_before.start_date
        and counted_with_row_before.end_reason_before not in ('X1', 'E11', 'E12', 'E2', 'E3', 'E9')
        and coalesce(placements.placement_end_date >= counted_with_row_before.start_date, true)
),

-- In the case system a legal status must have run through the night before, else that night was at home.
re_entries_without_a_night as (
    select re_entries.*
    from re_entries
    left join legal_statuses
        on re_entries.la = legal_statuses.la
        and re_entries.snapshot_month = legal_statuses.snapshot_month
        and re_entries.person_id = legal_statuses.person_id
        and re_entries.start_date > legal_statuses.start_date
        and re_entries.start_date <= {{ or_open('legal_statuses.end_date') }}
    where legal_statuses.la is not null or re_entries.source_table = 'ssda903_episodes'
    qualify row_number() over (
            partition by re_entries.la, re_entries.snapshot_month, re_entries.person_id, re_entries.episode_number
            order by legal_statuses.start_date nulls last
        ) = 1
),

findings as (
    select
        la, snapshot_month, person_id, source_table, nullif(episode_id, '') as row_id,
        case source_table when 'ssda903_episodes' then 'decom' else 'clae_cla_episode_id' end as column_name,
        case source_table when 'ssda903_episodes' then {{ date_text('start_date') }} else nullif(episode_id, '') end
            as bad_value,
        'The row that begins on ' || {{ date_text('start_date') }}
        || ' says the same as another row of this child: entered twice.' as detail,
        coalesce('Kept is row ' || kept_id || '.', 'Kept is the row with the lowest id.') as evidence,
        '(dropped)' as repaired_value
    from rows_twice
    union all
    select
        la, snapshot_month, person_id, source_table, episode_id as row_id,
        case source_table when 'ssda903_episodes' then 'dec' else 'clae_cla_episode_id' end as column_name,
        case source_table when 'ssda903_episodes' then {{ date_text('end_date') }} else episode_id end as bad_value,
        case
            when end_date < start_date
                then 'The row begins on ' || {{ date_text('start_date') }} || ' and ends before, on '
                    || {{ date_text('end_date') }} || '.'
            else 'The row begins and ends on ' || {{ date_text('start_date') }} || ', so it has no night.'
        end
        || case
            when is_only_record then ' It is the only record of this admission: is the end a typing error?' else ''
        end as detail,
        case
            when is_only_record then 'No other row of this child runs up to that day or begins on it.'
            else 'Other rows of this child cover that day.'
        end as evidence,
        '(dropped)' as repaired_value
    from rows_of_no_night
    union all
    select
        la, snapshot_month, person_id, source_table, episode_id as row_id,
        {{ episode_column('start_reason') }} as column_name,
        start_reason as bad_value,
        'Care ended on ' || {{ date_text('start_date') }} || ' (' || end_reason_before
        || ') and is recorded as beginning anew on that day.' as detail,
        'The row before is ' || episode_id_before || '.' as evidence,
        '(folded)' as repaired_value
    from re_entries_without_a_night
),

final as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        row_id,
        column_name,
        bad_value,
        detail,
        evidence,
        repaired_value,
        {{ repair_id('DQ10', ['la', 'person_id', 'row_id', 'column_name', 'repaired_value']) }} as repair_id
    from findings
)

select * from final

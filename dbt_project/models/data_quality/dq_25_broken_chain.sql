-- Grain: one row per date or reason by which an episode of care does not follow from the one before it.
with

seams as (
    select * from {{ ref('int_episode_seams') }}
),

entries as (
    select la, snapshot_month, episode_id, min(entered_care_date) as entered_care_date
    from {{ ref('stg_ssd__cla_episodes') }}
    group by la, snapshot_month, episode_id
),

repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ25'
),

-- A copied end (DQ01) has its own finding; what it does to the rows around it is none.
seams_after_a_row as (
    select * from seams
    where episode_number_before is not null and not is_held_before and not is_copied_before
),

wrong_ends as (
    select
        *,
        case
            when end_reason_before = 'X1' and start_date > end_date_before and end_date_before = end_so_far
                then case when start_reason = 'S' then 'end of care missing' else 'nights missing' end
            when end_reason_before like 'E%' and start_date = end_date_before
                and start_reason in {{ continuing_reasons() }}
                then 'care went on'
        end as fault
    from seams_after_a_row
),

-- The first row that a return shows of a child may be one that continues a row of the year before.
wrong_starts as (
    select
        seams.*,
        case
            when seams.is_held_before then null
            when seams.start_reason = 'S' and seams.end_reason_before = 'X1' and not seams.is_copied_before
                and seams.start_date = seams.end_date_before
                then 'care went on'
            when seams.start_reason in {{ continuing_reasons() }}
                and (
                    seams.episode_number_before is null
                    or seams.start_date > seams.end_so_far and coalesce(seams.end_reason_before <> 'X1', true)
                )
                and not (seams.source_table = 'ssda903_episodes' and seams.start_date <= seams.history_from)
                and coalesce(entries.entered_care_date >= seams.start_date, true)
                then 'care had not begun'
            when seams.start_reason = 'L' and seams.start_date = seams.end_date_before and not seams.is_temporary_before
                and not seams.is_same_home
                then 'the child moved'
            when seams.start_reason = 'P' and seams.start_date = seams.end_date_before and seams.has_new_legal_status
                and not seams.is_temporary and not seams.is_temporary_before and seams.is_same_home
                and coalesce(seams.placement_id, '') = coalesce(seams.placement_id_before, '')
                and coalesce(seams.provider, '') = coalesce(seams.provider_before, '')
                then 'only the legal status changed'
        end as fault
    from seams
    left join entries
        on seams.la = entries.la
        and seams.snapshot_month = entries.snapshot_month
        and seams.episode_id = entries.episode_id
),

findings as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id_before as row_id,
        case when fault = 'nights missing' then {{ episode_column('end_date') }}
            else {{ episode_column('end_reason') }}
        end as column_name,
        case when fault = 'nights missing' then {{ date_text('end_date_before') }} else end_reason_before end as bad_value,
        case
            when fault = 'care went on'
                then concat(
                        'Care is said to have ended (', end_reason_before, ') on ', {{ date_text('end_date_before') }},
                        ', but the next row, of the same day, continues it (', start_reason, ').'
                    )
            else concat(
                    'Care is said to go on (X1) on ', {{ date_text('end_date_before') }}, ', but the next row begins on ',
                    {{ date_text('start_date') }}, '.'
                )
        end as detail,
        concat('Episode ', episode_id, '.') as evidence
    from wrong_ends
    where fault is not null
    union all
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        {{ episode_column('end_reason') }} as column_name,
        end_reason as bad_value,
        concat('Care is said to go on (X1) on ', {{ date_text('end_date') }}, ', but no row follows.') as detail,
        cast(null as {{ dbt.type_string() }}) as evidence
    from seams
    where is_last and end_reason = 'X1' and end_date <= snapshot_end and not is_held
    union all
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        {{ episode_column('start_reason') }} as column_name,
        start_reason as bad_value,
        case fault
            when 'care went on'
                then concat('Care is said to begin on ', {{ date_text('start_date') }}, ', but the row before goes on (X1).')
            when 'care had not begun'
                then concat(
                        'The first row of a period of care, of ', {{ date_text('start_date') }}, ', begins with ', start_reason,
                        ', as if care had gone on.'
                    )
            when 'the child moved'
                then concat(
                        'The row of ', {{ date_text('start_date') }}, ' begins with L (only the legal status changed), but the',
                        ' child moved.'
                    )
            else concat(
                    'The row of ', {{ date_text('start_date') }}, ' begins with P (a move), but only the legal status changed.'
                )
        end as detail,
        concat('Episode ', episode_id_before, ' is the row before.') as evidence
    from wrong_starts
    where fault is not null
),

final as (
    {{ findings_with_repairs() }}
)

select * from final

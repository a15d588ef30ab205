-- Grain: one row per time missing that is recorded as a move of home.
with

missing_as_placements as (
    select * from {{ ref('int_missing_as_placements') }}
),

seams as (
    select * from {{ ref('int_episode_seams') }}
    where start_reason = 'P' and is_same_home and placement_id <> placement_id_before
        and not is_temporary and not is_temporary_before and start_date = end_date_before
),

placements as (
    select * from {{ ref('int_placements') }}
),

missing as (
    select * from {{ ref('int_recorded_missing') }}
),

repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ08'
),

-- The home was closed when the child went missing, and opened again on the return to it.
homes_opened_again as (
    select
        seams.la,
        seams.snapshot_month,
        seams.person_id,
        seams.source_table,
        seams.episode_id,
        seams.start_reason,
        seams.start_date,
        placements.placement_end_date,
        min(missing.missing_start_date) as missing_start_date
    from seams
    inner join placements
        on seams.la = placements.la
        and seams.snapshot_month = placements.snapshot_month
        and seams.placement_id_before = placements.placement_id
        and seams.start_date > placements.placement_end_date
    inner join missing
        on seams.la = missing.la
        and seams.snapshot_month = missing.snapshot_month
        and seams.person_id = missing.person_id
        and placements.placement_end_date >= missing.missing_start_date
        and seams.start_date <= {{ or_open('missing.missing_end_date') }}
    group by
        seams.la, seams.snapshot_month, seams.person_id, seams.source_table, seams.episode_id, seams.start_reason,
        seams.start_date, placements.placement_end_date
),

findings as (
    select
        la,
        snapshot_month,
        person_id,
        {{ placement_table() }} as table_name,
        {{ placement_row() }} as row_id,
        {{ episode_column('placement_type') }} as column_name,
        placement_word as bad_value,
        concat(
            'The child went missing on ', {{ date_text('start_date') }}, ', and that is recorded as a placement',
            case when is_back_home then ' before the return to the same home.' else '.' end
        ) as detail,
        'A missing episode begins on the same day.' as evidence
    from missing_as_placements
    union all
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        {{ episode_column('start_reason') }} as column_name,
        start_reason as bad_value,
        concat(
            'The home was closed on ', {{ date_text('placement_end_date') }}, ' and opened again as a move on ',
            {{ date_text('start_date') }}, ', while the child was missing.'
        ) as detail,
        concat('A missing episode began on ', {{ date_text('missing_start_date') }}, '; the home is the same.') as evidence
    from homes_opened_again
),

final as (
    {{ findings_with_repairs() }}
)

select * from final

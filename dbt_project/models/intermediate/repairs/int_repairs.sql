-- Grain: one row per cell that the figures read otherwise than it is recorded (F2), with what shows it. Nothing is
-- repaired in the reading "as recorded", nor where repairs are off. Source rows are never changed.
{% set repair_issues = ['DQ01', 'DQ08', 'DQ11', 'DQ25', 'DQ29', 'DQ32', 'DQ33', 'DQ34'] -%}
with

copied_end_dates as (
    select * from {{ ref('int_copied_end_dates') }}
    where restored_end_date is not null
),

overlapping_episodes as (
    select * from {{ ref('int_overlapping_episodes') }}
    where repaired_end_date is not null
),

homes_left_open as (
    select * from {{ ref('int_homes_left_open') }}
    where repaired_end_date is not null
),

one_night_gaps as (
    select * from {{ ref('int_one_night_gaps') }}
),

parents_as_provider as (
    select * from {{ ref('int_parents_as_provider') }}
),

missing_as_placements as (
    select * from {{ ref('int_missing_as_placements') }}
    where is_back_home
),

moves_with_same_carer as (
    select * from {{ ref('int_moves_with_same_carer') }}
    where repaired_start_reason is not null
),

placement_order_starts as (
    select * from {{ ref('int_placement_order_starts') }}
    where recorded_order_date is null
),

repairs as (
    select
        la, snapshot_month, {{ repair_id('DQ01', ['la', 'person_id', 'episode_id']) }} as repair_id, 'DQ01' as issue_id,
        person_id, source_table as table_name, episode_id as row_id, {{ episode_column('end_date') }} as column_name,
        {{ date_text('recorded_end_date') }} as old_value, {{ date_text('restored_end_date') }} as new_value,
        case
            when is_within_care then concat('the next row begins on ', {{ date_text('restored_end_date') }})
            else concat('so it stood in the extract of ', evidence_month)
        end as evidence,
        'certain' as confidence
    from copied_end_dates
    union all
    select
        la, snapshot_month, {{ repair_id('DQ01', ['la', 'person_id', 'episode_id']) }} as repair_id, 'DQ01' as issue_id,
        person_id, source_table as table_name, episode_id as row_id, {{ episode_column('end_reason') }} as column_name,
        recorded_end_reason as old_value, restored_end_reason as new_value,
        concat('so it stood in the extract of ', evidence_month) as evidence,
        'certain' as confidence
    from copied_end_dates
    where coalesce(recorded_end_reason <> restored_end_reason, recorded_end_reason is null)
        and restored_end_reason is not null
    union all
    select
        la, snapshot_month, {{ repair_id('DQ11', ['la', 'person_id', 'episode_id']) }} as repair_id, 'DQ11' as issue_id,
        person_id, source_table as table_name, episode_id as row_id, {{ episode_column('end_date') }} as column_name,
        {{ date_text('end_date') }} as old_value, {{ date_text('repaired_end_date') }} as new_value,
        concat('the next row begins on ', {{ date_text('next_start_date') }}) as evidence,
        'certain' as confidence
    from overlapping_episodes
    union all
    select
        la, snapshot_month, {{ repair_id('DQ11', ['la', 'person_id', 'placement_id']) }} as repair_id,
        'DQ11' as issue_id, person_id, 'ssd_cla_placement' as table_name, placement_id as row_id,
        'clap_cla_placement_end_date' as column_name,
        {{ date_text('placement_end_date') }} as old_value, {{ date_text('repaired_end_date') }} as new_value,
        'the episodes in it (ssd_cla_episodes) end on that day' as evidence,
        'certain' as confidence
    from homes_left_open
    union all
    select
        la, snapshot_month, {{ repair_id('DQ25', ['la', 'person_id', 'episode_id']) }} as repair_id, 'DQ25' as issue_id,
        person_id, source_table as table_name, episode_id as row_id, {{ episode_column('end_date') }} as column_name,
        {{ date_text('end_date') }} as old_value, {{ date_text('repaired_end_date') }} as new_value,
        concat('care went on (X1), and the next row continues it on ', {{ date_text('repaired_end_date') }}) as evidence,
        'likely' as confidence
    from one_night_gaps
    union all
    select
        la, snapshot_month, {{ repair_id('DQ29', ['la', 'person_id', 'row_id']) }} as repair_id, 'DQ29' as issue_id,
        person_id, table_name, row_id, column_name, provider as old_value, 'PR0' as new_value,
        'the placement is with parents (P1)' as evidence,
        'certain' as confidence
    from parents_as_provider
    union all
    select
        la, snapshot_month, {{ repair_id('DQ08', ['la', 'person_id', 'episode_id']) }} as repair_id, 'DQ08' as issue_id,
        person_id, {{ placement_table() }} as table_name, {{ placement_row() }} as row_id,
        {{ episode_column('placement_type') }} as column_name, placement_word as old_value, '(folded)' as new_value,
        case
            when is_by_household then 'the rows before and after it are of one foster household (ext_foster_placement)'
            else 'the rows before and after it have the same type, URN and postcode'
        end as evidence,
        case when is_by_household then 'certain' else 'likely' end as confidence
    from missing_as_placements
    union all
    select
        la, snapshot_month,
        case issue_id
            when 'DQ33' then {{ repair_id('DQ33', ['la', 'person_id', 'episode_id']) }}
            else {{ repair_id('DQ34', ['la', 'person_id', 'episode_id']) }}
        end as repair_id,
        issue_id, person_id, source_table as table_name, episode_id as row_id,
        {{ episode_column('start_reason') }} as column_name, start_reason as old_value,
        repaired_start_reason as new_value,
        concat('foster household ', household_id, ' before and after (ext_foster_placement)') as evidence,
        'certain' as confidence
    from moves_with_same_carer
    union all
    select
        la, snapshot_month, {{ repair_id('DQ32', ['la', 'person_id', 'permanence_id']) }} as repair_id,
        'DQ32' as issue_id, person_id, 'ssd_permanence' as table_name, permanence_id as row_id,
        'perm_placement_order_date' as column_name,
        cast(null as {{ dbt.type_string() }}) as old_value, {{ date_text('order_start_date') }} as new_value,
        'the first placement order (ssd_legal_status) began on that day' as evidence,
        'certain' as confidence
    from placement_order_starts
),

versions as (
    {% for entry in recording_issue_catalogue() if entry.id in repair_issues -%}
        select '{{ entry.id }}' as issue_id, {{ entry.version }} as rule_version
        union all
    {% endfor -%}
    select '' as issue_id, 0 as rule_version
),

final as (
    select
        repairs.la, repairs.snapshot_month, repairs.repair_id, repairs.issue_id, repairs.person_id, repairs.table_name,
        repairs.row_id, repairs.column_name, repairs.old_value, repairs.new_value, versions.rule_version,
        repairs.evidence, repairs.confidence
    from repairs
    inner join versions on repairs.issue_id = versions.issue_id
    where '{{ var("repairs") }}' <> 'off'
)

select * from final

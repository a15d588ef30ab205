-- Grain: one row per adoption by the current carers that is recorded as a move.
with

moves as (
    select * from {{ ref('int_moves_with_same_carer') }}
    where issue_id = 'DQ33'
),

seams as (
    select * from {{ ref('int_episode_seams') }}
    where placement_code in ('A4', 'A6') and start_reason in ('T', 'U') and is_same_household
        and coalesce(placement_code_before not in {{ adoptive_placements() }}, true)
),

repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ33'
),

findings as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        {{ episode_column('start_reason') }} as column_name,
        start_reason as bad_value,
        concat(
            'The placement for adoption (', placement_code, ') of ', {{ date_text('start_date') }},
            ' is with the carers the child lives with, but begins with ', start_reason, ', as a move.'
        ) as detail,
        case
            when is_same_household then concat('Foster household ', household_id, ' before and after.')
            else 'The code of the placement; the foster household does not show it.'
        end as evidence
    from moves
    union all
    select
        la,
        snapshot_month,
        person_id,
        {{ placement_table() }} as table_name,
        {{ placement_row() }} as row_id,
        {{ episode_column('placement_type') }} as column_name,
        placement_code as bad_value,
        concat(
            'The placement for adoption of ', {{ date_text('start_date') }},
            ' is with the carers the child lives with, but coded as with others (', placement_code, ').'
        ) as detail,
        concat('Foster household ', household_id, ' before and after.') as evidence
    from seams
),

final as (
    {{ findings_with_repairs() }}
)

select * from final

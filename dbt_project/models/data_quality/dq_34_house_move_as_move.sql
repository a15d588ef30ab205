-- Grain: one row per house move or change of agency of a child's carers that is recorded as the child's move.
with

moves as (
    select * from {{ ref('int_moves_with_same_carer') }}
    where issue_id = 'DQ34'
),

repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ34'
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
            'The row of ', {{ date_text('start_date') }}, ' begins with P, as a move of the child, but ',
            case when is_same_household then 'the carers are the same.' else 'only the placement changed its status.' end
        ) as detail,
        case
            when is_same_household then concat('Foster household ', household_id, ' before and after.')
            else 'The placement before ended for the reason PLACE; no foster household is given.'
        end as evidence
    from moves
),

final as (
    {{ findings_with_repairs() }}
)

select * from final

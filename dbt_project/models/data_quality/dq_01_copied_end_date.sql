-- Grain: one row per episode of care on which the end of a later episode was typed over its own.
with

copied_end_dates as (
    select * from {{ ref('int_copied_end_dates') }}
),

repairs as (
    select * from {{ ref('int_repairs') }}
    where issue_id = 'DQ01'
),

findings as (
    select
        la,
        snapshot_month,
        person_id,
        source_table as table_name,
        episode_id as row_id,
        {{ episode_column('end_date') }} as column_name,
        {{ date_text('recorded_end_date') }} as bad_value,
        concat(
            'The end of the episode that began on ', {{ date_text('later_start_date') }},
            ' stands in the one that began on ', {{ date_text('start_date') }}, '.'
        ) as detail,
        case
            when is_within_care
                then concat('The next row of the period of care begins on ', {{ date_text('restored_end_date') }}, '.')
            when restored_end_date is not null
                then concat(
                        'The extract of ', evidence_month, ' gave the end as ', {{ date_text('restored_end_date') }}, '.'
                    )
            when earlier_end_date is not null
                then concat(
                        'The extract of ', evidence_month, ' gave the end as ', {{ date_text('earlier_end_date') }},
                        ', which cannot be right either.'
                    )
            else 'No earlier extract has another end.'
        end as evidence
    from copied_end_dates
),

final as (
    {{ findings_with_repairs() }}
)

select * from final

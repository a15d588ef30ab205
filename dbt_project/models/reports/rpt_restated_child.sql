-- Grain: one row per child, event or household that changed a figure, and record that explains it. Restricted.
with

final as (
    select
        la,
        indicator_id,
        period_end,
        basis,
        person_id,
        event_id,
        change,
        was_in_numerator,
        is_in_numerator,
        cause,
        table_name,
        row_id,
        event_date,
        days_late,
        team,
        previous_snapshot_month,
        snapshot_month
    from {{ ref('fct_restated_child') }}
)

select * from final

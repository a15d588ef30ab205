-- Grain: one row per fault of an extract of the published month (quarantine.csv). Restricted.
with

final as (
    select
        la, family, table_name, file_name, row_number, column_name, bad_value, reason, row_count, effect
    from {{ ref('fct_quarantine') }}
)

select * from final

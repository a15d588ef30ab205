-- Grain: one row per table of the published month's extracts that was delivered: how this pack was made.
with

final as (
    select la, family, table_name, file_name, landed_rows, refused_rows, status
    from {{ ref('fct_extract') }}
    where status <> 'absent'
)

select * from final

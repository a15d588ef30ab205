-- Grain: one row per table of the published month's extracts that was delivered: how this pack was made.
-- Rows of an extract may be children, so their number is hidden from 1 to 5; a reference list has none.
with

final as (
    select
        la,
        family,
        table_name,
        file_name,
        case
            when family = 'reference' then landed_rows
            else {{ shown_unless_small('landed_rows', 'landed_rows') }}
        end as landed_rows,
        {{ shown_unless_small('refused_rows', 'refused_rows') }} as refused_rows,
        status
    from {{ ref('fct_extract') }}
    where status <> 'absent'
)

select * from final

-- Grain: one row per table of the published month's extracts that was delivered: how this pack was made.
-- Rows of an extract may be children, so a small number of them is hidden; a reference list has none.
with

extracts as (
    select * from {{ ref('fct_extract') }}
    where status <> 'absent'
),

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

final as (
    select
        extracts.la,
        extracts.family,
        extracts.table_name,
        extracts.file_name,
        case
            when extracts.family = 'reference' or not {{ is_small('extracts.landed_rows') }} then extracts.landed_rows
        end as landed_rows,
        {{ shown_unless(is_small('extracts.refused_rows'), 'extracts.refused_rows') }} as refused_rows,
        extracts.status
    from extracts
    inner join disclosure on extracts.la = disclosure.la
)

select * from final

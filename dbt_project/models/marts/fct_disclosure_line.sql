-- Grain: one row per number and adding-up line it stands in: whoever knows all numbers of a line but one knows that one
-- too. Some numbers of a line are printed nowhere; they follow from the others all the same.
{% set text = dbt.type_string() -%}
with

cells as (
    select * from {{ ref('fct_disclosure_cell') }}
),

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

categories as (
    select * from {{ ref('dim_indicator_category') }}
),

-- The parts of a figure and the whole. A part of an open set that stands there at all is one at the least.
parts as (
    select
        parts.la,
        concat('parts|', wholes.cell_id, '|', parts.number_name, '|', split_part(parts.breakdown, '=', 1)) as line_id,
        parts.cell_id,
        parts.amount,
        parts.is_hidden,
        parts.loss,
        wholes.cell_id as whole_id
    from cells as parts
    inner join cells as wholes on parts.la = wholes.la
    where parts.breakdown <> ''
),

final as (
    select * from parts
)

select * from final

-- Grain: one row per figure and computation of it: everything ever published, and what this run adds.
{% set columns -%}
    la, snapshot_month, computation, indicator_id, period_end, basis, breakdown, value, numerator, denominator,
        unit, status, note, is_backfilled, definition_version
{%- endset -%}
with

publications as (
    select * from {{ ref('dim_publication') }}
),

archived as (
    select {{ columns }}, true as is_published
    from {{ ref('fct_archived_value') }}
    where is_published
),

computed as (
    select figures.*, not publications.is_as_of as is_published
    from (
        select {{ columns }}
        from {{ ref('fct_computed_value') }}
        where is_as_recorded is not true
    ) as figures
    left join publications on figures.la = publications.la
),

united as (
    select * from archived
    union all
    select * from computed
),

-- C18: one decimal, half up; counts are whole. What is rounded is what counts for rating and change (F1).
final as (
    select
        *,
        {{ round_half_up('value') }} as published_value
    from united
)

select * from final

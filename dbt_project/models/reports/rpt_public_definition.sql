-- Grain: one row per council and indicator: what it means, for the page of definitions. It holds no figure.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

bases as (
    select * from {{ ref('dim_indicator_basis') }}
),

needs as (
    select * from {{ ref('dim_indicator_need') }}
),

targets as (
    select * from {{ ref('dim_target') }}
),

series_breaks as (
    select * from {{ ref('dim_series_break') }}
),

definition_changes as (
    select * from {{ ref('dim_definition_change') }}
),

changes_of_indicators as (
    select
        indicator_id,
        {{ joined_text(
            "concat('Version ', definition_version, ' from ', from_month, ': ', note)", '; ', 'definition_version'
        ) }} as changes
    from definition_changes
    group by indicator_id
),

bases_of_indicators as (
    select indicator_id, {{ joined_text('basis', ', ', 'basis') }} as bases
    from bases
    group by indicator_id
),

-- Which tables depends on what the council delivers; a month without an extract of children is read as the full one.
tables_of_indicators as (
    select publications.la, needs.indicator_id, {{ joined_text('needs.table_name', ', ', 'needs.table_name') }} as source_tables
    from publications
    inner join needs on coalesce(publications.route, 'ssd') = needs.route
    group by publications.la, needs.indicator_id
),

final as (
    select
        publications.la,
        indicators.indicator_id,
        coalesce(indicators.ref_2022_23, indicators.ref_2019, indicators.ref_2015) as ref,
        indicators.title,
        indicators.section,
        cast(floor(indicators.position / 100) as int) as section_order,
        indicators.theme,
        indicators.position as indicator_order,
        indicators.definition,
        indicators.over_whom,
        indicators.why,
        indicators.good_is,
        bases_of_indicators.bases,
        indicators.headline_basis,
        nullif(concat_ws(', ', indicators.breakdown, indicators.further_breakdown), '') as breakdowns,
        indicators.ref_2015,
        indicators.ref_2019,
        indicators.ref_2022_23,
        series_breaks.history as series_breaks,
        changes_of_indicators.changes,
        targets.green,
        targets.amber,
        targets.red,
        indicators.caveat,
        indicators.authority,
        tables_of_indicators.source_tables,
        indicators.owner,
        indicators.definition_version
    from publications
    cross join indicators
    left join bases_of_indicators on indicators.indicator_id = bases_of_indicators.indicator_id
    left join changes_of_indicators on indicators.indicator_id = changes_of_indicators.indicator_id
    left join tables_of_indicators
        on publications.la = tables_of_indicators.la
        and indicators.indicator_id = tables_of_indicators.indicator_id
    left join targets
        on publications.la = targets.la
        and indicators.indicator_id = targets.indicator_id
    left join series_breaks
        on publications.la = series_breaks.la
        and indicators.indicator_id = series_breaks.indicator_id
)

select * from final

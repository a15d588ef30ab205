-- Grain: one row per table that a figure of the published month needs and that was not delivered, with the
-- figures that are not available for it.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

extracts as (
    select * from {{ ref('fct_extract') }}
),

needs as (
    select * from {{ ref('dim_indicator_need') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

-- What SSDA903 files cannot answer is a gap of its own, without a table, whatever else was delivered.
needs_unmet as (
    select
        publications.la,
        coalesce(extracts.family, 'ssda903') as family,
        case when needs.table_name = 'not in SSDA903' then '' else needs.table_name end as table_name,
        coalesce(extracts.status, 'absent') as status,
        coalesce(extracts.reason, 'these files do not hold what some figures need') as reason,
        indicators.title,
        indicators.position
    from publications
    inner join needs on publications.route = needs.route
    inner join indicators on needs.indicator_id = indicators.indicator_id
    left join extracts
        on publications.la = extracts.la
        and needs.table_name = extracts.table_name
    where coalesce(extracts.status, 'absent') <> 'landed'
),

final as (
    select
        la,
        family,
        table_name,
        status,
        reason,
        {{ joined_text('title', '; ', 'position') }} as indicators
    from needs_unmet
    group by la, family, table_name, status, reason
)

select * from final

-- Grain: one row per scorecard indicator and month, thirteen months to the published one; small numbers hidden.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null
),

figures as (
    select * from {{ ref('fct_indicator_value') }}
    where breakdown = ''
),

months_back as (
    {% for months in range(13) -%}
        select {{ months }} as months_back{% if not loop.last %}
            union all{% endif %}
    {% endfor %}
),

places as (
    select
        publications.la,
        indicators.indicator_id,
        indicators.headline_basis as basis,
        cast(last_day({{ dbt.dateadd('month', '-months_back.months_back', 'publications.period_end') }}) as date)
            as period_end
    from publications
    cross join indicators
    cross join months_back
),

final as (
    select
        places.la,
        places.indicator_id,
        places.period_end,
        places.basis,
        {{ shown_unless_small('figures.published_value', 'figures.numerator') }} as value,
        {{ shown_unless_small('figures.numerator', 'figures.numerator') }} as numerator,
        {{ shown_unless_small('figures.denominator', 'figures.numerator') }} as denominator,
        {{ status_unless_small("coalesce(figures.status, 'not_available')", 'figures.numerator') }} as status,
        case when figures.indicator_id is null then 'no extract of this month' else figures.note end as note
    from places
    left join figures
        on places.la = figures.la
        and places.indicator_id = figures.indicator_id
        and places.period_end = figures.period_end
        and places.basis = figures.basis
)

select * from final

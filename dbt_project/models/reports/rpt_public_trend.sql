-- Grain: one row per scorecard indicator and month, thirteen months to the published one; small numbers hidden.
-- The whole of a share is always 100, so it has no trend. A term measure shows the latest term that had ended by
-- the month's end.
{% set rests_on = "case when indicators.kind = 'mean' then figures.denominator else figures.numerator end" -%}
with

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null and kind <> 'share'
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
        {{ shown_unless_small('figures.published_value', rests_on) }} as value,
        {{ shown_unless_small('figures.numerator', rests_on) }} as numerator,
        {{ shown_unless_small('figures.denominator', rests_on) }} as denominator,
        {{ status_unless_small("coalesce(figures.status, 'not_available')", rests_on) }} as status,
        case when figures.indicator_id is null then 'no extract of this month' else figures.note end as note
    from places
    inner join indicators on places.indicator_id = indicators.indicator_id
    left join figures
        on places.la = figures.la
        and places.indicator_id = figures.indicator_id
        and places.basis = figures.basis
        and (places.period_end = figures.period_end or places.basis = 'term' and places.period_end > figures.period_end)
    qualify row_number() over (
            partition by places.la, places.indicator_id, places.period_end
            order by figures.period_end desc nulls last
        ) = 1
)

select * from final

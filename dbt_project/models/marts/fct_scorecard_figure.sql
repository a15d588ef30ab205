-- Grain: one row per council, scorecard indicator and place on the scorecard (month, month_minus_1, ytd ...).
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

-- F14: a term measure shows the latest term that had ended by the day; last year is the stock at the previous 31 March, or the whole of last year where events are counted.
places as (
    {% for place, day, basis in [
        ('month', 'period_end', 'headline_basis'),
        ('month_minus_1', 'previous_month_end', 'headline_basis'),
        ('month_minus_2', 'month_before_that_end', 'headline_basis'),
        ('year_ago', 'year_ago_end', 'headline_basis'),
        ('ytd', 'period_end', 'year_to_date_basis'),
        ('previous_year', 'previous_year_end', 'last_year_basis'),
    ] -%}
        select
            publications.la,
            indicators.indicator_id,
            '{{ place }}' as place,
            publications.{{ day }},
            indicators.{{ basis }} as basis
        from publications
        cross join indicators
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select
        places.la,
        places.indicator_id,
        places.place,
        coalesce(figures.period_end, places.period_end) as period_end,
        places.basis,
        figures.published_value as value,
        figures.numerator,
        figures.denominator,
        case
            when places.basis is null then 'none'
            else coalesce(figures.status, 'not_available')
        end as status,
        figures.note
    from places
    inner join indicators on places.indicator_id = indicators.indicator_id
    left join figures
        on places.la = figures.la
        and places.indicator_id = figures.indicator_id
        and places.basis = figures.basis
        and (places.period_end = figures.period_end or places.basis = 'term' and places.period_end > figures.period_end)
    qualify row_number() over (
            partition by places.la, places.indicator_id, places.place order by figures.period_end desc nulls last
        ) = 1
)

select * from final

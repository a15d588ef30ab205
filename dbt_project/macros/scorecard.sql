{# One scorecard, made twice: from all figures for officers, from the shown ones for everyone. Takes the name of a
   CTE with la, indicator_id, place, value, numerator, denominator, status, note (one row a place), and that of one
   with la, indicator_id, note: what each edition may say of repairs. #}
{% macro scorecard_from(figures, repair_notes) -%}
{% set places = ['month_minus_2', 'month_minus_1', 'month', 'ytd', 'previous_year', 'year_ago'] -%}
indicators as (
    select * from {{ ref('dim_indicator') }}
),

targets as (
    select * from {{ ref('dim_target') }}
),

benchmarks as (
    select * from {{ ref('dim_benchmark') }}
),

series_breaks as (
    select * from {{ ref('dim_series_break') }}
),

places_side_by_side as (
    select
        la,
        indicator_id,
        {% for place in places -%}
        max(case when place = '{{ place }}' then value end) as {{ place }},
        max(case when place = '{{ place }}' then status end) as {{ place }}_status,
        {% endfor -%}
        max(case when place = 'month' then numerator end) as numerator,
        max(case when place = 'month' then denominator end) as denominator,
        max(case when place = 'month' then note end) as note
    from {{ figures }}
    group by la, indicator_id
),

rated as (
    select
        places_side_by_side.*,
        coalesce(indicators.ref_2022_23, indicators.ref_2019, indicators.ref_2015) as ref,
        indicators.title,
        indicators.section,
        indicators.theme,
        indicators.theme_title,
        indicators.theme_order,
        indicators.position,
        cast(floor(indicators.position / 100) as int) as section_order,
        indicators.position as indicator_order,
        indicators.unit,
        indicators.good_is,
        indicators.timeline,
        indicators.headline_basis,
        indicators.headline_order,
        targets.red,
        targets.amber,
        targets.green,
        targets.printed,
        benchmarks.stat_neighbour_average,
        benchmarks.best_stat_neighbour,
        benchmarks.national_average,
        benchmarks.top_quartile,
        benchmarks.region,
        benchmarks.benchmark_period,
        places_side_by_side.month - places_side_by_side.month_minus_1 as change_amount,
        places_side_by_side.month - places_side_by_side.year_ago as year_change_amount,
        {{ rating('places_side_by_side.month', 'targets', 'indicators.good_is') }} as rag,
        nullif(concat_ws('; ', places_side_by_side.note, series_breaks.note, repair_notes.note), '') as data_note
    from places_side_by_side
    inner join indicators on places_side_by_side.indicator_id = indicators.indicator_id
    left join targets
        on places_side_by_side.la = targets.la
        and places_side_by_side.indicator_id = targets.indicator_id
    left join benchmarks
        on places_side_by_side.la = benchmarks.la
        and places_side_by_side.indicator_id = benchmarks.indicator_id
    left join series_breaks
        on places_side_by_side.la = series_breaks.la
        and places_side_by_side.indicator_id = series_breaks.indicator_id
    left join {{ repair_notes }} as repair_notes
        on places_side_by_side.la = repair_notes.la
        and places_side_by_side.indicator_id = repair_notes.indicator_id
),

final as (
    select
        *,
        case
            when change_amount > 0.000001 then 'up'
            when change_amount < -0.000001 then 'down'
            when change_amount is not null then 'same'
        end as change,
        {{ change_in_words('month_minus_1', 'month', 'good_is', 'green') }} as change_is,
        case when rag is not null then case when headline_basis = 'fytd' then 'ytd' else 'month' end end as rag_basis
    from rated
)
{%- endmacro %}

{# F15: does a value meet a threshold cell: `<x`, `<=x`, `>x`, `x+`, `a-b` (both ends in) or empty? #}
{% macro meets(value, cell) -%}
    coalesce(case
        when {{ cell }} is null or {{ cell }} = '' then false
        when {{ cell }} like '<=%' then {{ value }} <= cast(substring({{ cell }}, 3) as double)
        when {{ cell }} like '<%' then {{ value }} < cast(substring({{ cell }}, 2) as double)
        when {{ cell }} like '>%' then {{ value }} > cast(substring({{ cell }}, 2) as double)
        when {{ cell }} like '%+' then {{ value }} >= cast(replace({{ cell }}, '+', '') as double)
        else {{ value }} between {{ band_end(cell, 1) }} and {{ band_end(cell, 2) }}
    end, false)
{%- endmacro %}

{% macro band_end(cell, part) -%}
    cast(case when {{ cell }} like '%-%' then split_part({{ cell }}, '-', {{ part }}) end as double)
{%- endmacro %}

{# F1, F15: the first of green, amber, red that the rounded value meets; none: empty. Outside a range that is
   good in itself: amber up to 1% of the nearer end, else red. #}
{% macro rating(value, targets, good_is) -%}
    case
        when {{ value }} is null then null
        when {{ meets(value, targets ~ '.green') }} then 'green'
        when {{ meets(value, targets ~ '.amber') }} then 'amber'
        when {{ meets(value, targets ~ '.red') }} then 'red'
        when {{ good_is }} = 'range' and {{ targets }}.green like '%-%'
            then case
                when {{ value }} between 0.99 * {{ band_end(targets ~ '.green', 1) }}
                    and 1.01 * {{ band_end(targets ~ '.green', 2) }} then 'amber'
                else 'red'
            end
    end
{%- endmacro %}

{# F14: better or worse by what is good; for a range, nearer the band is better and inside both months the same. #}
{% macro change_in_words(before, now, good_is, green) -%}
    case
        when {{ before }} is null or {{ now }} is null then null
        when {{ good_is }} = 'range'
            then case
                when {{ outside_band(now, green) }} < {{ outside_band(before, green) }} then 'better'
                when {{ outside_band(now, green) }} > {{ outside_band(before, green) }} then 'worse'
                else 'same'
            end
        when abs({{ now }} - {{ before }}) <= 0.000001 then 'same'
        when {{ good_is }} = 'info' then 'info'
        when ({{ now }} > {{ before }}) = ({{ good_is }} = 'high') then 'better'
        else 'worse'
    end
{%- endmacro %}

{% macro outside_band(value, green) -%}
    coalesce(greatest({{ band_end(green, 1) }} - {{ value }}, {{ value }} - {{ band_end(green, 2) }}, 0), 0)
{%- endmacro %}

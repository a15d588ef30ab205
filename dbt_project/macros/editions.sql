{# The rows of the pack, each made twice: for everyone, with small numbers hidden, and for officers, from whom nothing
   is hidden. The two editions differ in these two steps alone. #}
{% macro edition(is_public) -%}
disclosure as (
    select
        la,
        {{ 'smallest_shown' if is_public else '0' }} as smallest_shown,
        {{ 'smallest_denominator' if is_public else '0' }} as smallest_denominator,
        is_rest_hidden
    from {{ ref('dim_disclosure') }}
),

hidden_figures as (
    select la, indicator_id, period_end, basis, breakdown
    from {{ ref('fct_hidden_figure') }}
    {% if not is_public %}where 1 = 0{% endif %}
)
{%- endmacro %}

{# How the rows of a step meet the hidden figures. #}
{% macro left_join_hidden(rows, breakdown="''") -%}
    left join hidden_figures
        on {{ rows }}.la = hidden_figures.la
        and {{ rows }}.indicator_id = hidden_figures.indicator_id
        and {{ rows }}.period_end = hidden_figures.period_end
        and {{ rows }}.basis = hidden_figures.basis
        and hidden_figures.breakdown = {{ breakdown }}
{%- endmacro %}

{% macro is_hidden() -%}
    hidden_figures.la is not null
{%- endmacro %}

{# Whatever is made of a hidden figure (rating, change, denominator) is made after it is hidden, so hides too. #}
{% macro scorecard_of(is_public) -%}
with

{{ edition(is_public) }},

all_figures as (
    select * from {{ ref('fct_scorecard_figure') }}
),

figures as (
    select
        all_figures.la,
        all_figures.indicator_id,
        all_figures.place,
        {{ shown_unless(is_hidden(), 'all_figures.value') }} as value,
        {{ shown_unless(is_hidden(), 'all_figures.numerator') }} as numerator,
        {{ shown_unless(is_hidden(), 'all_figures.denominator') }} as denominator,
        case when {{ is_hidden() }} then 'suppressed' else all_figures.status end as status,
        all_figures.note
    from all_figures
    {{ left_join_hidden('all_figures') }}
),

moved_figures as (
    select la, indicator_id, place, unit, value_as_recorded, issue_ids
    from {{ ref('rpt_public_dq_impact' if is_public else 'rpt_officers_dq_impact') }}
    where is_moved
),

{{ repair_notes_from('moved_figures') }},

{{ scorecard_from('figures', 'repair_notes') }}

select * from final
{%- endmacro %}

{# The whole of a share is always 100, so it has no trend. A term measure shows the latest term that had ended by the
   month's end. #}
{% macro trend_of(is_public) -%}
with

{{ edition(is_public) }},

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where coalesce(ref_2015, ref_2019, ref_2022_23) is not null and kind <> 'share'
),

all_figures as (
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

figures as (
    select
        all_figures.*,
        places.period_end as place_end
    from places
    inner join all_figures
        on places.la = all_figures.la
        and places.indicator_id = all_figures.indicator_id
        and places.basis = all_figures.basis
        and (
            places.period_end = all_figures.period_end
            or places.basis = 'term' and places.period_end > all_figures.period_end
        )
    qualify row_number() over (
            partition by places.la, places.indicator_id, places.period_end order by all_figures.period_end desc nulls last
        ) = 1
),

final as (
    select
        places.la,
        places.indicator_id,
        places.period_end,
        places.basis,
        {{ shown_unless(is_hidden(), 'figures.published_value') }} as value,
        {{ shown_unless(is_hidden(), 'figures.numerator') }} as numerator,
        {{ shown_unless(is_hidden(), 'figures.denominator') }} as denominator,
        case when {{ is_hidden() }} then 'suppressed' else coalesce(figures.status, 'not_available') end as status,
        case when figures.indicator_id is null then 'no extract of this month' else figures.note end as note
    from places
    left join figures
        on places.la = figures.la
        and places.indicator_id = figures.indicator_id
        and places.period_end = figures.place_end
    {{ left_join_hidden('figures') }}
)

select * from final
{%- endmacro %}

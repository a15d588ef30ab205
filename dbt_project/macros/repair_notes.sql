{# What the scorecard says about a figure that repairs moved, one text an indicator. Takes the name of a CTE with
   la, indicator_id, place (month or ytd), unit, value_as_recorded (empty where it is hidden), issue_ids, one row a
   figure that moved. #}
{% macro repair_notes_from(moved_figures) -%}
repair_sentences as (
    select
        la,
        indicator_id,
        concat_ws(
            '; ',
            max(case when place = 'month' then {{ figure_text('value_as_recorded', 'unit') }} || ' as recorded' end),
            max(
                case when place = 'ytd'
                        then 'year to date ' || {{ figure_text('value_as_recorded', 'unit') }} || ' as recorded'
                end
            ),
            'recording faults were repaired' || coalesce(' (' || replace(issue_ids, ';', ', ') || ')', '')
        ) as sentence
    from {{ moved_figures }}
    group by la, indicator_id, issue_ids
),

repair_notes as (
    select la, indicator_id, {{ joined_text('sentence', '; ', 'sentence') }} as note
    from repair_sentences
    group by la, indicator_id
)
{%- endmacro %}

{# A published figure as it is written (C18); empty where there is none. #}
{% macro figure_text(value, unit) -%}
    {% set whole = 'cast(cast(' ~ value ~ ' as bigint) as ' ~ dbt.type_string() ~ ')' -%}
    {% set one_decimal = 'cast(cast(' ~ value ~ ' as decimal(18, 1)) as ' ~ dbt.type_string() ~ ')' -%}
    (case
        when {{ unit }} = 'count' and {{ value }} = floor({{ value }}) then {{ whole }}
        when {{ unit }} = 'percent' then {{ one_decimal }} || '%'
        else {{ one_decimal }}
    end)
{%- endmacro %}

{# How words of an extract are compared with the words of a reference table. #}

{# A word without regard to case and surrounding space. #}
{% macro word(text) -%}
    lower(trim({{ text }}))
{%- endmacro %}

{% macro is_yes(text) -%}
    coalesce({{ word(text) }} in ('y', 'yes', 'true', '1', 't'), false)
{%- endmacro %}

{% macro is_no(text) -%}
    coalesce({{ word(text) }} in ('n', 'no', 'false', '0', 'f'), false)
{%- endmacro %}

{# Row ids in the order people read them: E9 before E10. Two sort keys, for `order by`. #}
{% macro by_row_id(id) -%}
    length({{ id }}) nulls first, {{ id }} nulls first
{%- endmacro %}

{% macro sql_list(codes) -%}
    ('{{ codes | join("', '") }}')
{%- endmacro %}

{# How a row without an id of its own is named: its file and row. #}
{% macro file_and_row() -%}
    concat(source_file, ':', cast(source_row as {{ dbt.type_string() }}))
{%- endmacro %}

{# C18: one decimal, half up. The tiny addend undoes the error of binary fractions, as in 6.05. #}
{% macro round_half_up(value) -%}
    (floor({{ value }} * 10 + 0.5 + 0.000000001) / 10)
{%- endmacro %}

{# The sum of hours or years without the error of binary fractions: 0.8 and 0.4 are 1.2. #}
{% macro exact_sum(amount) -%}
    round(sum({{ amount }}), 9)
{%- endmacro %}

{# Texts of a group in one, in order. #}
{% macro joined_text(text, separator, order) -%}
    {{ return(adapter.dispatch('joined_text')(text, separator, order)) }}
{%- endmacro %}

{% macro default__joined_text(text, separator, order) -%}
    string_agg({{ text }}, '{{ separator }}' order by {{ order }})
{%- endmacro %}

{% macro spark__joined_text(text, separator, order) -%}
    listagg({{ text }}, '{{ separator }}') within group (order by {{ order }})
{%- endmacro %}

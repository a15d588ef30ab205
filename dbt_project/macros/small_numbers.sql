{# Figures that rest on 1 to 5 children stay within the team; 0 is a true zero and may be shown. #}
{% macro is_small(numerator) -%}
    coalesce({{ numerator }} between 1 and 5, false)
{%- endmacro %}

{% macro shown_unless_small(value, numerator) -%}
    case when not {{ is_small(numerator) }} then {{ value }} end
{%- endmacro %}

{% macro status_unless_small(status, numerator) -%}
    case when {{ is_small(numerator) }} then 'suppressed' else {{ status }} end
{%- endmacro %}

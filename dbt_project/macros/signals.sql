{# Statistical signals (docs/decisions/0008): how many months limits need, and how many they are worked out from. #}
{% macro least_months_to_test() -%} 13 {%- endmacro %}
{% macro months_behind_limits() -%} 24 {%- endmacro %}

{# Fewer than this in a month, and chance does not spread evenly round the mean. #}
{% macro few() -%} 6 {%- endmacro %}

{# 1 above the mean, -1 below it, 0 on it; a tiny difference is an error of binary fractions. #}
{% macro side_of(value, level) -%}
    case when {{ value }} > {{ level }} + 0.000001 then 1 when {{ value }} < {{ level }} - 0.000001 then -1 else 0 end
{%- endmacro %}

{# Does a month of a p-chart have enough to be tested: five expected to meet it, and five not to? #}
{% macro is_enough(chart, denominator, centre) -%}
    ({{ chart }} <> 'p' or least({{ denominator }} * {{ centre }}, {{ denominator }} * (100 - {{ centre }})) >= 500)
{%- endmacro %}

{# The arithmetic of every figure, once: from what is on top and what it is measured against. The percentage of nobody
   is empty, never 0 or 100 (C18, A8). #}
{% macro figure_value(kind, top, base) -%}
    case
        when {{ kind }} in ('count', 'people', 'sum') then {{ top }}
        when {{ kind }} in ('percentage', 'share') then 100.0 * {{ top }} / nullif({{ base }}, 0)
        when {{ kind }} in ('mean', 'ratio') then {{ top }} / nullif({{ base }}, 0)
        when {{ kind }} in ('rate_per_10000', 'rate_per_10000_mid_year') then 10000.0 * {{ top }} / nullif({{ base }}, 0)
    end
{%- endmacro %}

{# What stands on top of a figure of a kind, from the sums over its rows. #}
{% macro figure_top(kind, numerator, amount) -%}
    case when {{ kind }} in ('sum', 'mean', 'ratio') then {{ amount }} else {{ numerator }} end
{%- endmacro %}

{# What a figure of a kind is measured against, where that is counted from its rows too. #}
{% macro figure_base(kind, members, numerator, base_amount) -%}
    case {{ kind }}
        when 'percentage' then {{ members }}
        when 'share' then {{ members }}
        when 'mean' then {{ numerator }}
        when 'ratio' then {{ base_amount }}
    end
{%- endmacro %}

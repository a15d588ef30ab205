-- Grain: one row per indicator and basis it is given on.
{% for indicator in indicator_catalogue() -%}
    {% set last_indicator = loop.last -%}
    {% for basis in indicator.bases -%}
        select '{{ indicator.indicator_id }}' as indicator_id, '{{ basis }}' as basis
        {% if not (loop.last and last_indicator) %}union all{% endif %}
    {% endfor %}
{%- endfor %}

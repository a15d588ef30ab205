-- Grain: one row per indicator and category of a closed set: listed also where nobody is in it (A6).
with

final as (
    {% for indicator in indicator_catalogue() | selectattr('closed_set') -%}
        {% set last_indicator = loop.last -%}
        {% for category in indicator.closed_set -%}
            select
                '{{ indicator.indicator_id }}' as indicator_id,
                '{{ indicator.breakdown }}={{ category }}' as breakdown
            {% if not (loop.last and last_indicator) %}union all{% endif %}
        {% endfor %}
    {%- else -%}
        select {{ text_or_null(none) }} as indicator_id, {{ text_or_null(none) }} as breakdown where 1 = 0
    {%- endfor %}
)

select * from final

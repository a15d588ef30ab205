-- Grain: one row per indicator and category of a closed set: listed also where nobody is in it (A6).
with

final as (
    {% for indicator in indicator_catalogue() | selectattr('closed_set') -%}
        {% set last_indicator = loop.last -%}
        {% for category in indicator.closed_set -%}
            select
                '{{ indicator.indicator_id }}' as indicator_id,
                '{{ indicator.breakdown }}={{ category }}' as breakdown,
                cast({{ loop.index }} as int) as category_order
            {% if not (loop.last and last_indicator) %}union all{% endif %}
        {% endfor %}
    {%- else -%}
        select {{ text_or_null(none) }} as indicator_id, {{ text_or_null(none) }} as breakdown,
            cast(null as int) as category_order
        where 1 = 0
    {%- endfor %}
)

select * from final

-- Grain: one row per indicator, kind of extract and table it cannot be computed without.
-- An indicator that SSDA903 files cannot answer needs the table `not in SSDA903` there.
{% for indicator in indicator_catalogue() -%}
    {% set last_indicator = loop.last -%}
    {% for route, tables in [('ssd', indicator.needs), ('ssda903', indicator.needs_903 or ['not in SSDA903'])] -%}
        {% set last_route = loop.last -%}
        {% for table in tables -%}
            select '{{ indicator.indicator_id }}' as indicator_id, '{{ route }}' as route, '{{ table }}' as table_name
            {% if not (loop.last and last_route and last_indicator) %}union all{% endif %}
        {% endfor %}
    {%- endfor %}
{%- endfor %}

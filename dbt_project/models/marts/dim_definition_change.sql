-- Grain: one row per indicator and version of its definition after the first: what changed, and from which pack.
select
    {{ text_or_null(none) }} as indicator_id,
    cast(null as int) as definition_version,
    {{ text_or_null(none) }} as from_month,
    {{ text_or_null(none) }} as note
where 1 = 0
{% for indicator in indicator_catalogue() -%}
    {% for change in changes_of_definition(indicator) -%}
        union all
        select
            '{{ indicator.indicator_id }}' as indicator_id,
            cast({{ loop.index + 1 }} as int) as definition_version,
            {{ text_or_null(change.from_month) }} as from_month,
            {{ text_or_null(change.note) }} as note
    {% endfor -%}
{% endfor %}

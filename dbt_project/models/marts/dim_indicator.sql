-- Grain: one row per indicator: the catalogue, read from the YAML beside each indicator model.
{% for indicator in indicator_catalogue() -%}
    select
        '{{ indicator.indicator_id }}' as indicator_id,
        {{ text_or_null(indicator.ref_2015) }} as ref_2015,
        {{ text_or_null(indicator.ref_2019) }} as ref_2019,
        {{ text_or_null(indicator.ref_2022_23) }} as ref_2022_23,
        {{ text_or_null(indicator.title) }} as title,
        {{ text_or_null(indicator.section) }} as section,
        {{ text_or_null(indicator.theme) }} as theme,
        {{ text_or_null(dict(themes())[indicator.theme]) }} as theme_title,
        cast({{ (themes() | map(attribute=0) | list).index(indicator.theme) + 1 }} as int) as theme_order,
        cast({{ indicator.position }} as int) as position,
        {{ text_or_null(indicator.kind) }} as kind,
        {{ text_or_null(indicator.unit) }} as unit,
        {{ text_or_null(indicator.good_is) }} as good_is,
        {{ text_or_null(indicator.timeline) }} as timeline,
        {{ text_or_null(indicator.headline_basis) }} as headline_basis,
        {{ text_or_null(indicator.year_to_date_basis) }} as year_to_date_basis,
        {{ text_or_null(indicator.last_year_basis or indicator.year_to_date_basis or indicator.headline_basis) }}
            as last_year_basis,
        {{ text_or_null(indicator.breakdown) }} as breakdown,
        {{ text_or_null(indicator.further_breakdown) }} as further_breakdown,
        cast({{ indicator.minimum_events }} as int) as minimum_events,
        {{ 'true' if indicator.kept_only_as_of_now else 'false' }} as is_kept_only_as_of_now,
        {{ text_or_null(indicator.kept_only_as_of_now_without) }} as kept_only_as_of_now_without,
        cast({{ indicator.headline_order or 'null' }} as int) as headline_order,
        {{ text_or_null(indicator.owner) }} as owner,
        {{ text_or_null(indicator.needs | join(', ')) }} as source_tables,
        {{ text_or_null(indicator.definition) }} as definition,
        {{ text_or_null(indicator.over_whom) }} as over_whom,
        {{ text_or_null(indicator.why) }} as why,
        {{ text_or_null(indicator.authority) }} as authority,
        {{ text_or_null(indicator.caveat) }} as caveat,
        cast({{ 1 + changes_of_definition(indicator) | length }} as int) as definition_version
    {% if not loop.last %}union all{% endif %}
{% endfor %}

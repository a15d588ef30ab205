{# The catalogue is the `meta.indicator` block of every indicator model's YAML; a missing key stops the build. #}
{% macro indicator_catalogue() -%}
    {% set catalogue = [] -%}
    {% if execute -%}
        {% for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='name') -%}
            {% if node.name.startswith('ind_') -%}
                {% set entry = node.config.get('meta', {}).get('indicator') -%}
                {% if not entry -%}
                    {{ exceptions.raise_compiler_error(node.name ~ ': its YAML has no meta.indicator') }}
                {%- endif %}
                {% set indicator = {
                    'indicator_id': node.name[4:],
                    'definition': node.description,
                    'ref_2015': none, 'ref_2019': none, 'ref_2022_23': none, 'breakdown': none,
                    'year_to_date_basis': none, 'kept_only_as_of_now': false, 'headline_order': none,
                    'needs_903': none, 'caveat': none, 'timeline': 'monthly', 'last_year_basis': none,
                    'further_breakdown': none, 'closed_set': [], 'minimum_events': 1, 'over_whom': none,
                    'kept_only_as_of_now_without': none,
                } -%}
                {% for key in entry -%}
                    {% do indicator.update({key: entry[key]}) -%}
                {%- endfor %}
                {% for key in [
                    'title', 'section', 'theme', 'position', 'kind', 'unit', 'good_is', 'bases', 'headline_basis', 'owner',
                    'needs', 'why', 'authority', 'version',
                ] -%}
                    {% if key not in indicator -%}
                        {{ exceptions.raise_compiler_error(node.name ~ ': meta.indicator has no ' ~ key) }}
                    {%- endif %}
                {%- endfor %}
                {% do catalogue.append(indicator) -%}
            {%- endif %}
        {%- endfor %}
    {%- endif %}
    {{ return(catalogue) }}
{%- endmacro %}

{# The pages of the pack, in the order they always stand: the theme of a catalogue entry and its title. #}
{% macro themes() -%}
    {{ return([
        ('looked-after-children', 'Looked after children'),
        ('reviews-plans-visits', 'Reviews, plans and visits'),
        ('placements', 'Placements'),
        ('health', 'Health and wellbeing'),
        ('education', 'Education'),
        ('care-leavers', 'Care leavers'),
        ('fostering', 'Fostering'),
        ('adoption', 'Adoption'),
        ('caseloads', 'Caseloads'),
    ]) }}
{%- endmacro %}

{# Which further columns an indicator model has, by its kind (CONTRIBUTING, "Add an indicator"). #}
{% macro further_columns(indicator) -%}
    {{ 'further_category' if indicator.further_breakdown else text_or_null(none) }} as further_category,
    {{ 'amount' if indicator.kind in ('sum', 'mean', 'ratio') else 'cast(null as double)' }} as amount,
    {{ 'base_amount' if indicator.kind == 'ratio' else 'cast(null as double)' }} as base_amount
{%- endmacro %}

{% macro text_or_null(text) -%}
    {% if text is none -%}
        cast(null as {{ dbt.type_string() }})
    {%- else -%}
        cast('{{ (text | string).replace("'", "''").replace("\n", " ") | trim }}' as {{ dbt.type_string() }})
    {%- endif %}
{%- endmacro %}

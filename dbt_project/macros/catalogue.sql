{# The catalogue is the `meta.indicator` block of every indicator model's YAML; a missing key stops the build. #}
{% macro indicator_catalogue() -%}
    {% set catalogue = [] -%}
    {% if execute -%}
        {{ told_of_each_version('spine_version in dbt_project.yml', var('spine_version'), var('shared_changes')) }}
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
                    'kept_only_as_of_now_without': none, 'changes': [],
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
                {{ told_of_each_version(node.name, indicator.version, indicator.changes) }}
                {% do catalogue.append(indicator) -%}
            {%- endif %}
        {%- endfor %}
    {%- endif %}
    {{ return(catalogue) }}
{%- endmacro %}

{# A version after the first without a note of what changed stops the build. #}
{% macro told_of_each_version(name, version, changes) -%}
    {% if changes | map(attribute='version') | list != range(2, version + 1) | list -%}
        {{ exceptions.raise_compiler_error(
            name ~ ': give each version after the first its line under changes: version, from_month, note'
        ) }}
    {%- endif %}
{%- endmacro %}

{# What changed in a definition since its first version, its own rule and the rules it shares, in the order of the packs
   that used it first; of one month its own goes first. The version of its figures counts them all. #}
{% macro changes_of_definition(indicator) -%}
    {% set changes = indicator.changes | list -%}
    {% for change in var('shared_changes') if change.is_counted is not false -%}
        {% if change.indicators == 'all' or indicator.indicator_id in change.indicators -%}
            {% do changes.append(change) -%}
        {%- endif %}
    {%- endfor %}
    {{ return(changes | sort(attribute='from_month') | list) }}
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

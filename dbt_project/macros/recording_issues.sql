{# What the models of recording issues share: names of source columns, ids of repairs, the catalogue. #}

{# Where a field of an episode stands in the two kinds of extract: (case system, SSDA903). #}
{% macro episode_fields() -%}
    {{ return({
        'start_date': ('clae_cla_episode_start_date', 'decom'),
        'end_date': ('clae_cla_episode_ceased_date', 'dec'),
        'start_reason': ('clae_cla_episode_start_reason', 'rne'),
        'end_reason': ('clae_cla_episode_ceased_reason', 'rec'),
        'cla_id': ('clae_cla_id', 'child'),
        'entered_care_date': ('clae_entered_care_date', 'decom'),
        'placement_type': ('clap_cla_placement_type', 'place'),
        'provider': ('clap_cla_placement_provider', 'place_provider'),
        'urn': ('clap_cla_placement_urn', 'urn'),
        'postcode': ('clap_cla_placement_postcode', 'pl_post'),
        'change_reason': ('clap_cla_placement_change_reason', 'reason_place_change'),
        'placement_start_date': ('clap_cla_placement_start_date', 'decom'),
        'placement_end_date': ('clap_cla_placement_end_date', 'dec'),
    }) }}
{%- endmacro %}

{# The source column of a field of int_recorded_episodes; `episodes` is the alias of the row, with a dot. #}
{% macro episode_column(field, episodes='') -%}
    case {{ episodes }}source_table when 'ssda903_episodes' then '{{ episode_fields()[field][1] }}'
        else '{{ episode_fields()[field][0] }}' end
{%- endmacro %}

{# What is recorded of the placement stands on a row of its own in the case system, on the episode in the return. #}
{% macro placement_table(episodes='') -%}
    case {{ episodes }}source_table when 'ssda903_episodes' then 'ssda903_episodes' else 'ssd_cla_placement' end
{%- endmacro %}

{% macro placement_row(episodes='') -%}
    case {{ episodes }}source_table when 'ssda903_episodes' then {{ episodes }}episode_id
        else {{ episodes }}placement_id end
{%- endmacro %}

{# The same repair of the same row has the same id in every run. #}
{% macro repair_id(issue_id, columns) -%}
    concat('{{ issue_id }}-', substring(md5(concat_ws('|', {% for column in columns -%}
        coalesce(cast({{ column }} as {{ dbt.type_string() }}), ''){{ ', ' if not loop.last }}
    {%- endfor %})), 1, 10))
{%- endmacro %}

{# The findings of a rule, each with its repair where there is one. Takes the CTEs `findings`, with the columns of a
   finding up to its evidence, and `repairs`, the rows of int_repairs of the issue. #}
{% macro findings_with_repairs() -%}
    select
        findings.la,
        findings.snapshot_month,
        findings.person_id,
        findings.table_name,
        findings.row_id,
        findings.column_name,
        findings.bad_value,
        findings.detail,
        findings.evidence,
        repairs.new_value as repaired_value,
        repairs.repair_id
    from findings
    left join repairs
        on findings.la = repairs.la
        and findings.snapshot_month = repairs.snapshot_month
        and findings.person_id = repairs.person_id
        and findings.table_name = repairs.table_name
        and findings.row_id = repairs.row_id
        and findings.column_name = repairs.column_name
{%- endmacro %}

{% macro date_text(day) -%}
    cast({{ day }} as {{ dbt.type_string() }})
{%- endmacro %}

{# The catalogue of recording issues is the `meta.recording_issue` block of every dq_ model's YAML. #}
{% macro recording_issue_catalogue() -%}
    {% set catalogue = [] -%}
    {% if execute -%}
        {% for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='name') -%}
            {% if node.name.startswith('dq_') -%}
                {% set entry = node.config.get('meta', {}).get('recording_issue') -%}
                {% if not entry -%}
                    {{ exceptions.raise_compiler_error(node.name ~ ': its YAML has no meta.recording_issue') }}
                {%- endif %}
                {% for key in [
                    'id', 'title', 'severity', 'owner', 'affects', 'found', 'effect', 'repaired', 'not_done', 'to_do',
                    'version',
                ] -%}
                    {% if key not in entry -%}
                        {{ exceptions.raise_compiler_error(node.name ~ ': meta.recording_issue has no ' ~ key) }}
                    {%- endif %}
                {%- endfor %}
                {% do catalogue.append(dict(
                    {'is_told_once': false}, **dict(entry, model=node.name, description=node.description)
                )) -%}
            {%- endif %}
        {%- endfor %}
    {%- endif %}
    {{ return(catalogue) }}
{%- endmacro %}

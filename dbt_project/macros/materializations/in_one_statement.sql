{# Tables and views, each made by one statement under its own name. Every build starts in a new database, so there is
   nothing to keep until the new one stands: dbt's own way, with a second name, a transaction and look-ups in the
   catalogue, takes a fifth more of a build's time. A relation that is there all the same is dropped first. #}
{% materialization table, adapter='duckdb' -%}
    {{ return(in_one_statement('table', pre_hooks + post_hooks)) }}
{%- endmaterialization %}

{% materialization view, adapter='duckdb' -%}
    {{ return(in_one_statement('view', pre_hooks + post_hooks)) }}
{%- endmaterialization %}

{% macro in_one_statement(kind, hooks) -%}
    {% if hooks or config.get('grants') or config.get('indexes') or config.persist_relation_docs() -%}
        {{ exceptions.raise_compiler_error(
            'hooks, grants, indexes and persist_docs are not looked at here: see macros/materializations'
        ) }}
    {%- endif %}
    {% set earlier = load_cached_relation(this) -%}
    {% if earlier is not none -%}
        {% do adapter.drop_relation(earlier) -%}
    {%- endif %}
    {% set relation = this.incorporate(type=kind) -%}
    {% call statement('main', auto_begin=false) -%}
        {% if kind == 'table' -%}
            {{ get_create_table_as_sql(false, relation, sql) }}
        {%- else -%}
            {{ get_create_view_as_sql(relation, sql) }}
        {%- endif %}
    {%- endcall %}
    {{ return({'relations': [relation]}) }}
{%- endmacro %}

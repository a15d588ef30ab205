{# A layer's models live in the schema of that name; marts and reports in the main one. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}

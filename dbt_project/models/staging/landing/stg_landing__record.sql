-- Grain: one row per row of a table whose rows are events or facts about one child or household, in each selected
-- snapshot. Every table has its own names for the same things; here they get one.
with

renamed as (
    {% for table in recorded_tables() -%}
        select
            la,
            snapshot_month,
            {{ record_columns(table) }}
        from {{ source('lake', table.name) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from renamed

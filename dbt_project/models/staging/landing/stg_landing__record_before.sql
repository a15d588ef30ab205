-- Grain: one row per row of such a table in the extract that came before a selected snapshot: that of the landed month
-- before, and where the same month was delivered again, the delivery before.
with

renamed as (
    {% for table in recorded_tables() -%}
        select
            la,
            snapshot_month,
            previous_snapshot_month,
            {{ record_columns(table) }}
        from {{ source('lake', 'before_' ~ table.name) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from renamed

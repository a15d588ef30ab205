-- Grain: one row per record that stands so in one extract alone: in a snapshot and not in the extract before it, or the
-- other way round. What both say alike has not changed.
{% set models = [('stg_landing__record', true), ('stg_landing__record_before', false)] -%}
{% set saying = fingerprint([
    'compared_tables.la', 'compared_tables.snapshot_month', 'compared_tables.previous_snapshot_month',
    'compared_tables.table_name', 'records.row_id', 'records.row_hash', 'records.end_hash',
]) -%}
with

compared_tables as (
    select * from {{ ref('int_compared_tables') }}
),

-- Here the records are not a step of their own but read twice: kept, those of fifteen months would take a gigabyte.
said_once as (
    select saying
    from (
        {% for model, is_now in models -%}
            select {{ saying }} as saying, {{ is_now }} as is_now
            from
                (
                    select * from {{ ref(model) }}
                    where {{ has_happened() }}
                ) as records
            inner join compared_tables
                on records.la = compared_tables.la
                and records.snapshot_month = compared_tables.snapshot_month
                and records.table_name = compared_tables.table_name
                {{ 'and records.previous_snapshot_month = compared_tables.previous_snapshot_month' if not is_now }}
            {% if not loop.last %}union all{% endif %}
        {% endfor %}
    ) as sayings
    group by saying
    having bool_or(is_now) <> bool_or(not is_now)
),

lone_records as (
    {% for model, is_now in models -%}
        select
            compared_tables.*,
            {{ is_now }} as is_now,
            records.row_id,
            records.person_id,
            records.household_id,
            records.cla_id,
            records.event_date,
            records.end_date,
            records.row_hash,
            records.end_hash
        from
            (
                select * from {{ ref(model) }}
                where {{ has_happened() }}
            ) as records
        inner join compared_tables
            on records.la = compared_tables.la
            and records.snapshot_month = compared_tables.snapshot_month
            and records.table_name = compared_tables.table_name
            {{ 'and records.previous_snapshot_month = compared_tables.previous_snapshot_month' if not is_now }}
        where {{ saying }} in (select said_once.saying from said_once)
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Of several rows with one id the first.
final as (
    select * from lone_records
    qualify row_number() over (
            partition by la, snapshot_month, previous_snapshot_month, table_name, is_now, row_id
            order by row_hash nulls last, end_hash nulls last
        ) = 1
)

select * from final

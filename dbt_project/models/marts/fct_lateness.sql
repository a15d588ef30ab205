-- Grain: one row per snapshot, table and team: how long after the event its new records were first in an extract, by
-- its latest computation. The team is empty for all teams together.
with

united as (
    {% for model in ['stg_landing__archive_lateness', 'fct_computed_lateness'] -%}
        select la, snapshot_month, computation, table_name, team, records, records_late, median_days, ninth_decile_days
        from {{ ref(model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

latest as (
    select la, snapshot_month, max(computation) as computation
    from united
    group by la, snapshot_month
),

final as (
    select
        united.la,
        united.snapshot_month,
        united.computation,
        united.table_name,
        {{ table_title('united.table_name') }} as table_title,
        united.team,
        united.records,
        united.records_late,
        united.median_days,
        united.ninth_decile_days
    from united
    inner join latest
        on united.la = latest.la
        and united.snapshot_month = latest.snapshot_month
        and united.computation = latest.computation
)

select * from final

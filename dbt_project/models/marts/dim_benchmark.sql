-- Grain: one row per council and indicator: what other councils reach, by comparator, from the latest edition held.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

benchmarks as (
    select * from {{ ref('stg_reference__benchmark') }}
),

latest_benchmarks as (
    select benchmarks.*
    from publications
    inner join benchmarks
        on publications.la = benchmarks.la
        and publications.month = benchmarks.snapshot_month
    qualify row_number() over (
            partition by benchmarks.la, benchmarks.indicator_id, benchmarks.comparator
            order by benchmarks.period desc nulls last, benchmarks.value nulls last
        ) = 1
),

final as (
    select
        la,
        indicator_id,
        {% for comparator in
            ['stat_neighbour_average', 'best_stat_neighbour', 'national_average', 'top_quartile', 'region'] -%}
            max(case when comparator = '{{ comparator }}' then value end) as {{ comparator }},
        {% endfor -%}
        max(period) as benchmark_period
    from latest_benchmarks
    group by la, indicator_id
)

select * from final

-- Grain: one row per council and indicator: what other councils reach, by comparator, all of the latest period held.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

benchmarks as (
    select * from {{ ref('stg_reference__benchmark') }}
),

-- Figures of two periods are not put under one date: an older comparator is left out, not carried on.
latest_benchmarks as (
    select benchmarks.*
    from publications
    inner join benchmarks
        on publications.la = benchmarks.la
        and publications.snapshot_month = benchmarks.snapshot_month
    where benchmarks.value is not null
    qualify rank() over (
            partition by benchmarks.la, benchmarks.indicator_id order by benchmarks.period desc nulls last
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

-- Grain: one row per month end with the population aged 0 to 17 that its rates rest on: of the estimates
-- published by then, the one for the latest mid-year (lac_rate_10k, B17).
with

periods as (
    select * from {{ ref('int_periods') }}
),

estimates as (
    select * from {{ ref('stg_reference__population') }}
),

final as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        estimates.estimate_date,
        estimates.population_0_17
    from periods
    inner join estimates
        on periods.la = estimates.la
        and periods.snapshot_month = estimates.snapshot_month
        and periods.la = estimates.council
        and periods.period_end >= estimates.published_on
    qualify row_number() over (
            partition by periods.la, periods.snapshot_month, periods.period_end
            order by estimates.estimate_date desc nulls last, estimates.published_on desc nulls last
        ) = 1
)

select * from final

-- Grain: one row per day that figures are given for, with the populations aged 0 to 17 that its rates rest on:
-- of the estimates published by then the one for the latest mid-year (lac_rate_10k, B17), and of all estimates
-- held, whenever published, the one for the latest mid-year (lac_rate_10k_dfe, for comparison with other councils).
with

periods as (
    select * from {{ ref('int_periods') }}
),

estimates as (
    select * from {{ ref('stg_reference__population') }}
    where la = council
),

past_estimates as (
    select
        periods.la,
        periods.snapshot_month,
        periods.period_end,
        estimates.estimate_date,
        estimates.published_on,
        estimates.published_on <= periods.period_end as is_published,
        estimates.population_0_17
    from periods
    inner join estimates
        on periods.la = estimates.la
        and periods.snapshot_month = estimates.snapshot_month
        and (periods.period_end >= estimates.published_on or periods.period_end >= estimates.estimate_date)
),

ranked_estimates as (
    select
        *,
        row_number() over (
            partition by la, snapshot_month, period_end, is_published
            order by estimate_date desc nulls last, published_on desc nulls last
        ) as rank_among_published,
        row_number() over (
            partition by la, snapshot_month, period_end
            order by
                case when estimate_date <= period_end then 1 else 2 end nulls last,
                estimate_date desc nulls last, published_on desc nulls last
        ) as rank_among_all
    from past_estimates
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        max(case when is_published and rank_among_published = 1 then estimate_date end) as estimate_date,
        max(case when is_published and rank_among_published = 1 then population_0_17 end) as population_0_17,
        max(case
            when rank_among_all = 1 and estimate_date <= period_end then population_0_17
        end) as mid_year_population_0_17
    from ranked_estimates
    group by la, snapshot_month, period_end
)

select * from final

-- Grain: one row per figure that this run computes: council, snapshot, indicator, month end, basis and breakdown.
-- All arithmetic stands here, once. Figures stay exact; rounding comes with the reports.
with

availability as (
    select * from {{ ref('fct_indicator_availability') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

cohort as (
    select * from {{ ref('fct_computed_cohort') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where is_pending
),

populations as (
    select * from {{ ref('int_population') }}
),

whole_counts as (
    select
        la, snapshot_month, indicator_id, period_end, basis,
        count(*) as members,
        sum(case when in_numerator then 1 else 0 end) as numerator
    from cohort
    group by la, snapshot_month, indicator_id, period_end, basis
),

-- Every available figure has its row, so that "nothing happened" is a zero, not a gap.
whole_figures as (
    select
        availability.la,
        availability.snapshot_month,
        availability.indicator_id,
        availability.period_end,
        availability.basis,
        '' as breakdown,
        availability.is_backfilled,
        availability.reason_not_available,
        case when availability.reason_not_available is null then coalesce(whole_counts.members, 0) end as members,
        case when availability.reason_not_available is null then coalesce(whole_counts.numerator, 0) end as numerator
    from availability
    left join whole_counts
        on availability.la = whole_counts.la
        and availability.snapshot_month = whole_counts.snapshot_month
        and availability.indicator_id = whole_counts.indicator_id
        and availability.period_end = whole_counts.period_end
        and availability.basis = whole_counts.basis
),

part_figures as (
    select
        cohort.la,
        cohort.snapshot_month,
        cohort.indicator_id,
        cohort.period_end,
        cohort.basis,
        concat(indicators.breakdown, '=', cohort.category) as breakdown,
        bool_or(availability.is_backfilled) as is_backfilled,
        cast(null as {{ dbt.type_string() }}) as reason_not_available,
        count(*) as members,
        sum(case when cohort.in_numerator then 1 else 0 end) as numerator
    from cohort
    inner join indicators
        on cohort.indicator_id = indicators.indicator_id
        and indicators.breakdown is not null
    inner join availability
        on cohort.la = availability.la
        and cohort.snapshot_month = availability.snapshot_month
        and cohort.indicator_id = availability.indicator_id
        and cohort.period_end = availability.period_end
        and cohort.basis = availability.basis
    group by
        cohort.la, cohort.snapshot_month, cohort.indicator_id, cohort.period_end, cohort.basis,
        concat(indicators.breakdown, '=', cohort.category)
),

figures as (
    select * from whole_figures
    union all
    select * from part_figures
),

figures_with_base as (
    select
        figures.*,
        snapshots.computation,
        indicators.kind,
        indicators.unit,
        indicators.definition_version,
        cast(case indicators.kind
            when 'percentage' then figures.members
            when 'rate_per_10000' then populations.population_0_17
        end as double) as base
    from figures
    inner join indicators on figures.indicator_id = indicators.indicator_id
    inner join snapshots
        on figures.la = snapshots.la
        and figures.snapshot_month = snapshots.snapshot_month
    left join populations
        on figures.la = populations.la
        and figures.snapshot_month = populations.snapshot_month
        and figures.period_end = populations.period_end
),

-- C18, A8: the percentage of nobody is empty, never 0 or 100.
final as (
    select
        la,
        snapshot_month,
        computation,
        indicator_id,
        period_end,
        basis,
        breakdown,
        cast(case kind
            when 'count' then numerator
            when 'percentage' then 100.0 * numerator / nullif(base, 0)
            when 'rate_per_10000' then 10000.0 * numerator / nullif(base, 0)
        end as double) as value,
        cast(numerator as double) as numerator,
        case when reason_not_available is null then base end as denominator,
        unit,
        case when reason_not_available is null then 'ok' else 'not_available' end as status,
        case
            when reason_not_available is not null then reason_not_available
            when kind = 'percentage' and base = 0
                then concat('nobody to count', case when is_backfilled then '; backfilled' else '' end)
            when is_backfilled then 'backfilled'
        end as note,
        is_backfilled,
        definition_version
    from figures_with_base
)

select * from final

-- Grain: one row per figure that this run computes: council, snapshot, indicator, month end, basis and breakdown.
-- Figures stay exact; rounding comes with the reports.
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

categories as (
    select * from {{ ref('dim_indicator_category') }}
),

whole_counts as (
    select
        la, snapshot_month, indicator_id, period_end, basis,
        count(*) as members,
        sum(case when in_numerator then 1 else 0 end) as numerator,
        {{ exact_sum('case when in_numerator then amount end') }} as amount,
        {{ exact_sum('base_amount') }} as base_amount
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
        case when availability.reason_not_available is null then coalesce(whole_counts.numerator, 0) end as numerator,
        case when availability.reason_not_available is null then coalesce(whole_counts.amount, 0) end as amount,
        case when availability.reason_not_available is null then coalesce(whole_counts.base_amount, 0) end
            as base_amount
    from availability
    left join whole_counts
        on availability.la = whole_counts.la
        and availability.snapshot_month = whole_counts.snapshot_month
        and availability.indicator_id = whole_counts.indicator_id
        and availability.period_end = whole_counts.period_end
        and availability.basis = whole_counts.basis
),

-- A row stands in one category of each breakdown; a closed set lists its other categories besides.
cohort_categories as (
    {% for which in ['breakdown', 'further_breakdown'] -%}
        select
            cohort.la, cohort.snapshot_month, cohort.indicator_id, cohort.period_end, cohort.basis,
            concat(indicators.{{ which }}, '=', cohort.{{ 'category' if loop.first else 'further_category' }})
                as breakdown,
            1 as members,
            case when cohort.in_numerator then 1 else 0 end as numerator,
            case when cohort.in_numerator then cohort.amount end as amount,
            cohort.base_amount
        from cohort
        inner join indicators
            on cohort.indicator_id = indicators.indicator_id
            and indicators.{{ which }} is not null
        union all
    {% endfor -%}
    select
        availability.la, availability.snapshot_month, availability.indicator_id, availability.period_end,
        availability.basis, categories.breakdown,
        0 as members,
        0 as numerator,
        cast(null as double) as amount,
        cast(null as double) as base_amount
    from availability
    inner join categories on availability.indicator_id = categories.indicator_id
    where availability.reason_not_available is null
),

part_counts as (
    select
        la, snapshot_month, indicator_id, period_end, basis, breakdown,
        sum(members) as members,
        sum(numerator) as numerator,
        coalesce({{ exact_sum('amount') }}, 0) as amount,
        coalesce({{ exact_sum('base_amount') }}, 0) as base_amount
    from cohort_categories
    group by la, snapshot_month, indicator_id, period_end, basis, breakdown
),

-- The parts of a share are parts of the whole; those of a percentage have a base of their own.
part_figures as (
    select
        part_counts.la,
        part_counts.snapshot_month,
        part_counts.indicator_id,
        part_counts.period_end,
        part_counts.basis,
        part_counts.breakdown,
        whole_figures.is_backfilled,
        whole_figures.reason_not_available,
        case indicators.kind when 'share' then whole_figures.members else part_counts.members end as members,
        part_counts.numerator,
        part_counts.amount,
        part_counts.base_amount
    from part_counts
    inner join indicators on part_counts.indicator_id = indicators.indicator_id
    inner join whole_figures
        on part_counts.la = whole_figures.la
        and part_counts.snapshot_month = whole_figures.snapshot_month
        and part_counts.indicator_id = whole_figures.indicator_id
        and part_counts.period_end = whole_figures.period_end
        and part_counts.basis = whole_figures.basis
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
        coalesce(snapshots.is_as_recorded, false) as is_as_recorded,
        indicators.kind,
        indicators.unit,
        indicators.definition_version,
        cast({{ figure_top('indicators.kind', 'figures.numerator', 'figures.amount') }} as double) as top,
        cast(case indicators.kind
            when 'rate_per_10000' then populations.population_0_17
            when 'rate_per_10000_mid_year' then populations.mid_year_population_0_17
            else {{ figure_base('indicators.kind', 'figures.members', 'figures.numerator', 'figures.base_amount') }}
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
        is_as_recorded,
        indicator_id,
        period_end,
        basis,
        breakdown,
        {{ figure_value('kind', 'top', 'base') }} as value,
        top as numerator,
        case when reason_not_available is null then base end as denominator,
        unit,
        case when reason_not_available is null then 'ok' else 'not_available' end as status,
        case
            when reason_not_available is not null then reason_not_available
            when base = 0 and top <> 0
                then concat('nothing to divide by', case when is_backfilled then '; backfilled' else '' end)
            when base = 0
                then concat('nobody to count', case when is_backfilled then '; backfilled' else '' end)
            when is_backfilled then 'backfilled'
        end as note,
        is_backfilled,
        definition_version
    from figures_with_base
)

select * from final

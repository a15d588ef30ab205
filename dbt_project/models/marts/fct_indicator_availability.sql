-- Grain: one row per council, snapshot, month end, indicator and basis that the snapshot should give,
-- with why it cannot. A figure is never 0 because its extract is missing (contract, F4).
with

periods as (
    select * from {{ ref('int_periods') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

bases as (
    select * from {{ ref('dim_indicator_basis') }}
),

needs as (
    select * from {{ ref('dim_indicator_need') }}
),

landed_tables as (
    select * from {{ ref('int_landed_tables') }}
),

populations as (
    select * from {{ ref('int_population') }}
),

known_months as (
    select distinct la, snapshot_end from {{ ref('int_known_snapshots') }}
),

expected_figures as (
    select
        periods.*,
        indicators.indicator_id,
        indicators.kind,
        indicators.is_kept_only_as_of_now
        or (indicators.kept_only_as_of_now_without is not null and not coalesce(histories.is_landed, false))
            as is_kept_only_as_of_now,
        bases.basis,
        case bases.basis
            when 'in_month' then periods.month_start
            when 'fytd' then periods.financial_year_start
            when 'fy' then periods.financial_year_start
            when 'rolling_12m' then periods.window_start
            when 'term' then periods.term_start_date
            else periods.period_end
        end as window_start_date
    from periods
    cross join indicators
    inner join bases on indicators.indicator_id = bases.indicator_id
    left join landed_tables as histories
        on periods.la = histories.la
        and periods.snapshot_month = histories.snapshot_month
        and indicators.kept_only_as_of_now_without = histories.table_name
    where case bases.basis
            when 'fy' then periods.is_financial_year_end
            when 'term' then periods.term_start_date is not null
            else periods.is_month_end
        end
),

missing_tables as (
    select
        expected_figures.la,
        expected_figures.snapshot_month,
        expected_figures.indicator_id,
        min(case
            when needs.table_name = 'not in SSDA903' then 'the SSDA903 files do not hold this'
            else concat(needs.table_name, ': ', coalesce(landed_tables.reason, 'not in the extract'))
        end) as note
    from (select distinct la, snapshot_month, route, indicator_id from expected_figures) as expected_figures
    inner join needs
        on expected_figures.indicator_id = needs.indicator_id
        and expected_figures.route = needs.route
    left join landed_tables
        on expected_figures.la = landed_tables.la
        and expected_figures.snapshot_month = landed_tables.snapshot_month
        and needs.table_name = landed_tables.table_name
    where not coalesce(landed_tables.is_landed, false)
    group by expected_figures.la, expected_figures.snapshot_month, expected_figures.indicator_id
),

-- A3: what is kept only as of now has its earlier months from their own extracts.
final as (
    select
        expected_figures.la,
        expected_figures.snapshot_month,
        expected_figures.period_end,
        expected_figures.indicator_id,
        expected_figures.basis,
        expected_figures.window_start_date,
        expected_figures.is_backfilled,
        case
            when missing_tables.note is not null then missing_tables.note
            when expected_figures.is_kept_only_as_of_now and not expected_figures.is_own_month
                then 'kept only as of now, and no extract of this month was landed'
            when expected_figures.window_start_date < expected_figures.history_from then 'before the extract''s history'
            when expected_figures.kind = 'rate_per_10000' and populations.population_0_17 is null
                or expected_figures.kind = 'rate_per_10000_mid_year' and populations.mid_year_population_0_17 is null
                then 'no population estimate published for this council by then'
        end as reason_not_available
    from expected_figures
    left join missing_tables
        on expected_figures.la = missing_tables.la
        and expected_figures.snapshot_month = missing_tables.snapshot_month
        and expected_figures.indicator_id = missing_tables.indicator_id
    left join populations
        on expected_figures.la = populations.la
        and expected_figures.snapshot_month = populations.snapshot_month
        and expected_figures.period_end = populations.period_end
    left join known_months
        on expected_figures.la = known_months.la
        and expected_figures.period_end = known_months.snapshot_end
    where not (
            expected_figures.is_kept_only_as_of_now
            and not expected_figures.is_own_month
            and known_months.la is not null
        )
)

select * from final

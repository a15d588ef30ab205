-- Grain: one row per council, scorecard indicator and month with a figure to test, up to the published month.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

measures as (
    select * from {{ ref('dim_signal_measure') }}
    where chart <> 'none'
),

figures as (
    select * from {{ ref('fct_indicator_value') }}
    where breakdown = '' and published_value is not null
),

series_breaks as (
    select * from {{ ref('fct_series_break') }}
),

recorded_decisions as (
    select * from {{ ref('stg_reference__spc_decision') }}
),

starts as (
    select la, indicator_id, from_month, cast(null as date) as decided_on, null as decision
    from series_breaks
    union all
    select
        recorded_decisions.la,
        recorded_decisions.indicator_id,
        recorded_decisions.from_month,
        recorded_decisions.decided_on,
        concat(
            'New limits from ', recorded_decisions.from_month, ', decided by ', recorded_decisions.decided_by, ' on ',
            cast(recorded_decisions.decided_on as {{ dbt.type_string() }}), ': ', recorded_decisions.reason
        ) as decision
    from publications
    inner join recorded_decisions
        on publications.la = recorded_decisions.la
        and publications.snapshot_month = recorded_decisions.snapshot_month
        and publications.month >= recorded_decisions.from_month
),

segments as (
    select
        la,
        indicator_id,
        from_month,
        {{ joined_text('decision', '; ', 'decided_on, decision') }} as decision
    from starts
    group by la, indicator_id, from_month
),

months as (
    select
        figures.la,
        figures.indicator_id,
        figures.period_end,
        measures.basis,
        measures.is_headline,
        measures.chart,
        measures.kind,
        measures.unit,
        case when measures.chart = 'p' then figures.value else figures.published_value end as value,
        figures.numerator,
        figures.denominator,
        case when measures.kind = 'mean' then figures.denominator else figures.numerator end as met,
        case when measures.kind = 'percentage' then figures.denominator - figures.numerator end as unmet
    from publications
    inner join figures
        on publications.la = figures.la
        and publications.period_end >= figures.period_end
    inner join measures
        on figures.indicator_id = measures.indicator_id
        and figures.basis = measures.basis
),

in_segments as (
    select
        months.*,
        coalesce(segments.from_month, '') as segment,
        segments.decision
    from months
    left join segments
        on months.la = segments.la
        and months.indicator_id = segments.indicator_id
        and substring(cast(months.period_end as {{ dbt.type_string() }}), 1, 7) >= segments.from_month
    qualify row_number() over (
            partition by months.la, months.indicator_id, months.period_end order by segments.from_month desc nulls last
        ) = 1
),

-- Months that follow each other have the same stretch: their number in the calendar less their number in the series.
final as (
    select
        *,
        row_number() over (partition by la, indicator_id, segment order by period_end nulls last) as month_of_segment,
        cast(extract(year from period_end) * 12 + extract(month from period_end) as int)
        - row_number() over (partition by la, indicator_id, segment order by period_end nulls last) as stretch,
        segment <> '' and row_number() over (partition by la, indicator_id, segment order by period_end nulls last) = 1
        and row_number() over (partition by la, indicator_id order by period_end nulls last) > 1 as is_new_segment
    from in_segments
)

select * from final

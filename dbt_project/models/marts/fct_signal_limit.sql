-- Grain: one row per council, scorecard indicator and segment: what the limits of usual variation rest on, or why
-- there are none. They rest on the first 24 months with a figure (on all, while there are 13 to 23) and then stand
-- until a break or a decision begins another segment. No moving range is screened out.
{% set segment = 'la, indicator_id, segment' -%}
with

months as (
    select * from {{ ref('fct_signal_month') }}
),

moves as (
    select
        *,
        month_of_segment <= {{ months_behind_limits() }} as is_behind_limits,
        abs(value - lag(value) over (partition by {{ segment }}, stretch order by period_end nulls last))
            as moving_range
    from months
),

measured as (
    select
        la,
        indicator_id,
        segment,
        min(chart) as chart,
        min(decision) as decision,
        max(is_new_segment) as is_later_segment,
        min(period_end) as since,
        cast(count(*) as int) as months,
        round(case
            when min(chart) = 'p'
                then 100 * sum(case when is_behind_limits then numerator end)
                    / sum(case when is_behind_limits then denominator end)
            else avg(case when is_behind_limits then value end)
        end, 9) as centre,
        round(avg(case when is_behind_limits then moving_range end), 9) as mean_moving_range,
        sum(case when met < {{ few() }} then 1 else 0 end) as months_of_few_met,
        sum(case when unmet < {{ few() }} then 1 else 0 end) as months_of_few_unmet
    from moves
    group by {{ segment }}
),

-- A percentage of few says little of its month.
months_of_enough as (
    select
        months.la,
        months.indicator_id,
        months.segment,
        count(*) as months_of_enough
    from months
    inner join measured
        on months.la = measured.la
        and months.indicator_id = measured.indicator_id
        and months.segment = measured.segment
        and {{ is_enough('measured.chart', 'months.denominator', 'measured.centre') }}
    group by months.la, months.indicator_id, months.segment
),

final as (
    select
        measured.la,
        measured.indicator_id,
        measured.segment,
        measured.since,
        measured.months,
        least(measured.months, {{ months_behind_limits() }}) as months_behind_limits,
        measured.centre,
        measured.mean_moving_range,
        case
            when measured.months < {{ least_months_to_test() }}
                then concat(
                        '{{ least_months_to_test() }} months are needed and there ',
                        case when measured.months = 1 then 'is ' else 'are ' end,
                        cast(measured.months as {{ dbt.type_string() }}),
                        case when measured.is_later_segment then ' since the series started again' else '' end
                    )
            when measured.chart = 'xmr' and 2 * measured.months_of_few_met > measured.months
                then 'most months are small numbers'
            when measured.chart = 'xmr' and 2 * measured.months_of_few_unmet > measured.months
                then 'in most months fewer than six did not meet it'
            when measured.chart = 'xmr' and measured.mean_moving_range is null
                then 'no two of its months follow each other'
            when coalesce(months_of_enough.months_of_enough, 0) < {{ least_months_to_test() }}
                then 'its months have too few events for a percentage'
        end as why,
        measured.decision
    from measured
    left join months_of_enough
        on measured.la = months_of_enough.la
        and measured.indicator_id = months_of_enough.indicator_id
        and measured.segment = months_of_enough.segment
)

select * from final

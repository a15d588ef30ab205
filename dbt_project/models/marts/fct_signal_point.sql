-- Grain: one row per council, scorecard indicator and month with a figure to test: the limits of usual variation in
-- that month, and the rule it met, looking back from it.
{% set stretch = 'la, indicator_id, segment, stretch order by period_end nulls last' -%}
with

months as (
    select * from {{ ref('fct_signal_month') }}
),

limits as (
    select * from {{ ref('fct_signal_limit') }}
),

-- A month that is not enough to test ends a run, as a missing month does.
with_limits as (
    select
        months.*,
        limits.since,
        limits.centre,
        case
            when months.chart = 'p' then 3 * sqrt(limits.centre * (100 - limits.centre) / months.denominator)
            else 2.66 * limits.mean_moving_range
        end as reach,
        {{ is_enough('months.chart', 'months.denominator', 'limits.centre') }} as is_enough,
        limits.why as why_not_the_segment
    from months
    inner join limits
        on months.la = limits.la
        and months.indicator_id = limits.indicator_id
        and months.segment = limits.segment
),

moved as (
    select
        *,
        case
            when is_enough and lag(is_enough) over (partition by {{ stretch }})
                then value - lag(value) over (partition by {{ stretch }})
        end as move,
        coalesce(
            why_not_the_segment,
            case when not is_enough then 'the month has too few events for a percentage' end
        ) as why
    from with_limits
),

compared as (
    select
        *,
        case when is_enough then {{ side_of('value', 'centre') }} end as side,
        {{ side_of('abs(value - centre)', 'reach') }} = 1 as is_outside,
        case when {{ side_of('abs(value - centre)', 'reach * 2 / 3') }} = 1 then 1 else 0 end as is_far,
        {{ side_of('move', '0') }} as way
    from moved
),

-- How many months in a row say the same: seven on one side, six moves between seven months, two of three far out.
looked_back as (
    select
        *,
        sum(side) over (partition by {{ stretch }} rows between 6 preceding and current row) as sides_of_seven,
        sum(way) over (partition by {{ stretch }} rows between 5 preceding and current row) as ways_of_six,
        sum(side) over (partition by {{ stretch }} rows between 2 preceding and current row) as sides_of_three,
        sum(is_far) over (partition by {{ stretch }} rows between 2 preceding and current row) as far_of_three
    from compared
),

ruled as (
    select
        *,
        case
            when why is not null then null
            when is_outside then 'outside_limits'
            when abs(sides_of_seven) = 7 then 'run'
            when abs(ways_of_six) = 6 then 'trend'
            when abs(sides_of_three) = 3 and far_of_three >= 2 and is_far = 1 then 'two_of_three'
        end as rule
    from looked_back
),

final as (
    select
        la,
        indicator_id,
        period_end,
        since,
        case when why is null then centre end as centre,
        case when why is null then round(greatest(centre - reach, 0), 9) end as lower_limit,
        case
            when why is null
                then round(case when unit = 'percent' then least(centre + reach, 100) else centre + reach end, 9)
        end as upper_limit,
        rule,
        case when rule = 'trend' then way when rule is not null then side end as direction,
        is_new_segment,
        why
    from ruled
)

select * from final

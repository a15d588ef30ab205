-- Grain: one row per council and scorecard indicator: what its months together say of the published month.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

measures as (
    select * from {{ ref('dim_signal_measure') }}
),

points as (
    select * from {{ ref('fct_signal_point') }}
),

limits as (
    select * from {{ ref('fct_signal_limit') }}
),

targets as (
    select * from {{ ref('dim_target') }}
),

latest_points as (
    select * from points
    qualify row_number() over (partition by la, indicator_id order by period_end desc nulls last) = 1
),

latest as (
    select
        publications.la,
        measures.indicator_id,
        measures.chart,
        measures.good_is,
        latest_points.since,
        coalesce(limits.months, 0) as months,
        latest_points.centre,
        latest_points.lower_limit,
        latest_points.upper_limit,
        latest_points.rule,
        latest_points.direction,
        limits.decision,
        case when measures.good_is in ('high', 'low') and targets.green not like '%-%' then targets.green end as target,
        case
            when measures.chart = 'none' then measures.why
            when latest_points.period_end is null then 'no month has a figure'
            when latest_points.period_end < publications.period_end then 'the month has no figure'
            else latest_points.why
        end as why_not,
        concat_ws(
            '; ',
            case
                when limits.months_behind_limits < {{ months_behind_limits() }}
                    then concat('limits rest on ', cast(limits.months as {{ dbt.type_string() }}), ' months')
            end,
            case when not measures.is_headline then 'each month is tested by itself' end
        ) as caution
    from publications
    cross join measures
    left join latest_points
        on publications.la = latest_points.la
        and measures.indicator_id = latest_points.indicator_id
    left join limits
        on latest_points.la = limits.la
        and latest_points.indicator_id = limits.indicator_id
        and latest_points.since = limits.since
    left join targets
        on publications.la = targets.la
        and measures.indicator_id = targets.indicator_id
),

-- The limit that is hardest on the target, and the one that is kindest to it.
judged as (
    select
        *,
        why_not is null as is_tested,
        case when good_is = 'high' then lower_limit else upper_limit end as worst,
        case when good_is = 'high' then upper_limit else lower_limit end as best
    from latest
),

final as (
    select
        la,
        indicator_id,
        chart,
        case
            when not is_tested then 'too_few'
            when rule is null then 'no_change'
            when good_is not in ('high', 'low') then 'unusual'
            when (direction = 1) = (good_is = 'high') then 'improving'
            else 'getting_worse'
        end as signal,
        case when is_tested then rule end as rule,
        case
            when not is_tested or coalesce(target, '') = '' then null
            when {{ meets('worst', 'target') }} then 'met'
            when not {{ meets('best', 'target') }} then 'missed'
            else 'varies'
        end as assurance,
        cast(months as int) as months,
        since,
        case when is_tested then centre end as centre,
        case when is_tested then lower_limit end as lower_limit,
        case when is_tested then upper_limit end as upper_limit,
        coalesce(why_not, nullif(caution, '')) as why,
        decision
    from judged
)

select * from final

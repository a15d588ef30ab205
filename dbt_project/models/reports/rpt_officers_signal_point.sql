-- Grain: one row per scorecard indicator and month that has limits, of the thirteen to the published one.
-- Limits belong on the chart of the figure they were worked out from, so a figure of another basis has none here.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

measures as (
    select * from {{ ref('dim_signal_measure') }}
    where is_headline
),

points as (
    select * from {{ ref('fct_signal_point') }}
    where centre is not null
),

final as (
    select
        points.la,
        points.indicator_id,
        points.period_end,
        points.centre,
        points.lower_limit,
        points.upper_limit,
        points.rule,
        points.is_new_segment
    from points
    inner join publications
        on points.la = publications.la
        and points.period_end >= publications.year_ago_end
    inner join measures on points.indicator_id = measures.indicator_id
)

select * from final

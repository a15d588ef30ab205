-- Grain: one row per scorecard indicator and month that has limits, of the thirteen to the published one; none where
-- the public signal has no limits.
with

officers_points as (
    select * from {{ ref('rpt_officers_signal_point') }}
),

signals as (
    select * from {{ ref('rpt_public_signal') }}
    where centre is not null
),

final as (
    select
        officers_points.la,
        officers_points.indicator_id,
        officers_points.period_end,
        officers_points.centre,
        officers_points.lower_limit,
        officers_points.upper_limit,
        officers_points.rule,
        officers_points.is_new_segment
    from officers_points
    inner join signals
        on officers_points.la = signals.la
        and officers_points.indicator_id = signals.indicator_id
        and officers_points.period_end >= signals.since
)

select * from final

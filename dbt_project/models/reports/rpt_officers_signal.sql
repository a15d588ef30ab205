-- Grain: one row per scorecard indicator: its signal, nothing hidden.
with

signals as (
    select * from {{ ref('fct_signal') }}
),

final as (
    select
        la,
        indicator_id,
        chart,
        signal,
        rule,
        assurance,
        months,
        since,
        centre,
        lower_limit,
        upper_limit,
        why,
        decision
    from signals
)

select * from final

-- Grain: one row per scorecard indicator: its signal; none where limits would rest on a figure that is hidden.
with

signals as (
    select * from {{ ref('fct_signal') }}
),

months as (
    select * from {{ ref('fct_signal_month') }}
),

disclosure as (
    select * from {{ ref('dim_disclosure') }}
),

hidden_figures as (
    select * from {{ ref('fct_hidden_figure') }}
    where breakdown = ''
),

-- A hidden month anywhere in the segment, shown or older: its limits, its mean and every rule are made of it.
resting_on_hidden as (
    select distinct
        signals.la,
        signals.indicator_id
    from signals
    inner join months
        on signals.la = months.la
        and signals.indicator_id = months.indicator_id
        and signals.since <= months.period_end
    inner join disclosure on signals.la = disclosure.la
    left join hidden_figures
        on months.la = hidden_figures.la
        and months.indicator_id = hidden_figures.indicator_id
        and months.period_end = hidden_figures.period_end
        and (months.basis = hidden_figures.basis or not months.is_headline)
    where
        hidden_figures.la is not null
        or {{ rests_on_few('months.kind', 'months.numerator', 'months.denominator') }}
        or {{ is_of_few('months.kind', 'months.denominator') }}
),

checked as (
    select
        signals.*,
        resting_on_hidden.indicator_id is not null as is_hidden
    from signals
    left join resting_on_hidden
        on signals.la = resting_on_hidden.la
        and signals.indicator_id = resting_on_hidden.indicator_id
),

final as (
    select
        la,
        indicator_id,
        chart,
        case when is_hidden then 'too_few' else signal end as signal,
        case when not is_hidden then rule end as rule,
        case when not is_hidden then assurance end as assurance,
        months,
        since,
        case when not is_hidden then centre end as centre,
        case when not is_hidden then lower_limit end as lower_limit,
        case when not is_hidden then upper_limit end as upper_limit,
        case when is_hidden then 'some of its months are hidden' else why end as why,
        decision
    from checked
)

select * from final

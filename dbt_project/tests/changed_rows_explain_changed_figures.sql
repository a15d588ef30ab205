-- Where rows are counted, a figure has changed by just the rows that came, went or changed. A pair of computations that
-- nobody has compared would fail here, not read as nought.
with

restatements as (
    select * from {{ ref('fct_restatement') }}
    where breakdown = ''
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where kind in ('count', 'percentage', 'share', 'people', 'rate_per_10000', 'rate_per_10000_mid_year')
),

figures as (
    select * from {{ ref('fct_snapshot_value') }}
    where breakdown = ''
),

changes as (
    select
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, indicator_id, period_end, basis,
        sum(case when is_in_numerator then 1 else 0 end) - sum(case when was_in_numerator then 1 else 0 end) as step
    from {{ ref('fct_cohort_change') }}
    group by
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, indicator_id, period_end, basis
)

select
    restatements.la,
    restatements.indicator_id,
    restatements.period_end,
    restatements.basis,
    restatements.snapshot_month,
    restatements.computation,
    figures_now.numerator - figures_before.numerator as changed_by,
    coalesce(changes.step, 0) as explained
from restatements
inner join indicators on restatements.indicator_id = indicators.indicator_id
inner join figures as figures_now
    on restatements.la = figures_now.la
    and restatements.indicator_id = figures_now.indicator_id
    and restatements.period_end = figures_now.period_end
    and restatements.basis = figures_now.basis
    and restatements.snapshot_month = figures_now.snapshot_month
    and restatements.computation = figures_now.computation
inner join figures as figures_before
    on restatements.la = figures_before.la
    and restatements.indicator_id = figures_before.indicator_id
    and restatements.period_end = figures_before.period_end
    and restatements.basis = figures_before.basis
    and restatements.previous_snapshot_month = figures_before.snapshot_month
    and restatements.previous_computation = figures_before.computation
left join changes
    on restatements.la = changes.la
    and restatements.snapshot_month = changes.snapshot_month
    and restatements.computation = changes.computation
    and restatements.previous_snapshot_month = changes.previous_snapshot_month
    and restatements.previous_computation = changes.previous_computation
    and restatements.indicator_id = changes.indicator_id
    and restatements.period_end = changes.period_end
    and restatements.basis = changes.basis
where figures_now.numerator - figures_before.numerator <> coalesce(changes.step, 0)

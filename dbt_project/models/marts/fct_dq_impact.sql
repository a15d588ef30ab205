-- Grain: one row per figure of the published month's snapshot and recording issue that moved it, and one with the
-- issue empty for all together: the figure as recorded and after repair, and without and with each issue's repairs.
-- The issues are taken one after the other, by number, so their steps lead from the one figure to the other.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

repairs as (
    select * from {{ ref('int_repairs') }}
),

recorded_values as (
    select * from {{ ref('fct_computed_value') }}
    where is_as_recorded and breakdown = '' and status = 'ok'
),

recorded_cohort as (
    select * from {{ ref('fct_computed_cohort') }}
    where is_as_recorded
),

repaired_values as (
    select
        figures.la, figures.indicator_id, figures.period_end, figures.basis, figures.value, figures.published_value,
        figures.numerator, figures.denominator, figures.computation
    from {{ ref('fct_snapshot_value') }} as figures
    inner join publications
        on figures.la = publications.la
        and figures.snapshot_month = publications.snapshot_month
    where figures.breakdown = '' and figures.status = 'ok'
    qualify figures.computation = max(figures.computation) over (partition by figures.la)
),

repaired_cohort as (
    select
        cohort.la, cohort.indicator_id, cohort.period_end, cohort.basis, cohort.person_id, cohort.event_id,
        cohort.in_numerator, cohort.amount, cohort.base_amount
    from {{ ref('fct_indicator_cohort') }} as cohort
    inner join publications
        on cohort.la = publications.la
        and cohort.snapshot_month = publications.snapshot_month
    qualify cohort.computation = max(cohort.computation) over (partition by cohort.la)
),

-- Of people erased since, the archive keeps that they counted and the extract nothing: their figures as recorded
-- are not known any more.
figures_with_erased as (
    select distinct la, indicator_id, period_end, basis
    from repaired_cohort
    where event_id like 'erased-%'
),

-- A child with repairs of two issues counts under both names together: their shares cannot be told apart.
repaired_children as (
    select
        repairs.la,
        repairs.person_id,
        {{ joined_text('distinct repairs.issue_id', ';', 'repairs.issue_id') }} as issue_id
    from repairs
    inner join publications
        on repairs.la = publications.la
        and repairs.snapshot_month = publications.snapshot_month
    group by repairs.la, repairs.person_id
),

both_cohorts as (
    select la, indicator_id, period_end, basis, person_id, in_numerator, amount, base_amount, 1 as sign
    from repaired_cohort
    union all
    select la, indicator_id, period_end, basis, person_id, in_numerator, amount, base_amount, -1 as sign
    from recorded_cohort
),

-- What the repairs of one child add to a figure; rows that nobody stands behind are one.
differences as (
    select
        la, indicator_id, period_end, basis, person_id,
        sum(sign) as members,
        sum(case when in_numerator then sign else 0 end) as numerator,
        coalesce({{ exact_sum('case when in_numerator then sign * amount end') }}, 0) as amount,
        coalesce({{ exact_sum('sign * base_amount') }}, 0) as base_amount
    from both_cohorts
    group by la, indicator_id, period_end, basis, person_id
),

steps as (
    select
        differences.la, differences.indicator_id, differences.period_end, differences.basis,
        coalesce(repaired_children.issue_id, 'others') as issue_id,
        count(*) as children_affected,
        sum({{ figure_top('indicators.kind', 'differences.numerator', 'differences.amount') }}) as top_step,
        coalesce(sum({{ figure_base(
            'indicators.kind', 'differences.members', 'differences.numerator', 'differences.base_amount'
        ) }}), 0) as base_step
    from differences
    inner join indicators on differences.indicator_id = indicators.indicator_id
    left join repaired_children
        on differences.la = repaired_children.la
        and differences.person_id = repaired_children.person_id
    where differences.members <> 0 or differences.numerator <> 0
        or differences.amount <> 0 or differences.base_amount <> 0
    group by
        differences.la, differences.indicator_id, differences.period_end, differences.basis,
        coalesce(repaired_children.issue_id, 'others')
),

figures as (
    select
        recorded_values.la, recorded_values.indicator_id, recorded_values.period_end, recorded_values.basis,
        indicators.kind,
        recorded_values.value as value_as_recorded,
        recorded_values.numerator as numerator_as_recorded,
        recorded_values.denominator as denominator_as_recorded,
        repaired_values.value as value_after_repair,
        repaired_values.numerator as numerator_after_repair,
        repaired_values.denominator as denominator_after_repair
    from recorded_values
    inner join indicators on recorded_values.indicator_id = indicators.indicator_id
    inner join repaired_values
        on recorded_values.la = repaired_values.la
        and recorded_values.indicator_id = repaired_values.indicator_id
        and recorded_values.period_end = repaired_values.period_end
        and recorded_values.basis = repaired_values.basis
    left join figures_with_erased
        on recorded_values.la = figures_with_erased.la
        and recorded_values.indicator_id = figures_with_erased.indicator_id
        and recorded_values.period_end = figures_with_erased.period_end
        and recorded_values.basis = figures_with_erased.basis
    where figures_with_erased.la is null
),

steps_in_order as (
    select
        figures.*,
        steps.issue_id,
        steps.children_affected,
        figures.numerator_as_recorded + sum(steps.top_step) over by_issue as numerator_with,
        figures.numerator_as_recorded + sum(steps.top_step) over by_issue - steps.top_step as numerator_without,
        figures.denominator_as_recorded + sum(steps.base_step) over by_issue as denominator_with,
        figures.denominator_as_recorded + sum(steps.base_step) over by_issue - steps.base_step as denominator_without
    from figures
    inner join steps
        on figures.la = steps.la
        and figures.indicator_id = steps.indicator_id
        and figures.period_end = steps.period_end
        and figures.basis = steps.basis
    window by_issue as (
        partition by figures.la, figures.indicator_id, figures.period_end, figures.basis
        order by steps.issue_id nulls last
    )
),

children as (
    select la, indicator_id, period_end, basis, sum(children_affected) as children_affected
    from steps
    group by la, indicator_id, period_end, basis
),

all_together as (
    select
        figures.*,
        '' as issue_id,
        cast(coalesce(children.children_affected, 0) as bigint) as children_affected
    from figures
    left join children
        on figures.la = children.la
        and figures.indicator_id = children.indicator_id
        and figures.period_end = children.period_end
        and figures.basis = children.basis
),

final as (
    select
        la, indicator_id, period_end, basis, issue_id, children_affected,
        value_as_recorded, numerator_as_recorded, denominator_as_recorded,
        value_after_repair, numerator_after_repair, denominator_after_repair,
        {{ figure_value('kind', 'numerator_without', 'denominator_without') }} as value_without,
        {{ figure_value('kind', 'numerator_with', 'denominator_with') }} as value_with
    from steps_in_order
    union all
    select
        la, indicator_id, period_end, basis, issue_id, children_affected,
        value_as_recorded, numerator_as_recorded, denominator_as_recorded,
        value_after_repair, numerator_after_repair, denominator_after_repair,
        value_as_recorded as value_without,
        value_after_repair as value_with
    from all_together
)

select * from final

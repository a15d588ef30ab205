-- The steps of the issues lead exactly from each figure as recorded to that after repair, and no figure moved for
-- a reason that no repair gives.
with

impacts as (
    select * from {{ ref('fct_dq_impact') }}
),

steps as (
    select
        la, indicator_id, period_end, basis,
        max(issue_id) as last_issue_id,
        count(case when issue_id <> '' then 1 end) as steps
    from impacts
    group by la, indicator_id, period_end, basis
),

final as (
    select impacts.*
    from impacts
    inner join steps
        on impacts.la = steps.la
        and impacts.indicator_id = steps.indicator_id
        and impacts.period_end = steps.period_end
        and impacts.basis = steps.basis
        and impacts.issue_id = steps.last_issue_id
    where steps.steps > 0 and coalesce(abs(impacts.value_with - impacts.value_after_repair), 0) > 0.000000001
        or steps.steps = 0 and coalesce(abs(impacts.value_as_recorded - impacts.value_after_repair), 0) > 0
        or steps.steps = 0 and impacts.numerator_as_recorded <> impacts.numerator_after_repair
)

select * from final

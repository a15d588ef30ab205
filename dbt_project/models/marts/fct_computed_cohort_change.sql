-- Grain: one row per whole figure, pair of computations that no earlier run compared, and row behind the figure that
-- came, went or changed between the two.
{% set figure -%}
    comparisons.la, comparisons.snapshot_month, comparisons.computation, comparisons.previous_snapshot_month,
    comparisons.previous_computation, comparisons.indicator_id, comparisons.period_end, comparisons.basis
{%- endset -%}
{% set content = ['in_numerator', 'category', 'further_category', 'amount', 'base_amount'] -%}
with

comparisons as (
    select * from {{ ref('fct_comparison') }}
    where is_new
),

cohort as (
    select * from {{ ref('fct_indicator_cohort') }}
),

rows_of_both as (
    {% for which in ['previous_', ''] -%}
    select {{ figure }}, cohort.person_id, cohort.event_id, {{ 'true' if loop.last else 'false' }} as is_now,
        {% for name in content %}cohort.{{ name }}{{ ', ' if not loop.last }}{% endfor %}
    from comparisons
    inner join cohort
        on comparisons.la = cohort.la
        and comparisons.indicator_id = cohort.indicator_id
        and comparisons.period_end = cohort.period_end
        and comparisons.basis = cohort.basis
        and comparisons.{{ which }}snapshot_month = cohort.snapshot_month
        and comparisons.{{ which }}computation = cohort.computation
    {% if not loop.last %}union all{% endif %}
    {% endfor -%}
),

rows_before_and_now as (
    select
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, indicator_id, period_end, basis,
        person_id, event_id,
        {% for name in content -%}
        max(case when not is_now then {{ name }} end) as was_{{ name }},
        max(case when is_now then {{ name }} end) as is_{{ name }}{{ ',' if not loop.last }}
        {% endfor -%}
    from rows_of_both
    group by
        la, snapshot_month, computation, previous_snapshot_month, previous_computation, indicator_id, period_end, basis,
        person_id, event_id
),

final as (
    select
        la,
        snapshot_month,
        computation,
        previous_snapshot_month,
        previous_computation,
        indicator_id,
        period_end,
        basis,
        person_id,
        event_id,
        was_in_numerator,
        is_in_numerator,
        was_category,
        is_category,
        was_further_category,
        is_further_category,
        case
            when was_in_numerator is null then 'added'
            when is_in_numerator is null then 'removed'
            when was_in_numerator <> is_in_numerator then 'changed'
            else 'moved'
        end as change
    from rows_before_and_now
    where {% for name in content -%}
        was_{{ name }} is distinct from is_{{ name }}{{ '\n        or ' if not loop.last }}
        {%- endfor %}
)

select * from final

-- Grain: one row per whole figure and computation that gives it again: the computation before, in order of snapshot.
with

figures as (
    select * from {{ ref('fct_snapshot_value') }}
    where breakdown = '' and status = 'ok'
),

compared_before as (
    select * from {{ ref('stg_landing__archive_comparison') }}
),

figures_with_previous as (
    select
        la, indicator_id, period_end, basis, snapshot_month, computation, definition_version,
        lag(snapshot_month) over in_order as previous_snapshot_month,
        lag(computation) over in_order as previous_computation,
        lag(definition_version) over in_order as previous_definition_version
    from figures
    window in_order as (
        partition by la, indicator_id, period_end, basis
        order by snapshot_month nulls last, computation nulls last
    )
),

final as (
    select
        figures_with_previous.*,
        case
            when figures_with_previous.definition_version <> figures_with_previous.previous_definition_version
                then 'definition'
            when figures_with_previous.snapshot_month = figures_with_previous.previous_snapshot_month
                then 'delivered again'
            else 'later extract'
        end as reason,
        compared_before.la is null as is_new
    from figures_with_previous
    left join compared_before
        on figures_with_previous.la = compared_before.la
        and figures_with_previous.snapshot_month = compared_before.snapshot_month
        and figures_with_previous.computation = compared_before.computation
        and figures_with_previous.previous_snapshot_month = compared_before.previous_snapshot_month
        and figures_with_previous.previous_computation = compared_before.previous_computation
    where figures_with_previous.previous_snapshot_month is not null
)

select * from final

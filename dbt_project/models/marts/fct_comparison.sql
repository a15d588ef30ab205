-- Grain: one row per whole figure and computation that gives it again: which computation it is compared with. Compared
-- is once, when it is computed: with the one before of the same extract, else with the last of an earlier one. A month
-- as a later extract knows it is compared with what its own extract, or one before, gave last.
with

figures as (
    select la, indicator_id, period_end, basis, snapshot_month, computation, definition_version
    from {{ ref('fct_snapshot_value') }}
    where breakdown = '' and status = 'ok'
),

publications as (
    select * from {{ ref('dim_publication') }}
),

pending as (
    select la, snapshot_month, computation
    from {{ ref('int_known_snapshots') }}
    where is_pending
),

compared_before as (
    select * from {{ ref('stg_landing__archive_comparison') }}
),

figures_computed_now as (
    select
        figures.*,
        case
            when publications.is_as_of and figures.snapshot_month = publications.snapshot_month then publications.month
            else figures.snapshot_month
        end as last_month_to_compare_with
    from figures
    inner join publications on figures.la = publications.la
    inner join pending
        on figures.la = pending.la
        and figures.snapshot_month = pending.snapshot_month
        and figures.computation = pending.computation
),

figures_now as (
    select
        la, indicator_id, period_end, basis, snapshot_month, computation, definition_version,
        last_month_to_compare_with,
        cast(null as {{ dbt.type_string() }}) as compared_snapshot_month,
        cast(null as bigint) as compared_computation,
        true as is_new
    from figures_computed_now
    union all
    select
        figures.la, figures.indicator_id, figures.period_end, figures.basis, figures.snapshot_month,
        figures.computation, figures.definition_version,
        compared_before.previous_snapshot_month as last_month_to_compare_with,
        compared_before.previous_snapshot_month as compared_snapshot_month,
        compared_before.previous_computation as compared_computation,
        not compared_before.is_kept as is_new
    from figures
    inner join compared_before
        on figures.la = compared_before.la
        and figures.snapshot_month = compared_before.snapshot_month
        and figures.computation = compared_before.computation
),

final as (
    select
        figures_now.la,
        figures_now.indicator_id,
        figures_now.period_end,
        figures_now.basis,
        figures_now.snapshot_month,
        figures_now.computation,
        figures_now.definition_version,
        figures_before.snapshot_month as previous_snapshot_month,
        figures_before.computation as previous_computation,
        figures_before.definition_version as previous_definition_version,
        case
            when figures_now.definition_version <> figures_before.definition_version then 'definition'
            when figures_now.snapshot_month = figures_before.snapshot_month then 'delivered again'
            else 'later extract'
        end as reason,
        figures_now.is_new
    from figures_now
    inner join figures as figures_before
        on figures_now.la = figures_before.la
        and figures_now.indicator_id = figures_before.indicator_id
        and figures_now.period_end = figures_before.period_end
        and figures_now.basis = figures_before.basis
        and figures_now.last_month_to_compare_with >= figures_before.snapshot_month
        and (
            figures_now.snapshot_month > figures_before.snapshot_month
            or figures_now.snapshot_month = figures_before.snapshot_month
            and figures_now.computation > figures_before.computation
        )
        and (
            figures_now.compared_computation is null
            or figures_now.compared_snapshot_month = figures_before.snapshot_month
            and figures_now.compared_computation = figures_before.computation
        )
    qualify row_number() over (
            partition by
                figures_now.la, figures_now.indicator_id, figures_now.period_end, figures_now.basis,
                figures_now.snapshot_month, figures_now.computation
            order by figures_before.snapshot_month desc nulls last, figures_before.computation desc nulls last
        ) = 1
)

select * from final

-- Grain: one row per child, event or household behind each unbroken figure of the published month and the two
-- before, from the published month's own extract (F16). Restricted.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

cohort as (
    select * from {{ ref('fct_indicator_cohort') }}
),

latest_computations as (
    select cohort.la, cohort.snapshot_month, max(cohort.computation) as computation
    from cohort
    group by cohort.la, cohort.snapshot_month
),

final as (
    select
        cohort.la,
        cohort.indicator_id,
        cohort.period_end,
        cohort.basis,
        cohort.person_id,
        cohort.event_id,
        cohort.in_numerator
    from publications
    inner join latest_computations
        on publications.la = latest_computations.la
        and publications.snapshot_month = latest_computations.snapshot_month
    inner join cohort
        on latest_computations.la = cohort.la
        and latest_computations.snapshot_month = cohort.snapshot_month
        and latest_computations.computation = cohort.computation
        and cohort.period_end > last_day(
            {{ dbt.dateadd('month', '-(publications.rerun_months + 1)', 'publications.period_end') }}
        )
)

select * from final

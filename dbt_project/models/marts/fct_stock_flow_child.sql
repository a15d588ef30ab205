-- Grain: one row per child who explains why the published month's extract opens with other children than the extract
-- before closed with, or whose care began without an admission. Restricted.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

cohort as (
    select la, snapshot_month, computation, indicator_id, period_end, person_id
    from {{ ref('fct_indicator_cohort') }}
    where indicator_id in ('lac_count', 'admissions', 'ceased') and basis in ('month_end', 'in_month')
    qualify computation = max(computation) over (partition by la, snapshot_month)
),

months_before as (
    select snapshots.la, max(snapshots.snapshot_month) as snapshot_month
    from {{ ref('int_known_snapshots') }} as snapshots
    inner join publications
        on snapshots.la = publications.la
        and snapshots.snapshot_end = publications.previous_month_end
    group by snapshots.la
),

-- Which of the five lists each child stands in.
children as (
    select
        cohort.la,
        cohort.person_id,
        coalesce(bool_or(
            cohort.snapshot_month = months_before.snapshot_month and cohort.indicator_id = 'lac_count'
            and cohort.period_end = publications.previous_month_end
        ), false) as closed_before,
        coalesce(bool_or(
            cohort.snapshot_month = publications.snapshot_month and cohort.indicator_id = 'lac_count'
            and cohort.period_end = publications.previous_month_end
        ), false) as opens,
        coalesce(bool_or(
            cohort.snapshot_month = publications.snapshot_month and cohort.indicator_id = 'lac_count'
            and cohort.period_end = publications.period_end
        ), false) as closes,
        coalesce(bool_or(
            cohort.snapshot_month = publications.snapshot_month and cohort.indicator_id = 'admissions'
            and cohort.period_end = publications.period_end
        ), false) as is_admitted,
        max(months_before.snapshot_month) is not null as has_month_before
    from cohort
    inner join publications on cohort.la = publications.la
    left join months_before on cohort.la = months_before.la
    group by cohort.la, cohort.person_id
),

final as (
    select
        la,
        person_id,
        case
            when closed_before and not opens then 'gone: looked after at the month before in its own extract, not in this one'
            when opens and not closed_before and has_month_before
                then 'came: looked after at the month before in this extract, not in its own'
            else 'care began in the month without an admission'
        end as explanation
    from children
    where has_month_before and closed_before <> opens
        or closes and not opens and not is_admitted
)

select * from final

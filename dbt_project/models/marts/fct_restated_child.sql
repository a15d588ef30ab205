-- Grain: one row per child, event or household that changed a figure of an earlier computation, and record of that child
-- or household that explains it: one that came, changed or went in between, in a table that the figure needs, and says
-- something else of the days up to the end of its period. Without such a record the row stands alone. Restricted.
with

publications as (
    select * from {{ ref('dim_publication') }}
),

restatements as (
    select * from {{ ref('fct_restatement') }}
    where breakdown = ''
),

cohort_changes as (
    select * from {{ ref('fct_cohort_change') }}
),

-- A history that an indicator does without for its own month alone explains its earlier months.
needs as (
    select indicator_id, route, table_name from {{ ref('dim_indicator_need') }}
    union distinct
    select indicator_id, 'ssd' as route, kept_only_as_of_now_without as table_name
    from {{ ref('dim_indicator') }}
    where kept_only_as_of_now_without is not null
),

record_changes as (
    select * from {{ ref('int_record_changes') }}
),

restated_rows as (
    select
        cohort_changes.*,
        restatements.reason,
        publications.route,
        cohort_changes.snapshot_month = cohort_changes.previous_snapshot_month as is_delivered_again
    from publications
    inner join restatements
        on publications.la = restatements.la
        and publications.snapshot_month = restatements.snapshot_month
    inner join cohort_changes
        on restatements.la = cohort_changes.la
        and restatements.snapshot_month = cohort_changes.snapshot_month
        and restatements.computation = cohort_changes.computation
        and restatements.previous_snapshot_month = cohort_changes.previous_snapshot_month
        and restatements.previous_computation = cohort_changes.previous_computation
        and restatements.indicator_id = cohort_changes.indicator_id
        and restatements.period_end = cohort_changes.period_end
        and restatements.basis = cohort_changes.basis
),

-- A household measure has no child: its event is the household.
records as (
    select
        restated_rows.la,
        restated_rows.snapshot_month,
        restated_rows.computation,
        restated_rows.indicator_id,
        restated_rows.period_end,
        restated_rows.basis,
        restated_rows.person_id,
        restated_rows.event_id,
        record_changes.table_name,
        record_changes.row_id,
        record_changes.change as record_change,
        record_changes.event_date,
        record_changes.days_late,
        record_changes.team
    from restated_rows
    inner join needs
        on restated_rows.indicator_id = needs.indicator_id
        and restated_rows.route = needs.route
    inner join record_changes
        on restated_rows.la = record_changes.la
        and restated_rows.snapshot_month = record_changes.snapshot_month
        and restated_rows.is_delivered_again
        = (record_changes.snapshot_month = record_changes.previous_snapshot_month)
        and needs.table_name = record_changes.table_name
        and coalesce(restated_rows.person_id, restated_rows.event_id)
        = coalesce(record_changes.person_id, record_changes.household_id)
        and restated_rows.period_end >= record_changes.differs_from
),

final as (
    select
        restated_rows.la,
        restated_rows.snapshot_month,
        restated_rows.computation,
        restated_rows.previous_snapshot_month,
        restated_rows.indicator_id,
        restated_rows.period_end,
        restated_rows.basis,
        restated_rows.person_id,
        restated_rows.event_id,
        restated_rows.change,
        restated_rows.was_in_numerator,
        restated_rows.is_in_numerator,
        records.table_name,
        records.row_id,
        records.record_change,
        records.event_date,
        records.days_late,
        records.team,
        case
            when records.days_late is not null then 'recorded late'
            when records.la is not null then concat('record ', records.record_change)
            when restated_rows.reason = 'definition' then 'the definition changed'
            else 'no record of the child changed'
        end as cause
    from restated_rows
    left join records
        on restated_rows.la = records.la
        and restated_rows.snapshot_month = records.snapshot_month
        and restated_rows.computation = records.computation
        and restated_rows.indicator_id = records.indicator_id
        and restated_rows.period_end = records.period_end
        and restated_rows.basis = records.basis
        and restated_rows.person_id is not distinct from records.person_id
        and restated_rows.event_id is not distinct from records.event_id
)

select * from final

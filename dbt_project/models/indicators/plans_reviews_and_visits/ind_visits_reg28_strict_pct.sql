-- Grain: one row per child looked after at a month end.
with

visits_due as (
    select * from {{ ref('int_visits_due') }}
),

looked_after as (
    select * from {{ ref('int_looked_after') }}
),

matches as (
    select * from {{ ref('int_permanent_matches') }}
),

temporary_approvals as (
    select * from {{ ref('int_temporary_approvals') }}
),

first_reviews as (
    select * from {{ ref('int_reviews') }}
    where review_number = 1
),

children as (
    select
        visits_due.*,
        matches.matched_date,
        first_reviews.review_date is not null as has_had_review,
        temporary_approvals.household_id is not null
        or coalesce(looked_after.placement_code = 'P1' and looked_after.legal_status = 'C1', false)
            as is_with_unsettled_carer
    from visits_due
    inner join looked_after
        on visits_due.la = looked_after.la
        and visits_due.snapshot_month = looked_after.snapshot_month
        and visits_due.period_end = looked_after.period_end
        and visits_due.person_id = looked_after.person_id
    left join matches
        on visits_due.la = matches.la
        and visits_due.snapshot_month = matches.snapshot_month
        and visits_due.period_end = matches.period_end
        and visits_due.person_id = matches.person_id
    left join temporary_approvals
        on looked_after.la = temporary_approvals.la
        and looked_after.snapshot_month = temporary_approvals.snapshot_month
        and looked_after.period_end = temporary_approvals.period_end
        and looked_after.household_id = temporary_approvals.household_id
    left join first_reviews
        on looked_after.la = first_reviews.la
        and looked_after.snapshot_month = first_reviews.snapshot_month
        and looked_after.period_end = first_reviews.period_end
        and looked_after.person_id = first_reviews.person_id
        and looked_after.care_number = first_reviews.care_number
),

strict_visits_due as (
    select
        *,
        case
            when last_visit_date is null then visit_due_date
            when is_with_unsettled_carer and has_had_review then last_visit_date + 28
            when is_with_unsettled_carer then last_visit_date + 7
            when last_visit_date >= {{ add_months('spell_start_date', 12) }} and matched_date <= last_visit_date
                then {{ add_months('last_visit_date', 3) }}
            else last_visit_date + 42
        end as strict_due_date
    from children
),

final as (
    select
        la,
        snapshot_month,
        period_end,
        person_id,
        care_id as event_id,
        cast(null as date) as event_date,
        cast(null as {{ dbt.type_string() }}) as category,
        period_end <= strict_due_date as is_in_numerator
    from strict_visits_due
)

select * from final

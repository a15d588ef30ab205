-- Grain: one row per person and day on which a pathway plan was made or reviewed: the plan history, and the
-- latest dates that the care leavers extract keeps, whichever of a person's rows they stand in.
with

plans as (
    select * from {{ ref('stg_ext__pathway_plan') }}
),

recorded_leavers as (
    select * from {{ ref('stg_ssd__care_leavers') }}
),

final as (
    select la, snapshot_month, person_id, plan_date
    from plans
    where plan_date is not null
    union
    select la, snapshot_month, person_id, pathway_plan_review_date as plan_date
    from recorded_leavers
    where pathway_plan_review_date is not null
)

select * from final

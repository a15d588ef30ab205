-- Grain: one row per person and day on which a pathway plan was made or reviewed: the plan history, and the
-- latest date that the care leavers extract keeps.
with

plans as (
    select * from {{ ref('stg_ext__pathway_plan') }}
),

leaver_records as (
    select * from {{ ref('int_leaver_records') }}
),

final as (
    select la, snapshot_month, person_id, plan_date
    from plans
    where plan_date is not null
    union
    select la, snapshot_month, person_id, pathway_plan_review_date as plan_date
    from leaver_records
    where pathway_plan_review_date is not null
)

select * from final

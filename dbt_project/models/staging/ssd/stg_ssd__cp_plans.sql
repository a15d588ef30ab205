-- Grain: one row per row of the child protection plans extract.
with

source as (
    select * from {{ source('lake', 'ssd_cp_plans') }}
),

renamed as (
    select
        la,
        snapshot_month,
        cppl_cp_plan_id as cp_plan_id,
        cppl_person_id as person_id,
        cast(cppl_cp_plan_start_date as date) as cp_plan_start_date,
        cast(cppl_cp_plan_end_date as date) as cp_plan_end_date,
        cppl_cp_plan_ola as cp_plan_ola,
        source_file,
        source_row
    from source
)

select * from renamed

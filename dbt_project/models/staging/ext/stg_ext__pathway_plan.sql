-- Grain: one row per pathway plan or review of one.
with

source as (
    select * from {{ source('lake', 'ext_pathway_plan') }}
),

renamed as (
    select
        la,
        snapshot_month,
        person_id,
        cast(plan_date as date) as plan_date,
        plan_type,
        source_file,
        source_row
    from source
)

select * from renamed

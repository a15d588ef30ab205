-- Grain: one row: the month this run publishes.
with

source as (
    select * from {{ source('lake', 'run') }}
),

renamed as (
    select
        la,
        month,
        period_end,
        rerun_months
    from source
)

select * from renamed

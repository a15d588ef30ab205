-- Grain: one row: the month whose pack this run makes, and the extract it makes it from.
with

source as (
    select * from {{ source('lake', 'run') }}
),

renamed as (
    select
        la,
        month,
        period_end,
        rerun_months,
        snapshot_month
    from source
)

select * from renamed

-- Grain: one row per figure of every earlier run, published or not.
with

figures as (
    select * from {{ ref('stg_landing__archive_value') }}
),

computations as (
    select * from {{ ref('stg_landing__archive_computation') }}
),

final as (
    select figures.*, computations.is_published
    from figures
    inner join computations
        on figures.la = computations.la
        and figures.snapshot_month = computations.snapshot_month
        and figures.computation = computations.computation
)

select * from final

-- Grain: one row per council and mid-year estimate.
with

source as (
    select * from {{ source('lake', 'ref_population') }}
),

renamed as (
    select
        la,
        snapshot_month,
        council,
        cast(estimate_date as date) as estimate_date,
        cast(published_on as date) as published_on,
        pop_0_17 as population_0_17,
        source_file,
        source_row
    from source
)

select * from renamed

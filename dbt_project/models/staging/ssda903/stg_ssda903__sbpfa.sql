-- Grain: one row per decision that a child should be placed for adoption.
with

source as (
    select * from {{ source('lake', 'ssda903_sbpfa') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        cast(dob as date) as birth_date,
        cast(date_placed as date) as decision_date,
        cast(date_placed_ceased as date) as placed_ceased_date,
        reason_placed_ceased as placed_ceased_reason,
        source_file,
        source_row
    from source
)

select * from renamed

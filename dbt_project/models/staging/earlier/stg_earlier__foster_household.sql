-- Grain: one row per approval period of a foster household in the landed month before each selected snapshot: what
-- was known then.
with

source as (
    select * from {{ source('lake', 'earlier_ext_foster_household') }}
),

renamed as (
    select
        la,
        snapshot_month,
        household_id,
        cast(first_approval_date as date) as first_approval_date,
        cast(approval_date as date) as approval_date,
        carer_type,
        approved_places,
        cast(on_hold_from as date) as on_hold_from,
        cast(on_hold_to as date) as on_hold_to,
        cast(reg24_start as date) as reg24_start,
        cast(reg24_end as date) as reg24_end,
        cast(end_date as date) as end_date,
        end_route,
        end_reason,
        cast(main_carer_dob as date) as main_carer_birth_date,
        source_file,
        source_row
    from source
)

select * from renamed

-- Grain: one row per post held, as the staff list gives it.
with

source as (
    select * from {{ source('lake', 'ext_staff') }}
),

renamed as (
    select
        la,
        snapshot_month,
        professional_id,
        role,
        grade,
        contracted_fte,
        team,
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        cast(absent_from as date) as absent_from,
        cast(absent_to as date) as absent_to,
        source_file,
        source_row
    from source
)

select * from renamed

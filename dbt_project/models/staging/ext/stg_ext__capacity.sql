-- Grain: one row per setting and inspection, as the sufficiency team recorded it.
with

source as (
    select * from {{ source('lake', 'ext_capacity') }}
),

renamed as (
    select
        la,
        snapshot_month,
        setting,
        setting_type,
        beds,
        cast(opened_date as date) as opened_date,
        cast(closed_date as date) as closed_date,
        on_hold,
        ofsted_grade,
        cast(inspection_date as date) as inspection_date,
        source_file,
        source_row
    from source
)

select * from renamed

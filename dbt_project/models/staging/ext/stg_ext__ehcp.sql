-- Grain: one row per plan, as the SEND service exported it.
with

source as (
    select * from {{ source('lake', 'ext_ehcp') }}
),

renamed as (
    select
        la,
        snapshot_month,
        person_id,
        cast(start_date as date) as start_date,
        cast(ceased_date as date) as ceased_date,
        source_file,
        source_row
    from source
)

select * from renamed

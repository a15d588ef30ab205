-- Grain: one row per earlier computation of a snapshot, table and team.
with

source as (
    select * from {{ source('lake', 'archive_lateness') }}
),

renamed as (
    select
        la,
        snapshot_month,
        computation,
        table_name,
        team,
        records,
        records_late,
        median_days,
        ninth_decile_days
    from source
)

select * from renamed

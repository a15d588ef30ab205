-- Grain: one row per indicator and decision.
with

source as (
    select * from {{ source('lake', 'ref_spc_decision') }}
),

renamed as (
    select
        la,
        snapshot_month,
        indicator_id,
        from_month,
        cast(decided_on as date) as decided_on,
        decided_by,
        reason,
        source_file,
        source_row
    from source
)

select * from renamed

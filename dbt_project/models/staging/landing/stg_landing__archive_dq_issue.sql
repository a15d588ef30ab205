-- Grain: one row per fault of recording and computation that found it, in earlier publications.
with

source as (
    select * from {{ source('lake', 'archive_dq_issue') }}
),

renamed as (
    select
        la,
        snapshot_month,
        computation,
        issue_id,
        person_id,
        table_name,
        row_id,
        column_name,
        bad_value,
        detail,
        evidence,
        repaired_value,
        repair_id
    from source
)

select * from renamed

-- Grain: one row per person and day of a PEP meeting. A plan completed without a meeting date is none (DQ17).
with

meetings as (
    select * from {{ ref('stg_ext__pep') }}
),

final as (
    select distinct la, snapshot_month, person_id, meeting_date
    from meetings
    where meeting_date is not null
)

select * from final

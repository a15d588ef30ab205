-- Grain: one row per recorded legal status of a person that has a national code.
-- SSDA903 files give the status on the episode itself and have no rows here.
with

legal_statuses as (
    select * from {{ ref('stg_ssd__legal_status') }}
),

code_map as (
    select * from {{ ref('int_code_map') }}
    where domain = 'legal_status'
),

final as (
    select distinct
        legal_statuses.la,
        legal_statuses.snapshot_month,
        legal_statuses.person_id,
        code_map.code as legal_status,
        legal_statuses.legal_status_start_date as start_date,
        legal_statuses.legal_status_end_date as end_date
    from legal_statuses
    inner join code_map
        on legal_statuses.la = code_map.la
        and legal_statuses.snapshot_month = code_map.snapshot_month
        and {{ word('legal_statuses.legal_status') }} = code_map.word
    where legal_statuses.legal_status_start_date is not null
)

select * from final

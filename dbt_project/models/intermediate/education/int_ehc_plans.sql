-- Grain: one row per recorded education, health and care (EHC) plan of a person.
with

plans as (
    select * from {{ ref('stg_ext__ehcp') }}
),

final as (
    select la, snapshot_month, {{ file_and_row() }} as plan_id, person_id, start_date, ceased_date
    from plans
    where start_date is not null
)

select * from final

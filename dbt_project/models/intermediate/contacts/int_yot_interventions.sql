-- Grain: one row per recorded youth offending intervention of a person, without contact for prevention only.
with

interventions as (
    select * from {{ ref('stg_ext__yot') }}
),

-- An intervention of unknown type is not known to be prevention.
final as (
    select la, snapshot_month, {{ file_and_row() }} as intervention_id, person_id, start_date, end_date
    from interventions
    where start_date is not null
        and not coalesce({{ word('intervention_type') }} like 'prevent%', false)
)

select * from final

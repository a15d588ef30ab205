-- Grain: one row per child looked after for a year, in the return.
with

source as (
    select * from {{ source('lake', 'ssda903_oc2') }}
),

renamed as (
    select
        la,
        snapshot_month,
        child as child_id,
        cast(dob as date) as birth_date,
        sdq_score,
        sdq_reason,
        convicted,
        health_check,
        immunisations,
        teeth_check,
        health_assessment,
        substance_misuse,
        intervention_received,
        intervention_offered,
        source_file,
        source_row
    from source
)

select * from renamed

-- Grain: one row per review or escalation, as the IRO service recorded it.
with

source as (
    select * from {{ source('lake', 'ext_iro_activity') }}
),

renamed as (
    select
        la,
        snapshot_month,
        review_id,
        person_id,
        iro_id,
        cast(report_date as date) as report_date,
        cast(decisions_completed_date as date) as decisions_completed_date,
        cast(decisions_distributed_date as date) as decisions_distributed_date,
        cast(minutes_distributed_date as date) as minutes_distributed_date,
        cast(midway_date as date) as midway_date,
        cast(qc_form_date as date) as qc_form_date,
        qc_grade,
        lifestory,
        cast(iro_visit_date as date) as iro_visit_date,
        iro_visit_mode,
        cast(escalation_date as date) as escalation_date,
        escalation_stage,
        escalation_theme,
        escalation_id,
        source_file,
        source_row
    from source
)

select * from renamed

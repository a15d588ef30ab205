-- Grain: one row per row of the permanence extract. A child can have several rows.
with

source as (
    select * from {{ source('lake', 'ssd_permanence') }}
),

renamed as (
    select
        la,
        snapshot_month,
        perm_table_id as permanence_id,
        perm_person_id as person_id,
        perm_cla_id as cla_id,
        cast(perm_adm_decision_date as date) as adm_decision_date,
        cast(perm_placement_order_date as date) as placement_order_date,
        cast(perm_matched_date as date) as matched_date,
        cast(perm_placed_for_adoption_date as date) as placed_for_adoption_date,
        perm_adopted_by_carer_flag as adopted_by_carer,
        cast(perm_placed_foster_carer_date as date) as placed_foster_carer_date,
        cast(perm_placed_ffa_cp_date as date) as placed_ffa_cp_date,
        cast(perm_decision_reversed_date as date) as decision_reversed_date,
        cast(perm_permanence_order_date as date) as permanence_order_date,
        perm_permanence_order_type as permanence_order_type,
        source_file,
        source_row
    from source
)

select * from renamed

-- Grain: one row per fault of recording in a snapshot that this run computes.
-- The list is the table of contents of models/data_quality; a contract test holds it against the folder.
{% set dq_models = [
    'dq_01_copied_end_date',
    'dq_02_open_discharge',
    'dq_03_late_visits',
    'dq_04_late_health_checks',
    'dq_05_plan_types',
    'dq_06_review_dates',
    'dq_08_missing_recorded_as_move',
    'dq_09_adoption_tracker',
    'dq_10_duplicate_episodes',
    'dq_11_overlapping_placements',
    'dq_12_temporary_placement_misused',
    'dq_13_any_other_reason_at_18',
    'dq_14_order_taken_for_reason',
    'dq_15_care_leaver_cohort',
    'dq_16_caseload_weighting_unknown',
    'dq_17_unlinked_peps',
    'dq_19_short_breaks_past_their_limit',
    'dq_20_short_breaks_mixed_with_care',
    'dq_23_wrong_lead_worker',
    'dq_24_orders_and_cessations_differ',
    'dq_25_broken_chain',
    'dq_26_location_unknown',
    'dq_27_placement_type_not_in_use',
    'dq_28_status_or_provider_in_free_text',
    'dq_29_placement_provider',
    'dq_30_missing_episodes',
    'dq_31_adoption_dates_out_of_order',
    'dq_32_adoption_decision',
    'dq_33_adoption_by_carers_as_move',
    'dq_34_house_move_as_move',
    'dq_35_uasc_status_and_age',
    'dq_36_sdq_without_score',
    'dq_37_health_assessment_dates',
    'dq_38_stale_leaver_outcomes',
    'dq_39_foster_roll_forward',
    'dq_40_reviewing_officer_visits',
    'dq_41_participation_codes',
    'dq_42_return_after_adoption',
    'dq_44_history_cut_short',
    'dq_45_cost_and_placement_dates',
] -%}
with

snapshots as (
    select * from {{ ref('int_snapshots') }}
    where is_pending and is_as_recorded is not true
),

findings as (
    {% for dq_model in dq_models -%}
        select
            'DQ{{ dq_model[3:5] }}' as issue_id,
            la, snapshot_month, person_id, table_name, row_id, column_name, bad_value, detail, evidence,
            repaired_value, repair_id
        from {{ ref(dq_model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

final as (
    select
        findings.la,
        findings.snapshot_month,
        snapshots.computation,
        findings.issue_id,
        findings.person_id,
        findings.table_name,
        findings.row_id,
        findings.column_name,
        findings.bad_value,
        findings.detail,
        findings.evidence,
        findings.repaired_value,
        findings.repair_id
    from findings
    inner join snapshots
        on findings.la = snapshots.la
        and findings.snapshot_month = snapshots.snapshot_month
)

select * from final

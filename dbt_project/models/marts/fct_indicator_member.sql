-- Grain: one row per child, event or household that an indicator lists at a month end or up to it.
-- The list is the warehouse's table of contents; a contract test holds it against the folder.
{{ config(materialized='view') }}
{% set catalogue = dict(indicator_catalogue() | groupby('indicator_id')) -%}
{% set indicator_ids = [
    'lac_count',
    'lac_count_pending_discharge',
    'lac_rate_10k',
    'lac_rate_10k_dfe',
    'lac_age_band_share',
    'lac_legal_status_share',
    'admissions',
    'admissions_children',
    'admission_average_age',
    'lac_uasc',
    'ceased',
    'ceased_children',
    'ceased_by_reason',
    'ceased_permanence_pct',
    'sgo_started',
    'sgo_cao_granted',
    'ceased_sgo_pct',
    'ceased_sgo_cao',
    'adopted_pct_of_ceased',
    'care_plan_up_to_date_pct',
    'reviews_in_timescale_pct',
    'visits_up_to_date_nms_pct',
    'visits_up_to_date_local_pct',
    'visits_reg28_strict_pct',
    'pathway_plan_has_pct',
    'pathway_plan_up_to_date_pct',
    'pathway_plan_up_to_date_lac_pct',
    'long_term_stability_pct',
    'three_plus_placements_pct',
    'family_based_pct',
    'placed_with_parents_pct',
    'kinship_pct',
    'commissioned_pct',
    'commissioned_16plus',
    'foster_placement_count',
    'foster_placement_pct',
    'health_assessment_up_to_date_pct',
    'iha_within_20wd_pct',
    'dental_up_to_date_pct',
    'pep_has_pct',
    'pep_up_to_date_termly_pct',
    'lac_yot',
    'lac_ehcp',
    'lac_missing_children',
    'missing_episodes',
    'missing_children_over3',
    'care_leavers',
    'cl_suitable_accommodation_pct',
    'cl_suitable_r19_literal',
    'cl_eet_pct',
    'cl_former_uasc',
    'adoptions',
    'adoptions_12m_shobpa_count',
    'adoptions_12m_shobpa_pct',
    'adoption_a1_days',
    'adoption_a10_days',
    'adoption_a2_days',
    'caseload_max',
    'caseload_avg_lac_1_3',
    'caseload_avg_lac_4_5',
    'caseload_avg_lac_1_3_raw_fte',
    'caseload_avg_lac_4_5_raw_fte',
    'foster_households',
    'foster_recruited',
    'foster_deregistered',
    'foster_places_created',
] %}
with

final as (
    {% for indicator_id in indicator_ids -%}
        select
            '{{ indicator_id }}' as indicator_id,
            la, snapshot_month, period_end, person_id, event_id, event_date, category, is_in_numerator,
            {{ further_columns(catalogue[indicator_id][0]) if execute else '1' }}
        from {{ ref('ind_' ~ indicator_id) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select * from final

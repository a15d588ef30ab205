"""The tables and columns of the contract that an invented council delivers."""

FAMILIES: dict[str, dict[str, str]] = {
    "social_care": {
        "ssd_person": "pers_person_id pers_sex pers_ethnicity pers_dob pers_death_date"
        " pers_upn_unknown",
        "ssd_cla_episodes": "clae_cla_episode_id clae_person_id clae_cla_placement_id clae_cla_id"
        " clae_cla_episode_start_date clae_cla_episode_start_reason clae_cla_primary_need_code"
        " clae_cla_episode_ceased_date clae_cla_episode_ceased_reason clae_entered_care_date"
        " clae_cla_last_iro_contact_date",
        "ssd_cla_placement": "clap_cla_placement_id clap_cla_id clap_person_id"
        " clap_cla_placement_start_date clap_cla_placement_end_date clap_cla_placement_type"
        " clap_cla_placement_provider clap_cla_placement_urn clap_cla_placement_distance"
        " clap_cla_placement_change_reason clap_cla_placement_postcode",
        "ssd_legal_status": "lega_legal_status_id lega_person_id lega_legal_status"
        " lega_legal_status_start_date lega_legal_status_end_date",
        "ssd_cla_reviews": "clar_cla_review_id clar_cla_id clar_cla_review_due_date"
        " clar_cla_review_date clar_cla_review_cancelled clar_cla_review_participation",
        "ssd_cla_visits": "clav_cla_visit_id clav_cla_id clav_person_id clav_cla_visit_date"
        " clav_cla_visit_seen clav_cla_visit_seen_alone",
        "ssd_cla_care_plan": "lacp_table_id lacp_person_id lacp_cla_care_plan_start_date"
        " lacp_cla_care_plan_end_date",
        "ssd_cla_health": "clah_health_check_id clah_person_id clah_health_check_type"
        " clah_health_check_date clah_health_check_status",
        "ssd_sdq_scores": "csdq_table_id csdq_person_id csdq_sdq_completed_date csdq_sdq_score"
        " csdq_sdq_reason",
        "ssd_missing": "miss_table_id miss_person_id miss_missing_episode_start_date"
        " miss_missing_episode_end_date miss_missing_episode_type miss_missing_rhi_offered"
        " miss_missing_rhi_accepted",
        "ssd_immigration_status": "immi_immigration_status_id immi_person_id"
        " immi_immigration_status immi_immigration_status_start_date"
        " immi_immigration_status_end_date",
        "ssd_cp_plans": "cppl_cp_plan_id cppl_person_id cppl_cp_plan_start_date"
        " cppl_cp_plan_end_date cppl_cp_plan_ola",
        "ssd_involvements": "invo_involvements_id invo_professional_id invo_professional_role_id"
        " invo_professional_team invo_person_id invo_involvement_start_date"
        " invo_involvement_end_date",
        "ssd_professionals": "prof_professional_id prof_professional_job_title"
        " prof_full_time_equivalency prof_professional_caseload",
        "ssd_pre_proceedings": "prep_table_id prep_person_id prep_court_reference"
        " prep_care_pro_letter_date",
        "ext_pep": "person_id meeting_date completed_date source",
        "ext_yot": "person_id start_date end_date intervention_type",
        "ext_ehcp": "person_id start_date ceased_date",
        "ext_workflow": "person_id task started_date completed_date",
        "ext_staff": "professional_id role grade contracted_fte team start_date end_date"
        " absent_from absent_to",
        "ext_iro_activity": "review_id person_id iro_id report_date decisions_completed_date"
        " decisions_distributed_date minutes_distributed_date midway_date qc_form_date qc_grade"
        " lifestory iro_visit_date iro_visit_mode escalation_date escalation_stage"
        " escalation_theme escalation_id",
        "ext_placement_cost": "placement_id weekly_cost start_date end_date",
        "ext_budget": "line financial_year budget actual_to_date actual",
    },
    "fostering": {
        "ext_foster_household": "household_id first_approval_date approval_date carer_type"
        " approved_places on_hold_from on_hold_to reg24_start reg24_end end_date end_route"
        " end_reason main_carer_dob",
        "ext_foster_visit": "household_id visit_date visit_type",
        "ext_foster_review": "household_id review_date",
        "ext_foster_enquiry": "enquiry_id household_id first_contact_date channel info_visit_date"
        " followup_visit_date application_date closed_date closure_reason",
        "ext_panel": "panel_date panel_type person_id carer_source outcome meeting_id",
        "ext_capacity": "setting setting_type beds opened_date closed_date on_hold ofsted_grade"
        " inspection_date",
        "ext_foster_placement": "placement_id household_id",
    },
    "adoption": {
        "ssd_permanence": "perm_table_id perm_person_id perm_cla_id perm_adm_decision_date"
        " perm_placement_order_date perm_matched_date perm_placed_for_adoption_date"
        " perm_adopted_by_carer_flag perm_placed_foster_carer_date perm_placed_ffa_cp_date"
        " perm_decision_reversed_date perm_permanence_order_date perm_permanence_order_type",
        "ext_adoption_tracker": "person_id shobpa_date placement_order_date match_date placed_date"
        " order_date source_date",
    },
    "care_leavers": {
        "ssd_care_leavers": "clea_person_id clea_care_leaver_eligibility clea_care_leaver_in_touch"
        " clea_care_leaver_latest_contact clea_care_leaver_accommodation"
        " clea_care_leaver_accom_suitable clea_care_leaver_activity"
        " clea_pathway_plan_review_date clea_care_leaver_allocated_team",
        "ext_pathway_plan": "person_id plan_date plan_type",
    },
}
"""Family, table and the table's columns in the order of its rows."""


def columns_of(family: str, table: str) -> tuple[str, ...]:
    """Return the column names of a table in the order of its rows."""
    return tuple(FAMILIES[family][table].split())

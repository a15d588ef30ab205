"""How each measure is said in a sentence.

`{value}` is the figure, `{of}` the people behind it in brackets, `{over}` how many an average is
made from, `{when}` the period. `<child|children>` is the first word for 1 and the second otherwise.
"""

SENTENCES = {
    "lac_count": "{value} <child was|children were> looked after {when}",
    "lac_count_pending_discharge": (
        "{value} <child|children> with a discharge under way <was|were> still counted as looked"
        " after {when}"
    ),
    "lac_rate_10k": "{value} in every 10,000 children in the area were looked after {when}{of}",
    "lac_rate_10k_dfe": (
        "On the population that the Department for Education divides by, {value} in every 10,000"
        " children in the area were looked after {when}{of}"
    ),
    "lac_age_band_share": "{value} of children in care{of} are counted by age {when}",
    "lac_legal_status_share": "{value} of children in care{of} are counted by legal status {when}",
    "lac_uasc": (
        "{value} unaccompanied asylum seeking <child was|children were> looked after {when}"
    ),
    "admissions": "There <was|were> {value} <admission|admissions> to care {when}",
    "admissions_children": "{value} <child|children> came into care at least once {when}",
    "admission_average_age": (
        "Children who came into care {when} were {value} years old on average{over}"
    ),
    "ceased": "{value} <child|children> left care {when}",
    "ceased_children": "{value} <child|children> left care at least once {when}",
    "ceased_by_reason": "{value} <child|children> left care, for all reasons together, {when}",
    "ceased_permanence_pct": (
        "{value} of those who left care {when}{of} were adopted or left under a special"
        " guardianship or child arrangements order"
    ),
    "sgo_started": (
        "{value} special guardianship <order was|orders were> made {when} for children who"
        " had been in care"
    ),
    "sgo_cao_granted": (
        "{value} special guardianship or child arrangements <order was|orders were> granted"
        " {when} for children who had been in care"
    ),
    "ceased_sgo_pct": (
        "{value} of those who left care {when}{of} left under a special guardianship order"
    ),
    "ceased_sgo_cao": (
        "{value} <child|children> left care under a special guardianship or child arrangements"
        " order {when}"
    ),
    "adopted_pct_of_ceased": "{value} of those who left care {when}{of} were adopted",
    "care_plan_up_to_date_pct": "{value} of children in care{of} had an up to date plan {when}",
    "reviews_in_timescale_pct": "{value} of reviews{of} were held on time {when}",
    "visits_up_to_date_nms_pct": (
        "{value} of children in care{of} had been visited within the national standard {when}"
    ),
    "visits_up_to_date_local_pct": (
        "{value} of children in care{of} had been visited within the council’s own standard {when}"
    ),
    "visits_reg28_strict_pct": (
        "{value} of children in care{of} had been visited as regulation 28 has it, to the letter,"
        " {when}"
    ),
    "pathway_plan_has_pct": (
        "{value} of young people in care and care leavers{of} who should have a pathway plan had"
        " one {when}"
    ),
    "pathway_plan_up_to_date_pct": (
        "{value} of young people in care and care leavers{of} had an up to date pathway plan {when}"
    ),
    "pathway_plan_up_to_date_lac_pct": (
        "{value} of young people in care{of} had an up to date pathway plan {when}"
    ),
    "long_term_stability_pct": (
        "{value} of children in care for a long time{of} had been in the same placement for"
        " at least two years {when}"
    ),
    "three_plus_placements_pct": (
        "{value} of children in care{of} had lived in three or more placements {when}"
    ),
    "family_based_pct": "{value} of children in care{of} lived in a family based setting {when}",
    "placed_with_parents_pct": (
        "{value} of children in care{of} lived with a parent or another person with parental"
        " responsibility {when}"
    ),
    "kinship_pct": "{value} of children in care{of} were fostered by relatives or friends {when}",
    "commissioned_pct": (
        "{value} of children in care{of} lived in a placement bought from another provider {when}"
    ),
    "commissioned_16plus": (
        "{value} <child|children> lived in supported accommodation bought from another provider"
        " {when}"
    ),
    "foster_placement_count": (
        "{value} <child|children> in care lived with foster carers who are not relatives or"
        " friends {when}"
    ),
    "foster_placement_pct": (
        "{value} of children in care{of} lived with foster carers who are not relatives or"
        " friends {when}"
    ),
    "health_assessment_up_to_date_pct": (
        "{value} of children in care{of} had an up to date health assessment {when}"
    ),
    "iha_within_20wd_pct": (
        "{value} of first health assessments{of} were done within 20 working days {when}"
    ),
    "dental_up_to_date_pct": (
        "{value} of children in care{of} had an up to date dental check {when}"
    ),
    "lac_yot": "The youth offending team was working with {value} <child|children> in care {when}",
    "lac_missing_children": "{value} <child|children> in care went missing at least once {when}",
    "missing_episodes": "Children in care went missing {value} <time|times> {when}",
    "missing_children_over3": (
        "{value} <child|children> in care went missing more than three times {when}"
    ),
    "pep_has_pct": "{value} of children in care{of} had a personal education plan {when}",
    "pep_up_to_date_termly_pct": (
        "{value} of children in care of school age{of} had an up to date personal education"
        " plan {when}"
    ),
    "lac_ehcp": (
        "{value} <child|children> in care had an education, health and care plan {when}"
    ),
    "care_leavers": "The council was supporting {value} care <leaver|leavers> {when}",
    "cl_suitable_accommodation_pct": (
        "{value} of care leavers{of} lived in suitable accommodation {when}"
    ),
    "cl_suitable_r19_literal": (
        "{value} of care leavers{of} lived anywhere but in custody or bed and breakfast {when}"
    ),
    "cl_eet_pct": "{value} of care leavers{of} were in education, employment or training {when}",
    "cl_former_uasc": (
        "{value} of the care leavers {when} had come into care as <an |>unaccompanied asylum"
        " seeking <child|children>"
    ),
    "foster_households": "{value} <household was|households were> approved to foster {when}",
    "foster_recruited": "{value} foster <household was|households were> newly approved {when}",
    "foster_deregistered": (
        "The approval of {value} foster <household|households> came to an end {when}"
    ),
    "foster_places_created": (
        "Newly approved foster households brought {value} <place|places> for children {when}"
    ),
    "adoptions": "{value} <child was|children were> adopted {when}",
    "adoptions_12m_shobpa_count": (
        "{value} <child was|children were> adopted within 12 months of the decision to place them"
        " {when}"
    ),
    "adoptions_12m_shobpa_pct": (
        "{value} of adoptions{of} came within 12 months of the decision to place the child {when}"
    ),
    "adoption_a1_days": (
        "Children adopted {when} had waited {value} days on average{over} from coming into care to"
        " moving in with their adopters (A1)"
    ),
    "adoption_a10_days": (
        "Children adopted {when} had waited {value} days on average{over} from coming into care to"
        " moving in with the family that adopted them, their foster carers among them (A10)"
    ),
    "adoption_a2_days": (
        "Children adopted {when} had waited {value} days on average{over} from the placement order"
        " to the match with their adopters (A2)"
    ),
    "caseload_max": (
        "The social worker for looked after children with the highest caseload held {value}"
        " <child|children> {when}"
    ),
    "caseload_avg_lac_1_3": (
        "Social workers of looked after teams 1 to 3 held {value} children for each full-time"
        " post{of} {when}"
    ),
    "caseload_avg_lac_1_3_raw_fte": (
        "Social workers of looked after teams 1 to 3 held {value} children for each full-time"
        " post as contracted{of} {when}"
    ),
    "caseload_avg_lac_4_5": (
        "Social workers of looked after teams 4 to 5 held {value} children for each full-time"
        " post{of} {when}"
    ),
    "caseload_avg_lac_4_5_raw_fte": (
        "Social workers of looked after teams 4 to 5 held {value} children for each full-time"
        " post as contracted{of} {when}"
    ),
}  # fmt: skip

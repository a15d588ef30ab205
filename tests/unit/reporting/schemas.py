"""The columns of the public report models."""

from __future__ import annotations

from reporting.rows import COMPARATORS, FIGURES

DEFINITION_TEXTS = (
    "ref", "title", "section", "theme", "definition", "over_whom", "why", "good_is", "bases",
    "headline_basis", "breakdowns", "ref_2015", "ref_2019", "ref_2022_23", "series_breaks",
    "changes", "green", "amber", "red", "caveat", "authority", "source_tables", "owner",
)  # fmt: skip
NUMBERS = ("faults", "new_faults", "fixed_faults", "repaired_faults")
TEXTS = (
    "ref", "title", "section", "theme", "theme_title", "unit", "good_is", "timeline", "change",
    "change_is", "rag", "red", "amber", "green", "benchmark_period", "data_note", "headline_basis",
)  # fmt: skip

CHANGED = ("before", "now", "rows_added", "rows_changed", "rows_removed")
CAUSE = (
    "records_added",
    "records_changed",
    "records_removed",
    "records_late",
    "children",
    "median_days_late",
    "longest_days_late",
)
LATENESS = ("records", "records_late", "median_days", "ninth_decile_days")
MOVEMENT = (
    "months",
    "median",
    "smallest",
    "largest",
    "first_decile",
    "ninth_decile",
    "rose_pct",
    "fell_pct",
    "stayed_pct",
)
PART = ("figure", "numerator", "denominator")
SCHEMAS = {
    "rpt_public_scorecard": (
        "la varchar, indicator_id varchar, section_order integer, theme_order integer,"
        " indicator_order integer, headline_order integer, numerator double, denominator double,"
        " change_amount double, year_change_amount double, "
        + ", ".join(f"{name} varchar" for name in TEXTS) + ", "
        + ", ".join(f"{name} double, {name}_status varchar" for name in FIGURES) + ", "
        + ", ".join(f"{name} double" for name in COMPARATORS)
    ),
    "rpt_public_trend": (
        "la varchar, indicator_id varchar, period_end date, basis varchar, value double,"
        " numerator double, denominator double, status varchar, note varchar"
    ),
    "rpt_public_front": (
        "la varchar, council_name varchar, month varchar, period_end date, previous_month_end date,"
        " snapshot_month varchar, is_as_of boolean, smallest_shown integer,"
        " smallest_denominator integer, disclosure_owner varchar"
    ),
    "rpt_public_note": "la varchar, note_order integer, kind varchar, message varchar",
    "rpt_public_gap": (
        "la varchar, family varchar, table_name varchar, status varchar, reason varchar,"
        " indicators varchar"
    ),
    "rpt_public_extract": (
        "la varchar, family varchar, table_name varchar, file_name varchar, landed_rows bigint,"
        " refused_rows bigint, status varchar"
    ),
    "rpt_public_definition": (
        "la varchar, indicator_id varchar, section_order integer, indicator_order integer,"
        " definition_version integer, "
        + ", ".join(f"{name} varchar" for name in DEFINITION_TEXTS)
    ),
    "rpt_public_dq_impact": (
        "la varchar, indicator_id varchar, title varchar, unit varchar, position integer,"
        " place varchar, issue_ids varchar, is_moved boolean, value_as_recorded double,"
        " value_after_repair double, status varchar, children_affected bigint,"
        " children_status varchar"
    ),
    "rpt_public_dq_issue": (
        "la varchar, issue_id varchar, title varchar, severity varchar, description varchar,"
        " effect varchar, repaired varchar, owner varchar, is_found boolean,"
        " oldest_since varchar, affected_titles varchar, moved_titles varchar, "
        + ", ".join(f"{name} bigint, {name}_status varchar" for name in NUMBERS)
    ),
    "rpt_public_signal": (
        "la varchar, indicator_id varchar, chart varchar, signal varchar, rule varchar,"
        " assurance varchar, months integer, since date, centre double, lower_limit double,"
        " upper_limit double, why varchar, decision varchar"
    ),
    "rpt_public_signal_point": (
        "la varchar, indicator_id varchar, period_end date, centre double, lower_limit double,"
        " upper_limit double, rule varchar, is_new_segment boolean"
    ),
    "rpt_public_changed_figure": (
        "la varchar, indicator_id varchar, title varchar, unit varchar, position integer,"
        " period_end date, basis varchar, reason varchar, definition_version integer, "
        + ", ".join(f"{name} double, {name}_status varchar" for name in CHANGED)
    ),
    "rpt_public_part": (
        "la varchar, indicator_id varchar, breakdown varchar, part varchar, part_order integer,"
        " period_end date, basis varchar, "
        + ", ".join(f"{name} double, {name}_status varchar" for name in PART)
    ),
    "rpt_public_change_cause": (
        "la varchar, indicator_id varchar, period_end date, basis varchar, table_name varchar,"
        " table_title varchar, team varchar, "
        + ", ".join(f"{name} double, {name}_status varchar" for name in CAUSE)
    ),
    "rpt_public_lateness": (
        "la varchar, snapshot_month varchar, table_name varchar, table_title varchar,"
        " team varchar, " + ", ".join(f"{name} double, {name}_status varchar" for name in LATENESS)
    ),
    "rpt_public_movement": (
        "la varchar, indicator_id varchar, unit varchar, position integer, basis varchar,"
        " months_later integer, status varchar, " + ", ".join(f"{name} double" for name in MOVEMENT)
    ),
    "rpt_public_definition_change": (
        "la varchar, indicator_id varchar, title varchar, version integer, from_month varchar,"
        " note varchar, period_end date, basis varchar, "
        + ", ".join(f"{name} double, {name}_status varchar" for name in ("old_value", "new_value"))
    ),
}  # fmt: skip
OFFICERS_ALONE = {
    "rpt_restated_child": (
        "la varchar, indicator_id varchar, period_end date, basis varchar, person_id varchar,"
        " event_id varchar, change varchar, cause varchar, table_name varchar, team varchar,"
        " days_late integer"
    ),
}

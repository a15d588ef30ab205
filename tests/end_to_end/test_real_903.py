"""Real SSDA903 files (of a public project's invented children) through the whole chain.

They lie beside the repository, not in it; without them these tests are skipped.
"""

from __future__ import annotations

import pytest

from .building import Build
from .comparing import answered, differences, recounted
from .inboxes import REAL_903, REAL_903_MONTH

pytestmark = pytest.mark.skipif(
    not (REAL_903 / REAL_903_MONTH).is_dir(), reason="no SSDA903 files beside the repository"
)
LA = "unknown"
NOT_IN_903 = {
    *("lac_count_pending_discharge", "sgo_started", "sgo_cao_granted", "care_plan_up_to_date_pct"),
    *("visits_up_to_date_nms_pct", "visits_up_to_date_local_pct", "visits_reg28_strict_pct"),
    *("pathway_plan_has_pct", "pathway_plan_up_to_date_pct", "pathway_plan_up_to_date_lac_pct"),
    *("health_assessment_up_to_date_pct", "iha_within_20wd_pct", "dental_up_to_date_pct"),
    *("pep_has_pct", "pep_up_to_date_termly_pct", "lac_yot", "lac_ehcp"),
    *("care_leavers", "cl_suitable_accommodation_pct", "cl_suitable_r19_literal", "cl_eet_pct"),
    *("cl_former_uasc", "caseload_max", "caseload_avg_lac_1_3", "caseload_avg_lac_4_5"),
    *("caseload_avg_lac_1_3_raw_fte", "caseload_avg_lac_4_5_raw_fte"),
}


def test_collection_year_counts_as_in_plain_python(build: Build) -> None:
    """The twelve months of the collection year; of a month that the files answer, every figure."""
    computed = build.computed(LA, REAL_903_MONTH)
    recount = recounted(REAL_903, REAL_903_MONTH, answered(REAL_903, REAL_903_MONTH, 11))
    wrong = differences(computed, recount)
    assert not wrong, "\n".join(wrong)
    assert sum(row.status == "ok" for row in computed.values()) > 150


def test_what_903_does_not_hold_is_not_available(build: Build) -> None:
    figures = build.computed(LA, REAL_903_MONTH)
    assert {key[0] for key in figures} >= NOT_IN_903
    for key, row in figures.items():
        if key[0] in NOT_IN_903:
            assert row.value is None
            assert (row.status, row.note) == (
                "not_available",
                "the SSDA903 files do not hold this",
            ), key


def test_what_was_not_delivered_beside_903_is_not_available(build: Build) -> None:
    month = (
        "status, note from fct_computed_value where la = ? and period_end = date '2018-03-31' "
        "and indicator_id = ?"
    )
    assert build.rows(f"select {month}", LA, "foster_households") == [
        ("not_available", "ext_foster_household: no files in 2018-03/fostering/")
    ]
    assert build.rows(f"select {month}", LA, "lac_rate_10k") == [
        ("not_available", "no population estimate published for this council by then")
    ]


def test_what_lies_before_the_collection_year_has_no_figure(build: Build) -> None:
    figures = build.computed(LA, REAL_903_MONTH)
    early = {row.note for key, row in figures.items() if key[1].isoformat() < "2017-04-01"}
    assert "before the extract's history" in early
    assert all(
        row.status == "not_available"
        for key, row in figures.items()
        if key[1].isoformat() < "2017-04-01"
    )

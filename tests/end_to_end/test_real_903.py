"""Real SSDA903 files (of a public project's invented children) through the whole chain.

They lie beside the repository, not in it; without them these tests are skipped.
"""

from __future__ import annotations

import pytest

from .building import Build, month_ends
from .comparing import differences, recounted
from .inboxes import REAL_903, REAL_903_MONTH

pytestmark = pytest.mark.skipif(
    not (REAL_903 / REAL_903_MONTH).is_dir(), reason="no SSDA903 files beside the repository"
)
LA = "unknown"
NOT_IN_903 = {
    "visits_up_to_date_nms_pct",
    "health_assessment_up_to_date_pct",
    "cl_suitable_accommodation_pct",
}


def test_collection_year_counts_as_in_plain_python(build: Build) -> None:
    """The twelve months of the collection year; of a month that the files answer, every figure."""
    computed = build.computed(LA, REAL_903_MONTH)
    recount = recounted(REAL_903, REAL_903_MONTH, month_ends(REAL_903_MONTH, range(12)))
    wrong = differences(computed, recount)
    assert not wrong, "\n".join(wrong)
    assert sum(row.status == "ok" for row in computed.values()) > 150


def test_what_903_does_not_hold_is_not_available(build: Build) -> None:
    figures = build.figures(LA)
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
        "status, note from fct_indicator_value where la = ? and period_end = date '2018-03-31' "
        "and indicator_id = ?"
    )
    assert build.rows(f"select {month}", LA, "foster_households") == [
        ("not_available", "ext_foster_household: no files in 2018-03/fostering/")
    ]
    assert build.rows(f"select {month}", LA, "lac_rate_10k") == [
        ("not_available", "no population estimate published for this council by then")
    ]


def test_what_lies_before_the_collection_year_has_no_figure(build: Build) -> None:
    figures = build.figures(LA)
    early = {row.note for key, row in figures.items() if key[1].isoformat() < "2017-04-01"}
    assert "before the extract's history" in early
    assert all(
        row.status == "not_available"
        for key, row in figures.items()
        if key[1].isoformat() < "2017-04-01"
    )

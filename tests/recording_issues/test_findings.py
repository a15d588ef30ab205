"""What is found of what was typed in: every fault, no sound row, and the right value in its place.

Recall is 100% of every shape. Precision counts what is found in a faulty council and neither was
typed in nor stands in the same council without faults.
"""

from __future__ import annotations

import pytest

from synthetic.faults.catalogue import ISSUES

from .councils import COPIED, FAULTY, MONTH, SOUND, Built, cell_of

LEAST_PRECISION = 0.99
SHAPES = [(issue.issue_id, shape) for issue in ISSUES.values() for shape in issue.faults]
LOOK_ALIKES = [(issue.issue_id, shape) for issue in ISSUES.values() for shape in issue.look_alikes]


@pytest.mark.parametrize(("issue_id", "shape"), SHAPES)
def test_every_shape_of_a_fault_is_found(built: Built, issue_id: str, shape: str) -> None:
    found = built.by_cell(FAULTY, issue_id)
    faults = [one for one in built.faults(FAULTY, issue_id).values() if one.shape == shape]
    assert faults, "nothing was typed in: make the council larger"
    assert not [one for one in faults if cell_of(one) not in found]


@pytest.mark.parametrize(("issue_id", "shape"), LOOK_ALIKES)
def test_a_sound_row_that_looks_like_it_is_not_blamed(
    built: Built, issue_id: str, shape: str
) -> None:
    found = built.by_cell(FAULTY, issue_id)
    sound = [
        one
        for one in built.truths[FAULTY]
        if one.issue_id == issue_id and one.shape == shape and not one.is_fault
    ]
    assert sound, "nothing was typed in: make the council larger"
    assert not [one for one in sound if cell_of(one) in found]


@pytest.mark.parametrize("issue_id", ISSUES)
def test_at_most_one_finding_in_a_hundred_is_no_fault(built: Built, issue_id: str) -> None:
    right = len(built.faults(FAULTY, issue_id))
    blamed = built.blamed(FAULTY, issue_id)
    assert right / (right + len(blamed)) >= LEAST_PRECISION, blamed


@pytest.mark.parametrize("issue_id", ISSUES)
def test_what_is_repaired_gets_its_true_value(built: Built, issue_id: str) -> None:
    assert not built.wrongly_repaired(FAULTY, issue_id)


def test_a_finding_has_a_repair_id_where_and_only_where_it_is_repaired(built: Built) -> None:
    every = [one for findings in built.findings.values() for one in findings]
    assert not [one for one in every if bool(one.repaired_value) != bool(one.repair_id)]


def test_repairs_change_the_rows_of_faults_and_no_others(built: Built) -> None:
    query = (
        "select distinct issue_id, person_id, table_name, row_id "
        "from intermediate.int_repairs where la = ? and snapshot_month = ?"
    )
    natural = set(built.build.rows(query, SOUND, MONTH))
    repaired = set(built.build.rows(query, FAULTY, MONTH)) - natural
    faulty_rows = {
        cell_of(one)[:3] for one in built.truths[FAULTY] if one.is_fault and one.is_repairable
    }
    assert repaired
    assert not {row for row in repaired if row[1:] not in faulty_rows}


def test_children_without_repairs_count_as_recorded(built: Built) -> None:
    cohort = (
        "select indicator_id, period_end, basis, person_id, event_id, category, in_numerator, "
        "amount, base_amount from fct_computed_cohort where la = ? and snapshot_month = ? "
        "and person_id not in (select person_id from intermediate.int_repairs where la = ?)"
    )
    repaired = built.build.rows(cohort, FAULTY, MONTH, FAULTY)
    recorded = built.build.rows(cohort, FAULTY, f"{MONTH} as recorded", FAULTY)
    assert len(repaired) > 10_000
    assert sorted(map(repr, repaired)) == sorted(map(repr, recorded))


def test_fifteen_hundred_copied_end_dates_are_each_found_once(built: Built) -> None:
    faults, found = built.faults(COPIED, "DQ01"), built.found(COPIED, "DQ01")
    assert len(faults) == 1_500
    assert {one.cell for one in found} == set(faults)
    assert len(found) == len(faults)
    assert not built.wrongly_repaired(COPIED, "DQ01")
    repaired = sum(truth.is_repairable for truth in faults.values())
    assert sum(bool(one.repaired_value) for one in found) == repaired == 900
    query = (
        "select distinct issue_id from intermediate.int_repairs where la = ? and snapshot_month = ?"
    )
    assert built.build.rows(query, COPIED, MONTH) == [("DQ01",)]


def test_recall_and_precision_are_told(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"{'issue':6} {'typed in':>8} {'found':>6} {'blamed':>6} {'repaired':>8}"]
    for issue_id in ISSUES:
        faults = built.faults(FAULTY, issue_id)
        found = built.by_cell(FAULTY, issue_id)
        hit = [found[cell] for cell in faults if cell in found]
        repaired = sum(bool(one.repaired_value) for one in hit)
        blamed = len(built.blamed(FAULTY, issue_id))
        lines.append(f"{issue_id:6} {len(faults):8} {len(hit):6} {blamed:6} {repaired:8}")
    with capsys.disabled():
        print("", *lines, sep="\n")
    assert len(lines) == 1 + len(ISSUES)

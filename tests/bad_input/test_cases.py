"""Every broken inbox comes to what its case says, and every message helps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.contract import TABLES

from .case import Case, Gap, Quarantined, Refused, Same
from .catalogue import CASES, PARTS
from .inbox import GOOD, IDS, MONTH
from .landing import Landed, land


@pytest.fixture(scope="module", autouse=True)
def _load_great_expectations_once() -> None:
    import expectations.door  # noqa: F401  (seconds, so not within a case's own time)


@pytest.mark.parametrize("what", CASES)
def test_a_broken_inbox_comes_to_what_its_case_says(
    what: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    case = CASES[what]
    caplog.set_level("DEBUG")
    landed = land(case, tmp_path)
    _CHECKS[type(case.outcome)](case, landed)
    if not isinstance(case.outcome, Refused):
        _others_land(case, landed)
    assert not _names_a_child([*landed.messages, caplog.text])


def test_there_are_at_least_eighty_and_each_says_something_else() -> None:
    assert len(CASES) == sum(len(cases) for cases in PARTS.values())
    assert len(CASES) >= 80


def expected(case: Case) -> list[list[str]]:
    """The good rows of the case's table, in the file's order."""
    if case.file in GOOD:
        return [list(row) for row in GOOD[case.file][1:]]
    return []


def as_facts(case: Case, rows: list[list[str]]) -> list[tuple[str, ...]]:
    written = GOOD[case.file][0]
    at = {name: place for place, name in enumerate(written)}
    columns = [column.name for column in TABLES[case.table].read_columns]
    return sorted(tuple(row[at[one]] if one in at else "" for one in columns) for row in rows)


def _same(case: Case, landed: Landed) -> None:
    assert isinstance(case.outcome, Same)
    rows = expected(case)
    for row, column, value in case.outcome.written:
        if row - 2 == len(rows):
            rows.append(value.split(","))
        else:
            rows[row - 2][GOOD[case.file][0].index(column)] = value
    assert landed.ledger[case.table].status == "landed"
    assert landed.facts[case.table] == as_facts(case, rows)
    assert landed.quarantine == ()


def _quarantined(case: Case, landed: Landed) -> None:
    assert isinstance(case.outcome, Quarantined)
    found = [(r.row_number, r.column_name or "", r.value, r.reason) for r in landed.quarantine]
    assert len(found) == len(case.outcome.lines), found
    for line, (row, column, value, says) in zip(found, case.outcome.lines, strict=True):
        assert line[:2] == (row, column)
        assert says in line[3]
        assert line[2] == value or (value is None and len(line[2] or "") > 1000), line[2]
    assert {(r.file.partition(".")[0], r.effect) for r in landed.quarantine} == {
        (case.table, "row refused")
    }
    lost = {row for row, *_ in case.outcome.lines}
    kept = [row for number, row in enumerate(expected(case), start=2) if number not in lost]
    if kept:
        assert landed.facts[case.table] == as_facts(case, kept)
    assert landed.ledger[case.table].status == "landed"
    assert landed.ledger[case.table].refused_rows == len(lost)


def _gap(case: Case, landed: Landed) -> None:
    assert isinstance(case.outcome, Gap)
    for table in case.outcome.tables or (case.table,):
        entry = landed.ledger[table]
        if case.outcome.says:
            assert entry.status in ("absent", "refused")
            assert case.outcome.says in entry.reason
        assert landed.facts[table] == []


def _refused(case: Case, landed: Landed) -> None:
    assert isinstance(case.outcome, Refused)
    for words in case.outcome.says:
        assert words in "\n".join(landed.told)


_CHECKS = {Same: _same, Quarantined: _quarantined, Gap: _gap, Refused: _refused}


def _others_land(case: Case, landed: Landed) -> None:
    """Nothing but the table of the fault is touched."""
    gone = case.outcome.tables if isinstance(case.outcome, Gap) else ()
    for file in GOOD:
        other = Case("", case.breaks, Same(), file)
        if other.family == case.family and other.table not in (case.table, *gone):
            assert landed.facts[other.table] == as_facts(other, expected(other))


def _names_a_child(texts: list[str]) -> list[str]:
    """No message and no log line holds an identifier: only the quarantine list does."""
    ids = re.compile("|".join(rf"\b{one}\b" for one in (*IDS, "P900", "E900", "Zoë")))
    return [text for text in texts if ids.search(text.replace(str(MONTH), ""))]

"""From the validator's answers to rows: which child, which row, and what we found of the child."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.second_opinion.returns import ReturnFile
from pipeline.second_opinion.validator import Opinion, table_name


@dataclass(frozen=True)
class Finding:
    """One row that one rule says is wrong, in the rule's own words."""

    child: str
    rule: str
    words: str
    table: str
    row: str


@dataclass(frozen=True)
class OurIssue:
    """One finding of ours, as ``restricted/dq_issues.csv`` of the month has it."""

    child: str
    issue: str
    row: str
    detail: str


def findings(opinion: Opinion, files: Iterable[ReturnFile]) -> tuple[Finding, ...]:
    """Return every row found by every rule, by child, rule, table and row."""
    by_name = {table_name(file): file for file in files}
    found = (
        Finding(by_name[name].child(row), rule.code, rule.words, _table(by_name[name]), place)
        for rule in opinion.rules
        for name, rows in rule.found.items()
        if name in by_name
        for row, place in _places(by_name[name], rows)
    )
    # A stable sort: the rows of a rule stay in the order of the file.
    return tuple(sorted(found, key=lambda one: (one.child, one.rule, one.table)))


def our_issues(month_folder: Path) -> tuple[OurIssue, ...] | None:
    """Return what we found in the published month; None where it is not published."""
    path = month_folder / "restricted" / "dq_issues.csv"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_issue(row) for row in csv.DictReader(file))


def _places(file: ReturnFile, rows: Iterable[int]) -> Iterator[tuple[int, str]]:
    return ((row, file.places[row]) for row in rows)


def _table(file: ReturnFile) -> str:
    return f"last year's {file.table}" if file.is_last_year else file.table


def _issue(row: dict[str, str]) -> OurIssue:
    # The leading ' of a text that a spreadsheet would take for a formula is not part of the id.
    child = row["person_id"].removeprefix("'")
    return OurIssue(child, row["issue_id"], row["row_id"], row["detail"].removeprefix("'"))

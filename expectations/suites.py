"""The expectations of one table: the contract's part, the family's rules, the month before.

An expectation of critical severity refuses the table: those of ruling F6 and no others. All else
warns. ``meta["says"]`` is the sentence an officer reads where the expectation is not met.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from math import ceil

from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import (
    ExpectColumnValuesToBeInSet,
)
from great_expectations.expectations.core.expect_column_values_to_be_unique import (
    ExpectColumnValuesToBeUnique,
)
from great_expectations.expectations.core.expect_table_columns_to_match_set import (
    ExpectTableColumnsToMatchSet,
)
from great_expectations.expectations.core.expect_table_row_count_to_be_between import (
    ExpectTableRowCountToBeBetween,
)
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations import adoption, care_leavers, fostering, social_care, ssda903
from expectations.rules import DAYS_UNTIL_THE_EXTRACT, YEARS_OF_HISTORY, FamilyRules
from pipeline.casting import READABLE
from pipeline.contract import Table
from pipeline.month import Month

RULES: dict[str, FamilyRules] = {
    "social_care": social_care.RULES,
    "fostering": fostering.RULES,
    "adoption": adoption.RULES,
    "care_leavers": care_leavers.RULES,
    "ssda903": ssda903.RULES,
}
LEAST_READABLE_SHARE = 0.8
_REFUSE = FailureSeverity.CRITICAL
_WARN = FailureSeverity.WARNING
# Fewer rows than this move too much by chance to compare them with the month before.
_ROWS_WORTH_COMPARING = 50


def suite_of(
    table: Table, month: Month, found: frozenset[str], must_be_found: list[str], rows_before: int
) -> list[Expectation]:
    """Return the expectations of a table whose columns ``found`` were read.

    ``must_be_found`` are its required columns; ``rows_before`` the rows landed the month before.
    """
    rules = RULES[table.family]
    return [
        *_may_it_come_in(table, must_be_found),
        *_types(),
        *_codes(table, rules, found),
        *_dates(table, rules, month, found),
        *_unique(table, found),
        *_row_count(rows_before),
    ]


def _may_it_come_in(table: Table, must_be_found: list[str]) -> Iterator[Expectation]:
    yield ExpectTableColumnsToMatchSet(
        column_set=must_be_found,
        exact_match=False,
        meta={"says": "lacks required columns"},
        severity=_REFUSE,
    )
    if table.required:
        says = "has no row: the extract is empty; take it again"
        yield ExpectTableRowCountToBeBetween(min_value=1, meta={"says": says}, severity=_REFUSE)
    yield ExpectColumnValuesToBeInSet(
        column=READABLE,
        value_set=[True],
        mostly=LEAST_READABLE_SHARE,
        meta={"says": "has more than 20% of rows that cannot be read: see the quarantine list"},
        severity=_REFUSE,
    )


def _types() -> Iterator[Expectation]:
    yield ExpectColumnValuesToBeInSet(
        column=READABLE,
        value_set=[True],
        meta={"says": "has rows that cannot be read: see the quarantine list"},
        severity=_WARN,
    )


def _codes(table: Table, rules: FamilyRules, found: frozenset[str]) -> Iterator[Expectation]:
    for column, codes in rules.codes.get(table.name, {}).items():
        if column in found:
            says = f"has values in {column} that are none of {', '.join(codes)}"
            yield ExpectColumnValuesToBeInSet(
                column=column, value_set=list(codes), meta={"says": says}, severity=_WARN
            )


def _dates(
    table: Table, rules: FamilyRules, month: Month, found: frozenset[str]
) -> Iterator[Expectation]:
    end = datetime.combine(month.last_day, time())
    ahead, back = rules.days_ahead.get(table.name, {}), rules.years_back.get(table.name, {})
    for column in table.columns:
        if column.type != "date" or column.name not in found:
            continue
        latest = end + timedelta(days=ahead.get(column.name, DAYS_UNTIL_THE_EXTRACT))
        earliest = datetime(month.year - back.get(column.name, YEARS_OF_HISTORY), 1, 1)
        says = f"has dates in {column.name} before {earliest:%d/%m/%Y} or after {latest:%d/%m/%Y}"
        yield ExpectColumnValuesToBeBetween(
            column=column.name,
            min_value=earliest,
            max_value=latest,
            meta={"says": says},
            severity=_WARN,
        )


def _unique(table: Table, found: frozenset[str]) -> Iterator[Expectation]:
    for column in table.unique:
        if column in found:
            says = f"has rows that share their {column}"
            yield ExpectColumnValuesToBeUnique(column=column, meta={"says": says}, severity=_WARN)


def _row_count(before: int) -> Iterator[Expectation]:
    if before >= _ROWS_WORTH_COMPARING:
        says = f"has less than half or more than twice the {before} rows of the month before"
        yield ExpectTableRowCountToBeBetween(
            min_value=ceil(before / 2), max_value=before * 2, meta={"says": says}, severity=_WARN
        )

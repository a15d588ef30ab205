"""A real publication: closed where it is about children, and nobody named where it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest

from pipeline.checking.identifiers import dates_in
from tests.privacy.published_output import identifiers_of, names_somebody, too_open

pytestmark = pytest.mark.slow


def identifiers(out):
    lake = out / "private" / "lake"
    (council,) = (path.name.partition("=")[2] for path in (lake / "ledger").iterdir())
    return identifiers_of(lake, council)


def is_month_end(day):
    return (day + timedelta(days=1)).day == 1


def test_all_that_is_not_public_is_closed_to_others(published):
    assert too_open(published[0]) == []


def test_no_public_file_names_a_child_or_a_day_of_birth(published):
    """Days that any pack names are passed over: month ends, and those of a definition."""
    known = identifiers(published[0])
    definitions = (published[0] / "2026-10" / "pack" / "definitions.html").read_text()
    births = known.births - dates_in(definitions)
    known = replace(known, births=frozenset(day for day in births if not is_month_end(day)))
    assert len(known.ids) > 100 and len(known.births) > 100
    assert names_somebody(published[0], known) == []


def test_the_officers_marts_name_nobody(published):
    known = identifiers(published[0])
    path = published[0] / "restricted" / "marts.duckdb"
    with duckdb.connect(str(path), read_only=True) as marts:
        columns = marts.execute(
            "select table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
        values = {
            str(row[0])
            for table, column in columns
            for row in marts.execute(f'select distinct "{column}" from "{table}"').fetchall()
        }
        people = marts.execute(
            "select count(distinct person_id) from fct_indicator_cohort where person_id like 'p-%'"
        ).fetchone()
    assert people[0] > 50
    assert not known.ids & values
    assert not {str(day) for day in known.births} & values

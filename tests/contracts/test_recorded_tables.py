"""The tables whose records explain a changed figure: whole, as the contract has them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import jinja2
import pytest

from pipeline.contract import TABLES
from pipeline.extracts_before import RECORDED
from tests.contracts.test_definitions import FILES, entry_in

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros"
INDICATORS = {path.stem.removeprefix("ind_") for path in FILES}
# They say nothing of one child: who works where.
ABOUT_WORKERS = {"ssd_professionals", "ext_staff"}


def catalogue() -> list[dict[str, Any]]:
    """Return what the macro returns to dbt."""
    found: list[list[dict[str, Any]]] = []
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    macro = (MACROS / "recorded_tables.sql").read_text("utf-8").split("{%- endmacro %}")[0]
    text = macro + "{%- endmacro %}{{ recorded_tables() }}"
    environment.from_string(text, globals={"return": found.append}).render()
    return found[0]


ENTRIES = catalogue()
each_table = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])


def columns_of(entry: dict[str, Any]) -> list[str]:
    """Return every column that an entry names; an id or a day may be named for two reasons."""
    event = entry["event"] or []
    whose = [entry[key] for key in ("person", "household", "care") if key in entry]
    days = [event] if isinstance(event, str) else event
    said = [*entry.get("columns", []), *entry.get("ends", []), *entry.get("left_out", [])]
    assert not [name for name, times in Counter(said).items() if times > 1]
    return [*entry["id"], *whose, *days, *said]


def test_each_table_that_a_figure_needs_is_there_or_about_no_child() -> None:
    needed = {
        table
        for path in FILES
        for table in (*entry_in(path)["needs"], *entry_in(path).get("needs_903", []))
    }
    assert needed - {entry["name"] for entry in ENTRIES} == ABOUT_WORKERS


def test_a_view_of_the_extract_before_is_made_for_each() -> None:
    assert sorted(RECORDED) == sorted(entry["name"] for entry in ENTRIES)


@each_table
def test_its_columns_are_those_of_the_contract(entry: dict[str, Any]) -> None:
    assert set(columns_of(entry)) == {column.name for column in TABLES[entry["name"]].columns}


@each_table
def test_days_are_days_and_it_has_a_title_and_an_owner(entry: dict[str, Any]) -> None:
    event = entry["event"] or []
    days = [event] if isinstance(event, str) else event
    days = [*days, *entry.get("ends", [])[: entry.get("end_days", 1)]]
    assert {TABLES[entry["name"]].column(day).type for day in days} <= {"date"}
    assert entry["title"] and {"person", "household", "care"} & entry.keys()


@each_table
def test_a_figure_that_counts_its_rows_is_an_indicator(entry: dict[str, Any]) -> None:
    assert set(entry.get("counted_in", [])) <= INDICATORS

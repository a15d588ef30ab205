"""``make indicator``: why is this figure what it is, and which children are they?

    python -m pipeline.indicator [ID] [--out DIR] [--month YYYY-MM]

What is not given is read from ID, OUT and MONTH; without an id all indicators are listed. The
owner of the output sees the council's own ids; who may read the officers' marts alone sees
pseudonyms, and is told so. It writes nothing.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from pipeline import results
from pipeline.dbt_build import DBT_PROJECT
from pipeline.indicator_facts import (
    IndicatorFacts,
    Marts,
    NothingToShow,
    Row,
    figure_before,
    is_a_state,
    members_met,
    who,
)

DEFAULT_OUT = "build"
_WIDTH_OF_A_FILE = 120
_NONE = "-"
_ABOUT = (
    ("over_whom", "Over whom"),
    ("why", "Why it matters"),
    ("caveat", "What to know"),
    ("authority", "Rule"),
    ("source_tables", "Made from"),
    ("owner", "Answers for it"),
)


def main(arguments: Sequence[str] | None = None, stream: TextIO | None = None) -> int:
    """Print what there is to know about the figure asked for; return the exit status."""
    asked = _read_arguments(arguments)
    printer = _Printer(stream or sys.stdout)
    try:
        marts = Marts(Path(asked.out or DEFAULT_OUT))
        if asked.id:
            printer.facts(marts.facts(asked.id, asked.month))
        else:
            printer.catalogue(marts.catalogue())
    except NothingToShow as reason:
        printer.line(str(reason))
        return 1
    return 0


def sql_file(indicator_id: str, project: Path = DBT_PROJECT) -> Path | None:
    """Return the file that says who counts; none where this version has no such indicator."""
    found = sorted((project / "models" / "indicators").glob(f"*/ind_{indicator_id}.sql"))
    return found[0] if found else None


class _Printer:
    """Prints the parts of the answer, on a terminal as wide as it is."""

    def __init__(self, stream: TextIO) -> None:
        width = None if stream.isatty() else _WIDTH_OF_A_FILE
        self._console = Console(
            file=stream, width=width, highlight=False, markup=False, emoji=False
        )

    def line(self, text: str = "") -> None:
        self._console.print(text, soft_wrap=True)

    def catalogue(self, entries: Iterable[Row]) -> None:
        table = _table("indicator", "title", "section")
        for entry in entries:
            _add(table, entry["indicator_id"], entry["title"], entry["section"])
        self._console.print(table)
        self.line()
        self.line("One of them: make indicator ID=... [MONTH=2026-10] [OUT=build]")

    def facts(self, facts: IndicatorFacts) -> None:
        self._meaning(facts.catalogue)
        self._sql(str(facts.catalogue["indicator_id"]))
        self._figures(facts)
        self._judgement(facts)
        self._what_changed(facts)
        self._members(facts)

    def _meaning(self, entry: Row) -> None:
        refs = (entry["ref_2022_23"], entry["ref_2019"], entry["ref_2015"])
        ref = next((f"{one} " for one in refs if one), "")
        self._head(f"{ref}{entry['title']} ({entry['indicator_id']})")
        self._console.print(str(entry["definition"]))
        table = _table("", "", headed=False)
        for name, label in _ABOUT:
            if entry[name]:
                _add(table, label, entry[name])
        self._console.print(table)

    def _sql(self, indicator_id: str) -> None:
        path = sql_file(indicator_id)
        if path is None:
            self._head("SQL: not in this version of the project")
            return
        self._head(f"SQL: {path.relative_to(DBT_PROJECT.parent)}")
        self.line(path.read_text("utf-8").rstrip())

    def _figures(self, facts: IndicatorFacts) -> None:
        self._head(f"Figures of {facts.month}")
        numbers = ("month before", "value", "numerator", "denominator")
        table = _table("basis", "period end", "part", *numbers, "status", "note", right=numbers)
        headline = facts.catalogue["headline_basis"]
        for row in sorted(facts.figures, key=lambda row: row["basis"] != headline):
            before = figure_before(row, facts.figures_before)
            people = (_plain(row["numerator"]), _plain(row["denominator"]))
            values = (_value(before), _value(row), *people)
            about = (row["basis"], row["period_end"], row["breakdown"])
            _add(table, *about, *values, row["status"], row["note"])
        self._console.print(table)

    def _judgement(self, facts: IndicatorFacts) -> None:
        card = facts.scorecard
        if not card:
            self.line(
                "No target or rating: only a line of the published month's scorecard has one."
            )
            return
        limits = [f"{kind} {card[kind]}" for kind in ("green", "amber", "red") if card[kind]]
        self.line(f"Target: {', '.join(limits) or 'none set'} (good is {card['good_is']})")
        self.line(f"Rating: {card['rag'] or 'none'}")
        self.line(f"Change on the month before: {_change(card)}")
        if card["data_note"]:
            self.line(f"Note: {card['data_note']}")

    def _what_changed(self, facts: IndicatorFacts) -> None:
        for row in facts.restatements:
            part = f", {row['breakdown']}" if row["breakdown"] else ""
            unit = {"unit": row["unit"]}
            values = (
                results.published(row[name], unit) or _NONE
                for name in ("previous_value", "current_value")
            )
            self.line(
                f"Restated by the extract of {row['snapshot_month']} ({row['basis']}{part}): from "
                f"{' to '.join(values)}; rows {row['rows_added']} added, "
                f"{row['rows_changed']} changed, {row['rows_removed']} removed"
            )
        if not facts.restatements:
            self.line("No extract restated a figure of this month.")

    def _members(self, facts: IndicatorFacts) -> None:
        if not facts.members:
            self._head("Behind it: no rows")
            return
        met = sum(bool(row["in_numerator"]) for row in facts.members)
        self._head(f"Behind it: {met} of {len(facts.members)} rows are in the numerator")
        if facts.are_pseudonyms:
            self.line(_PSEUDONYMS)
        compared = is_a_state(facts.headline) and bool(facts.members_before)
        extra = [n for n in _EXTRA if any(row[n] is not None for row in facts.members)]
        names = ("person_id", "event_id", "in_numerator", *extra)
        table = _table(*names, *(("month_before",) if compared else ()))
        earlier = {who(row): row for row in facts.members_before}
        for row in _in_order(facts):
            cells = [row[name] for name in names]
            if compared:
                cells.append(
                    earlier[who(row)]["in_numerator"] if who(row) in earlier else "not there"
                )
            _add(table, *cells)
        self._console.print(table)
        if compared:
            self._came_and_went(facts)

    def _came_and_went(self, facts: IndicatorFacts) -> None:
        now, before = members_met(facts.members), members_met(facts.members_before)
        self.line()
        self.line(f"New in the numerator: {', '.join(sorted(now - before)) or 'none'}")
        self.line(f"No longer in it: {', '.join(sorted(before - now)) or 'none'}")

    def _head(self, text: str) -> None:
        self.line()
        self._console.print(Text(text, style="bold"), soft_wrap=True)


_PSEUDONYMS = (
    "The ids are pseudonyms: you read the officers' marts. Whoever publishes the pack can ask "
    "again and see the council's own ids."
)
_EXTRA = ("category", "further_category", "amount", "base_amount")


def _in_order(facts: IndicatorFacts) -> list[Row]:
    """Return first the rows to ask about: where high is good, those that do not meet it."""
    asked_first = facts.catalogue["good_is"] != "high"
    return sorted(facts.members, key=lambda row: bool(row["in_numerator"]) != asked_first)


def _value(row: Row) -> str:
    if not row:
        return _NONE
    if row["status"] != "ok":
        return "not available"
    if row["published_value"] is None:
        return "nobody to count"
    return results.published(row["published_value"], row) + (
        "%" if row["unit"] == "percent" else ""
    )


def _change(card: Row) -> str:
    words = [str(card["change"] or "not known")]
    if card["change_is"] in ("better", "worse"):
        words.append(str(card["change_is"]))
    return ", ".join(words)


def _plain(value: object) -> str:
    return results.plain(value, {}) or _NONE


def _table(*names: str, headed: bool = True, right: Sequence[str] = ()) -> Table:
    columns = [
        Column(name, overflow="fold", justify="right" if name in right else "left")
        for name in names
    ]
    return Table(*columns, box=None, show_header=headed, pad_edge=False)


def _add(table: Table, *cells: object) -> None:
    words = {None: "", True: "yes", False: "no"}
    texts = (words.get(cell, cell) if isinstance(cell, bool | None) else cell for cell in cells)
    table.add_row(*(Text(str(text)) for text in texts))


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pipeline.indicator", description="Explain one figure.")
    given = os.environ
    parser.add_argument("id", nargs="?", default=given.get("ID", ""), help="such as lac_count")
    parser.add_argument("--out", default=given.get("OUT", ""), help="published folder: build/")
    parser.add_argument("--month", default=given.get("MONTH", ""), help="2026-10; else the newest")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

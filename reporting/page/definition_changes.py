"""What changed in a definition, and its figures before the change beside those after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reporting import wording
from reporting.history.rows import DefinitionChange
from reporting.page.measures import Cell, cell
from reporting.rows import SUPPRESSED, Definition, PackRows
from reporting.source import listed

_FROM = re.compile(r"^(Version \d+) from (\d{4}-\d\d): ")
_ALL_HIDDEN = (
    "The figures before version {0} and under it are hidden: too few lie between them, or behind"
    " them, to be shown side by side."
)


@dataclass(frozen=True)
class TwoReadings:
    """One month of a measure, before a change of its definition and after it."""

    month: str
    before: Cell
    after: Cell


@dataclass(frozen=True)
class Comparison:
    """The months of one change, the latest first; a sentence in their place where all hide."""

    version: str
    rows: tuple[TwoReadings, ...]
    sentence: str


def what_changed(row: Definition) -> str:
    """`Version 2, since the pack of November 2026: Short stays count.` Empty where nothing did."""
    told = (_FROM.sub(_since, one) for one in listed(row.changes))
    return " ".join(wording.sentence(one) for one in told)


def comparisons(rows: PackRows, row: Definition) -> tuple[Comparison, ...]:
    """Each change of a definition of which figures of both versions are known, the last first."""
    mine = [one for one in rows.history.definition_changes if one.indicator_id == row.indicator_id]
    mine.sort(key=lambda one: (one.version, one.period_end, one.basis), reverse=True)
    units = {one.indicator_id: one.unit for one in rows.indicators}
    unit = units.get(row.indicator_id, "count")
    return tuple(
        _comparison(version, tuple(months), row.headline_basis, unit)
        for version, months in groupby(mine, key=lambda one: one.version)
    )


def _comparison(
    version: int, months: Sequence[DefinitionChange], headline_basis: str, unit: str
) -> Comparison:
    if all(one.old_value.status == SUPPRESSED for one in months):
        return Comparison(f"version {version}", (), _ALL_HIDDEN.format(version))
    readings = tuple(
        TwoReadings(
            _month(one, headline_basis), cell(one.old_value, unit), cell(one.new_value, unit)
        )
        for one in months
    )
    return Comparison(f"version {version}", readings, "")


def _month(one: DefinitionChange, headline_basis: str) -> str:
    month = wording.month_year(one.period_end)
    if one.basis == headline_basis:
        return month
    return f"{month}, {wording.within(wording.BASES[one.basis][0])}"


def _since(found: re.Match[str]) -> str:
    return f"{found[1]}, since the pack of {wording.month_name(found[2])}: "

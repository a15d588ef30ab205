"""Hold the warehouse's figures against the plain-Python recount, in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.settings import SHIPPED_REFERENCE
from tests.recount.catalogue import MEASURES
from tests.recount.figures import recount, term_ends
from tests.recount.values import Figure, Number

from .building import Key, Row, month_ends

# What the recount does not know: how far back the records go, and what is kept only as of now.
KEPT_AS_OF_NOW = {measure.indicator_id for measure in MEASURES if measure.kept_as_of_now}
NOT_FOR_THE_RECOUNT = (
    "before the extract's history",
    "kept only as of now, and no extract of this month was landed",
)


def recounted(inbox: Path, month: str, period_ends: Sequence[date]) -> dict[Key, Figure]:
    """The figures of one extract, counted again one child at a time."""
    return recount(inbox, month, period_ends, SHIPPED_REFERENCE)


def answered(inbox: Path, month: str, months_back: int) -> list[date]:
    """The period ends of a snapshot: its month, those before it, the terms that ended then."""
    ends = month_ends(month, range(months_back + 1))
    return sorted({*ends, *term_ends(inbox, month, months_back, SHIPPED_REFERENCE)})


def differences(computed: dict[Key, Row], recount_of_it: dict[Key, Figure]) -> list[str]:
    """Every figure that differs, or that only one of the two has; empty where they agree."""
    ends = {period_end for _, period_end, _, _ in recount_of_it}
    ours = {
        key: row
        for key, row in computed.items()
        if key[1] in ends and row.note not in NOT_FOR_THE_RECOUNT
    }
    unasked = {
        key for key, row in computed.items() if row.note in NOT_FOR_THE_RECOUNT and key not in ours
    }
    theirs = {key: one for key, one in recount_of_it.items() if not _unasked(key, unasked)}
    return [
        f"{' '.join(map(str, key))}: warehouse {ours.get(key)}, recount {theirs.get(key)}"
        for key in sorted({*ours, *theirs})
        if not _is_same(key, ours.get(key), theirs.get(key))
    ]


def _unasked(key: Key, unasked: set[Key]) -> bool:
    """Whether a figure has no value by decree; its parts then have no row at all."""
    indicator_id, period_end, basis, _ = key
    return (indicator_id, period_end, basis, "") in unasked


def _is_same(key: Key, row: Row | None, figure: Figure | None) -> bool:
    if row is not None and figure is None:
        return key[0] in KEPT_AS_OF_NOW and row.status == "not_available"
    if row is None or figure is None:
        return False
    if row.status != figure.status:
        return False
    pairs = (
        (row.value, figure.value),
        (row.numerator, figure.numerator),
        (row.denominator, figure.denominator),
    )
    return all(_is_equal(ours, theirs) for ours, theirs in pairs)


def _is_equal(ours: float | None, theirs: Number | None) -> bool:
    """Whether two numbers are one; sums of hours and years are fractions there and floats here."""
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return abs(ours - float(theirs)) <= 1e-9 * max(1, abs(ours))

"""Reads the SSDA903 files: the same facts as far as they hold them (F8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from .dates import Span
from .extract import Decision, Extract, Review
from .reading import read_date, read_table
from .reference import is_yes


def read_903(extract: Extract, folder: Path) -> None:
    """Read one month's ``ssda903`` folder."""
    header = read_table(folder, "header")
    extract.episode_rows = None if header is None else read_table(folder, "episodes")
    for row in header or []:
        extract.births.setdefault(row["child"], read_date(row["dob"]))
    reviews = read_table(folder, "reviews")
    if reviews is not None:
        extract.reviews = [
            Review(row["child"], "", day) for row in reviews if (day := read_date(row["review"]))
        ]
    _read_uasc(extract, folder)
    _read_missing(extract, folder)
    if read_table(folder, "ad1") is not None:
        extract.decisions = [*_should_be_placed(folder), *_adopted(folder)]


def _read_uasc(extract: Extract, folder: Path) -> None:
    """A child is unaccompanied up to the date in DUC; the file does not say from when."""
    rows = read_table(folder, "uasc")
    if rows is not None:
        extract.uasc = defaultdict(list)
        for row in rows:
            extract.uasc[row["child"]].append(Span(date.min, read_date(row["duc"])))


def _read_missing(extract: Extract, folder: Path) -> None:
    rows = read_table(folder, "missing")
    if rows is None:
        return
    extract.missing = defaultdict(list)
    for row in rows:
        start = read_date(row["mis_start"])
        kind = extract.reference.word("missing_type", row["missing"]).lower()
        if start is not None and kind in ("m", "missing"):
            extract.missing[row["child"]].append(Span(start, read_date(row["mis_end"])))


def _should_be_placed(folder: Path) -> Iterable[Decision]:
    """SBPFA: when it was decided that a child should be placed, and when no longer."""
    for row in read_table(folder, "sbpfa", "placed_for_adoption") or []:
        yield Decision(
            row_id=f"0{row['_row']}",
            person=row["child"],
            decided=read_date(row["date_placed"]),
            reversed_on=read_date(row["date_placed_ceased"]),
        )


def _adopted(folder: Path) -> Iterable[Decision]:
    """AD1: decision and match of the children adopted; of two on a day this one speaks."""
    for row in read_table(folder, "ad1") or []:
        yield Decision(
            row_id=f"1{row['_row']:>12}",
            person=row["child"],
            decided=read_date(row["date_int"]),
            matched=read_date(row["date_match"]),
            is_by_carer=is_yes(row["foster_care"]),
        )

"""Figures, dates and statuses in plain English.

A figure is written the same way wherever it stands (C18: one decimal, counts whole), and a hidden
or absent one has words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from reporting.rows import (
    NOT_AVAILABLE,
    SHOWN,
    SUPPRESSED,
    Definition,
    Extract,
    Figure,
    Front,
    Gap,
    Indicator,
    TrendPoint,
)

HIDDEN = "hidden"
NARROW_SPACE = "\u202f"
UNAVAILABLE = "not available"
NOBODY = "nobody to count"
GOOD_IS = {
    "high": "Higher is better",
    "low": "Lower is better",
    "range": "Best within a range",
    "info": "For information",
}
RATINGS = {"green": "Green", "amber": "Amber", "red": "Red", "": "No rating"}
NO_TARGET = "No target"
DIRECTIONS = {"up": "Up", "down": "Down", "same": "No change"}
FAMILIES = {
    "social_care": "Children’s social care",
    "fostering": "Fostering",
    "adoption": "Adoption",
    "care_leavers": "Care leavers",
    "ssda903": "SSDA903 return",
    "reference": "Reference lists",
}
# The periods a figure may speak of (C3): a name and what it means. In the order they are listed.
BASES = {
    "month_end": ("At the month end", "How things stood on the last day of the month."),
    "in_month": ("In the month", "What happened from the first to the last day of the month."),
    "fytd": ("Year to date", "What happened from 1 April to the last day of the month."),
    "fy": ("Financial year", "What happened from 1 April to 31 March; given for March only."),
    "rolling_12m": ("Rolling 12 months", "The 12 months up to the last day of the month."),
    "quarter": ("Quarter", "The three months up to the last day of the month."),
    "term": ("School term", "The latest school term that had ended by the end of the month."),
}
EDITIONS = (("ref_2015", "May 2015"), ("ref_2019", "February 2019"), ("ref_2022_23", "2022/23"))
_BREAK = "Break in series from "
_NOTES = {
    "backfilled": "worked out later, from the first extract",
    "before the extract's history": "before the records in the extract begin",
    "nobody to count": "nobody to count",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """The movement on the month before: a direction and a judgement, never one for the other."""

    direction: str
    word: str
    judgement: str


def number(value: float, unit: str) -> str:
    """A figure as printed: `1,204`, `83.5%`, `97.1`."""
    if unit == "count":
        return f"{value:,.0f}"
    return f"{value:,.1f}%" if unit == "percent" else f"{value:,.1f}"


def plain(value: float) -> str:
    """A number of people or days as it is: whole without decimals, else with one."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def whole_days(days: float) -> str:
    """The whole days within which something happened: what took 39.5 took no more than `40`."""
    return f"{ceil(days):,}"


def figure(shown: Figure | TrendPoint, unit: str, none: str = "") -> str:
    """A figure, or the words that stand for a hidden, absent or impossible one."""
    if shown.status == SHOWN:
        return NOBODY if shown.value is None else number(shown.value, unit)
    return {SUPPRESSED: HIDDEN, NOT_AVAILABLE: UNAVAILABLE}.get(shown.status, none)


def out_of(numerator: float | None, denominator: float | None, unit: str) -> str:
    """The people behind a percentage, rate or average; empty where there is nothing to add."""
    if unit == "count" or denominator is None:
        return ""
    if unit in ("days", "years"):
        return f"average of {plain(denominator)}"
    if numerator is None:
        return ""
    if unit == "children_per_fte":
        return f"{plain(numerator)} for {plain(denominator)} FTE"
    return f"{plain(numerator)} of {plain(denominator)}"


def change(indicator: Indicator) -> Change | None:
    """The movement on last month in words; None where either month is not shown (ruling F1)."""
    word = DIRECTIONS.get(indicator.change)
    if word is None:
        return None
    judgement = indicator.change_is if indicator.change_is in ("better", "worse") else ""
    return Change(indicator.change, word, judgement)


def thresholds(row: Indicator | Definition) -> tuple[tuple[str, str], ...]:
    """The limits of each rating that has one, as they are written."""
    printed = (("green", row.green), ("amber", row.amber), ("red", row.red))
    return tuple((kind, text) for kind, text in printed if text)


def long_date(day: date) -> str:
    """`31 October 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_year(day: date) -> str:
    """`October 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def known(front: Front) -> str:
    """`October 2026`; `August 2026 as known in October 2026` where it is not the published pack."""
    month = month_year(front.period_end)
    return f"{month} as known in {month_name(front.snapshot_month)}" if front.is_as_of else month


def as_of(front: Front) -> str:
    """What every form says of a month as a later extract has it; else nothing."""
    return f"{known(front)}. This is not the published pack." if front.is_as_of else ""


def edition(label: str, front: Front) -> str:
    """The label of an edition, which stands on every page; it says where it is not published."""
    if not front.is_as_of:
        return label
    return f"As known in {month_name(front.snapshot_month)}, not the published pack. {label}"


def short_month(day: date) -> str:
    """`Oct 2026`."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def last_of_month(day: date, months_back: int) -> date:
    """The last day of the month so many months before the month of `day`."""
    months = day.year * 12 + day.month - 1 - months_back + 1
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def previous_year_end(day: date) -> date:
    """The 31 March before `day` (ruling F14)."""
    this_year = date(day.year, 3, 31)
    return this_year if this_year < day else date(day.year - 1, 3, 31)


def year_to_date(day: date) -> str:
    """`April to October 2026`, the part of the financial year that has passed (C3)."""
    start = day.year if day.month > 3 else day.year - 1
    if day.month == 4:
        return f"April {start}"
    first = "April" if start == day.year else f"April {start}"
    return f"{first} to {month_year(day)}"


def period_of(basis: str, period_end: date) -> str:
    """The time a figure of this basis speaks of, within a sentence (C3)."""
    return {
        "term": f"at the latest end of term before {long_date(period_end)}",
        "in_month": f"in {month_year(period_end)}",
        "fytd": f"in the year so far ({year_to_date(period_end)})",
        "rolling_12m": f"in the 12 months to {long_date(period_end)}",
        "fy": f"in the year to {long_date(period_end)}",
    }.get(basis, f"at {long_date(period_end)}")


def gap(missing: Gap) -> str:
    """What did not come, or was refused, why, and what the page lacks because of it."""
    family = FAMILIES.get(missing.family, missing.family)
    happened = "was refused" if missing.status == "refused" else "did not arrive"
    reason = missing.reason.rstrip(".")
    if missing.table_name:
        said = f"{family}: the file {missing.table_name} {happened}"
        said += f" ({reason})." if reason else "."
    else:
        said = f"{family}: {reason}."
    if missing.indicators:
        said += f" Not available because of this: {'; '.join(missing.indicators)}."
    return said


def note(text: str, start: bool = True) -> str:
    """A note of the models in plain words, with a capital where it starts a sentence."""
    words = _NOTES.get(text, text)
    return words[:1].upper() + words[1:] if start else words


def bases(definition: Definition) -> tuple[tuple[str, str], ...]:
    """Id and name of each period the figure is given for, in the order of the list of periods."""
    given = definition.bases.split(", ")
    return tuple((basis, name) for basis, (name, _) in BASES.items() if basis in given)


def since_when(definition: Definition) -> str:
    """The editions of the scorecard that have the measure, each with its reference there."""
    found = [
        (edition, getattr(definition, column).replace(" (", ", ").replace(")", ""))
        for column, edition in EDITIONS
        if getattr(definition, column)
    ]
    if not found:
        return "Published beside the scorecard; no edition has a line for it."
    (edition, reference), *later = found
    said = f"{edition} scorecard ({reference})"
    then = " and ".join(f"{edition} ({reference})" for edition, reference in later)
    return f"{said}, then {then}" if then else said


def in_words(count: float) -> str:
    """A number of things in a sentence: up to ten in words."""
    return _NUMBERS[int(count)] if 0 <= count <= 10 else f"{count:,.0f}"


def within(text: str) -> str:
    """A heading as it stands within a sentence: `Late visits` is `late visits`, `P1` stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def start(text: str) -> str:
    """A text as it starts a sentence."""
    return text[:1].upper() + text[1:]


def and_list(names: Sequence[str]) -> str:
    """`August`, `August and September`, `July, August and September`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def breaks(text: str) -> tuple[str, ...]:
    """The breaks of a series, each on its own; the catalogue joins them with semicolons."""
    parts = re.split(rf";\s*(?={_BREAK})", text.strip())
    return tuple(part for part in parts if part)


def series_break(text: str) -> str:
    """`Break in series from December 2018: more young people are counted.`"""
    told = re.sub(rf"^({_BREAK})(\d{{4}}-\d\d)", lambda m: m[1] + month_name(m[2]), text)
    return sentence(told)


def break_month(text: str) -> date | None:
    """The end of the month from which a series is broken; None where no month is named."""
    found = re.match(rf"{_BREAK}(\d{{4}}-\d\d)", text)
    return month_end(found[1]) if found else None


def sentence(text: str) -> str:
    """A text of the catalogue with its full stop."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def month_name(month: str) -> str:
    """`October 2026`, of the month `2026-10`."""
    year, _, number_of_month = month.partition("-")
    return f"{MONTHS[int(number_of_month) - 1]} {year}"


def month_end(month: str) -> date:
    """The last day of the month `2026-10`."""
    year, _, number_of_month = month.partition("-")
    return last_of_month(date(int(year), int(number_of_month), 1), 0)


def team(name: str) -> str:
    """A team as it is written, where the records have it in small letters: `LAC team 3`.

    Marks of a template in its name are set apart by a narrow space: what is published is looked
    over for such marks, which would be ours.
    """
    name = re.sub(r"\{(?=[{%#])|[%#}](?=\})", rf"\g<0>{NARROW_SPACE}", name)
    return re.sub(r"\blac\b", "LAC", name)


def slug(text: str) -> str:
    """A name as part of an address: `LCS system team (CiC)` is `lcs-system-team-cic`."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())) or "nobody"


def rows(count: int | None) -> str:
    """A number of rows of a file; a null one is hidden."""
    return HIDDEN if count is None else f"{count:,}"


def extract_status(extract: Extract) -> str:
    """`read`, `not received` or `refused`."""
    return {"landed": "Read", "absent": "Not received", "refused": "Refused"}.get(
        extract.status, extract.status
    )

"""The public page of recording faults: what they did to the figures, and what is done about them.

Every sentence about an issue is the catalogue's own; the numbers are those of the report models,
where small numbers are hidden already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reporting import wording
from reporting.rows import NO_FIGURE, SUPPRESSED, Figure, Impact, Issue, PackRows

Fact = tuple[str, str]
Name = tuple[str, str]
HEADLINE, PENDING = "lac_count", "lac_count_pending_discharge"
A_SMALL_NUMBER = "a small number of children"
_SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class Moved:
    """A figure that repairs moved: both readings and the sentence about the children behind it."""

    id: str
    title: str
    recorded: str
    repaired: str
    because: str
    is_hidden: bool
    has_figures: bool


@dataclass(frozen=True)
class Entry:
    """One recording issue that was found: what it is, its weight, and the facts that go with it."""

    id: str
    title: str
    description: str
    weight: tuple[str, ...]
    numbers: tuple[Fact, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class DataQualityPage:
    """Everything on the page, in words."""

    council: str
    edition: str
    month: str
    date: str
    moved: tuple[Moved, ...]
    not_moved: str
    entries: tuple[Entry, ...]
    not_found: tuple[Name, ...]
    pending: str


def build_data_quality(rows: PackRows) -> DataQualityPage:
    """Lay out what recording faults did to the month's figures."""
    with_figures = {row.indicator_id for row in rows.indicators}
    titles = {row.issue_id: row.title for row in rows.issues}
    moved = [row for row in rows.impacts if row.is_moved]
    found = sorted((row for row in rows.issues if row.is_found), key=_weightiest_first)
    return DataQualityPage(
        council=rows.front.council_name,
        edition=rows.edition.label,
        month=wording.month_year(rows.front.period_end),
        date=wording.long_date(rows.front.period_end),
        moved=tuple(_moved(row, titles, with_figures) for row in moved),
        not_moved=not_moved(len(moved), len(rows.impacts)),
        entries=tuple(_entry(row) for row in found),
        not_found=tuple((row.issue_id, row.title) for row in rows.issues if not row.is_found),
        pending=_pending(rows),
    )


def _weightiest_first(row: Issue) -> tuple[bool, int, str]:
    severities = (*_SEVERITIES, row.severity)
    return not row.moved, severities.index(row.severity), row.issue_id


def _moved(row: Impact, titles: dict[str, str], with_figures: set[str]) -> Moved:
    return Moved(
        id=row.indicator_id,
        title=figure_title(row.title, row.place),
        recorded=wording.figure(row.recorded, row.unit),
        repaired=wording.figure(row.repaired, row.unit),
        because=because(row.children, [(each, titles[each]) for each in row.issue_ids]),
        is_hidden=row.recorded.status == SUPPRESSED,
        has_figures=row.indicator_id in with_figures,
    )


def figure_title(title: str, place: str) -> str:
    """The measure, and that its figure is of the year to date where it is."""
    return f"{title}, year to date" if place == "ytd" else title


def because(children: Figure, issues: Sequence[Name]) -> str:
    """`Two children: the same end date copied into earlier episodes of care (DQ01).`"""
    names = "; ".join(f"{wording.within(title)} ({issue_id})" for issue_id, title in issues)
    names = names or "their figures follow from the repair of other records"
    return f"{wording.start(_people(children) + names)}."


def _people(children: Figure) -> str:
    if children.status == SUPPRESSED:
        return f"{A_SMALL_NUMBER}: "
    if not children.value:
        return ""
    return f"{wording.in_words(children.value)} {_children(children.value)}: "


def _children(count: float) -> str:
    return "child" if count == 1 else "children"


def not_moved(moved: int, known: int) -> str:
    """How many figures are the same in both readings, or that none could be compared."""
    if not known:
        return "The figures as recorded are not there to compare with."
    others = known - moved
    if not moved:
        return "No figure of the scorecard was moved by a repair."
    if not others:
        return "No figure of the scorecard stayed as it was."
    if others == 1:
        return "The one other figure of the scorecard is the same as recorded and after repair."
    return (
        f"The other {wording.in_words(others)} figures of the scorecard are the same as recorded"
        " and after repair."
    )


def _entry(row: Issue) -> Entry:
    return Entry(
        id=row.issue_id,
        title=row.title,
        description=row.description,
        weight=row.moved,
        numbers=_numbers(row),
        facts=_facts(row),
    )


def _numbers(row: Issue) -> tuple[Fact, ...]:
    counted = (
        ("Found", row.faults),
        ("New this month", row.new_faults),
        ("Put right at the source", row.fixed_faults),
        ("Repaired in the figures", row.repaired_faults),
    )
    told = tuple((label, wording.figure(one, "count")) for label, one in counted if _is_told(one))
    if row.oldest_since:
        told += (("The oldest has stood since", wording.month_name(row.oldest_since)),)
    return told


def _is_told(one: Figure) -> bool:
    return one.status != NO_FIGURE


def _facts(row: Issue) -> tuple[Fact, ...]:
    facts = (
        ("How it moves figures", wording.sentence(row.effect)),
        ("What our figures do about it", wording.sentence(row.repaired)),
        ("Who puts it right", wording.sentence(wording.start(row.owner))),
        ("Measures it can move", "; ".join(row.affected)),
    )
    return tuple((label, text) for label, text in facts if text)


def _pending(rows: PackRows) -> str:
    """What stands beside the number of looked after children; empty without both figures."""
    month = {row.indicator_id: row.month for row in rows.indicators}
    if HEADLINE not in month or PENDING not in month:
        return ""
    head, when = month[HEADLINE], wording.long_date(rows.front.period_end)
    if not head.is_shown:
        said = f"The number of children looked after at {when} is {wording.figure(head, 'count')}."
    else:
        said = f"{wording.figure(head, 'count')} children were looked after at {when}."
    return f"{said} {_still_open(month[PENDING])}"


def _still_open(pending: Figure) -> str:
    sign = "something else on record says that their care is ending or over"
    if pending.status == SUPPRESSED:
        who = "a small number of them"
    elif not pending.is_shown:
        return f"For how many of them {sign} is not available."
    elif not pending.value:
        return f"For none of them {sign}."
    else:
        who = f"{wording.in_words(pending.value)} of them"
    return f"For {who} {sign}. They are counted until the end of their care is recorded."

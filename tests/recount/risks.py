"""Missing episodes of looked after children, and those known to youth justice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from .care import FOREVER
from .council import CareAt
from .dates import Span, Window
from .values import Figure, count


def known_to_youth_justice(care: CareAt) -> Figure:
    """Children of ten or over with an intervention open at D that is more than prevention."""
    known = care.extract.youth_justice or {}
    return count(
        sum(
            (age := care.age_of(person)) is not None
            and age >= 10
            and any(span.runs_on(care.day) for span in known.get(person, []))
            for person, _ in care.looked_after
        )
    )


def episodes_in(care: CareAt, window: Window) -> Counter[str]:
    """How many missing episodes of each child began in the window while looked after."""
    found: Counter[str] = Counter()
    for person, spans in (care.extract.missing or {}).items():
        in_care = [
            Span(span.start, min(span.end, period.end or FOREVER) if span.end else None)
            for span in spans
            for period in care.periods.get(person, [])
            if span.start <= care.day and period.runs_on(span.start)
        ]
        found[person] = sum(window.holds(start) for start in merged(in_care))
    return found


def merged(spans: Iterable[Span]) -> list[date]:
    """The first days of missing episodes: identical or overlapping ones are one (B13)."""
    starts: list[date] = []
    until = date.min
    for span in sorted(set(spans), key=lambda span: (span.start, span.end or FOREVER)):
        if span.start >= until:
            starts.append(span.start)
        until = max(until, span.end or FOREVER)
    return starts


def missing_children(care: CareAt, window: Window) -> Figure:
    """Children with at least one missing episode."""
    return count(sum(number > 0 for number in episodes_in(care, window).values()))


def missing_episodes(care: CareAt, window: Window) -> Figure:
    """All missing episodes."""
    return count(sum(episodes_in(care, window).values()))


def missing_more_than_three_times(care: CareAt, window: Window) -> Figure:
    """Children with four or more."""
    return count(sum(number > 3 for number in episodes_in(care, window).values()))

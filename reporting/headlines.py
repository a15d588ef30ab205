"""The sentences of the page, made from published figures.

Every sentence has a branch for a hidden and for an absent figure, so nothing can be read from what
a sentence leaves out. The movements are the models' own columns; nothing is subtracted here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reporting.headline_sentences import SENTENCES
from reporting.rows import NOT_AVAILABLE, SHOWN, SUPPRESSED, Figure, Front, Indicator, TrendPoint
from reporting.wording import (
    MONTHS,
    figure,
    month_year,
    number,
    out_of,
    period_of,
    plain,
)


@dataclass(frozen=True)
class Sentence:
    """A sentence around its figure, which the page prints larger."""

    before: str
    figure: str
    after: str
    is_number: bool = True

    def __str__(self) -> str:
        """The sentence as it is read."""
        return self.before + self.figure + self.after


def headline(indicator: Indicator, front: Front) -> Sentence:
    """One sentence with the figure and how it moved on last month and on a year ago."""
    when = period(indicator, front.period_end)
    if not indicator.month.is_shown:
        return _without_a_figure(indicator, when)
    pattern = SENTENCES.get(indicator.indicator_id, "{title}: {value}{of} {when}")
    pattern = _agreed(pattern, indicator.month.value == 1)
    words = {"title": indicator.title, "when": when, "over": _over(indicator)}
    people = out_of(indicator.numerator, indicator.denominator, indicator.unit)
    words["of"] = f" ({people})" if people else ""
    before, after = (part.format(**words) for part in pattern.split("{value}"))
    shown = figure(indicator.month, indicator.unit)
    return Sentence(before, shown, after + _moved(indicator, front) + ".")


def _agreed(pattern: str, is_one: bool) -> str:
    """The pattern with `<child|children>` as one or as many."""
    return re.sub(r"<([^|>]*)\|([^|>]*)>", r"\1" if is_one else r"\2", pattern)


def _over(indicator: Indicator) -> str:
    """` (8 children)`, how many an average is made from."""
    if indicator.denominator is None:
        return ""
    noun = "admission" if indicator.indicator_id == "admission_average_age" else "child"
    many = {"admission": "admissions", "child": "children"}[noun]
    return f" ({plain(indicator.denominator)} {noun if indicator.denominator == 1 else many})"


def period(indicator: Indicator, period_end: date, basis: str = "") -> str:
    """The time a figure speaks of (C3), from its headline basis or else the basis given."""
    term = "term" if indicator.timeline == "termly" else ""
    return period_of(term or indicator.headline_basis or basis, period_end)


def _without_a_figure(indicator: Indicator, when: str) -> Sentence:
    before = f"{indicator.title}: "
    if indicator.month.status == SUPPRESSED:
        because = f" {when}, because it would show or give away a small number."
        return Sentence(before, "hidden", because, False)
    if indicator.month.status == SHOWN:
        return Sentence(before, "nobody to count", f" {when}.", False)
    return Sentence(before, "not available", f" {when}.", False)


def _moved(indicator: Indicator, front: Front) -> str:
    """`, 7 more than in September and 23 fewer than a year ago`; says what is hidden instead."""
    last_month = f"in {MONTHS[front.previous_month_end.month - 1]}"
    steps = [(indicator.year_ago, indicator.year_change_amount, "a year ago")]
    if indicator.timeline != "termly":
        steps.insert(0, (indicator.month_minus_1, indicator.change_amount, last_month))
    moves: list[str] = []
    for shown, amount, when in steps:
        if shown.is_shown and amount is not None:
            moves.append(difference(amount, indicator.unit, again=bool(moves)) + when)
    told = f", {' and '.join(moves)}" if moves else ""
    unknown = [(shown, when) for shown, _, when in steps if not shown.is_shown]
    return told + "".join(f"; {words}" for words in _all_unknown(unknown))


def difference(amount: float, unit: str, again: bool = False) -> str:
    """`7 fewer than `; a second difference in one sentence need not name its unit again."""
    if not amount:
        return "the same as "
    if unit == "count":
        return f"{number(abs(amount), unit)} {'more' if amount > 0 else 'fewer'} than "
    if unit == "days":
        return f"{number(abs(amount), unit)} days {'more' if amount > 0 else 'fewer'} than "
    if unit == "years":
        return f"{number(abs(amount), unit)} years {'older' if amount > 0 else 'younger'} than "
    points = " percentage points" if unit == "percent" and not again else ""
    return f"{number(abs(amount), '')}{points} {'higher' if amount > 0 else 'lower'} than "


def _all_unknown(steps: Sequence[tuple[Figure, str]]) -> list[str]:
    """What is not known of each step; two of a kind are said at once."""
    whens = " and ".join(when for _, when in steps)
    words = {SUPPRESSED: "are hidden", NOT_AVAILABLE: "are not available"}
    kinds = {shown.status for shown, _ in steps}
    if len(steps) > 1 and len(kinds) == 1 and kinds <= set(words):
        return [f"the figures {whens} {words[kinds.pop()]}"]
    return [words for words in (_unknown(shown, when) for shown, when in steps) if words]


def _unknown(shown: Figure, when: str) -> str:
    if shown.status == SUPPRESSED:
        return f"the figure {when} is hidden"
    if shown.status == SHOWN:
        return f"there was nobody to count {when}"
    return f"the figure {when} is not available" if shown.status == NOT_AVAILABLE else ""


def chart_alt(title: str, unit: str, points: Sequence[TrendPoint], target: str) -> str:
    """The chart in one sentence: where it starts and ends, its lowest and highest, its target."""
    shown = [(point, point.value) for point in points if point.value is not None and point.is_shown]
    missing = _missing_months(points)
    if not shown:
        return f"No figure can be shown for these months{missing.replace(';', ':', 1)}."
    last, last_value = shown[-1]
    low, low_value = min(shown, key=lambda pair: pair[1])
    high, high_value = max(shown, key=lambda pair: pair[1])
    middle = f"{number(last_value, unit)} in {month_year(last.period_end)}"
    if len(shown) > 1:
        first, first_value = shown[0]
        middle = (
            f"from {number(first_value, unit)} in {month_year(first.period_end)} to {middle},"
            f" lowest {number(low_value, unit)} in {month_year(low.period_end)} and"
            f" highest {number(high_value, unit)} in {month_year(high.period_end)}"
        )
    return f"{title}: {middle}{missing}{f'; target {target}' if target else ''}."


def _missing_months(points: Sequence[TrendPoint]) -> str:
    counted = (
        (sum(point.status == SUPPRESSED for point in points), "hidden"),
        (sum(point.status == NOT_AVAILABLE for point in points), "not available"),
    )
    parts = [f"{many} month{'s' if many > 1 else ''} {words}" for many, words in counted if many]
    return f"; {' and '.join(parts)}" if parts else ""

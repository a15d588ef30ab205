"""What a commentary can say of a figure: one method a function, each giving printed words.

A hidden figure is given as the words for hidden, an absent one as those for absent. What an
indicator never has (a target, similar councils, a year to date) is refused, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from reporting.headlines import difference
from reporting.rows import NO_FIGURE, SHOWN, SUPPRESSED, Figure, Indicator, PackRows, TrendPoint
from reporting.wording import (
    HIDDEN,
    MONTHS,
    NOBODY,
    RATINGS,
    UNAVAILABLE,
    figure,
    last_of_month,
    month_end,
    month_year,
    number,
    out_of,
    plain,
)

EXAMPLES = {
    "figure": "{{ figure('lac_count') }} or {{ figure('lac_count', month='2026-09') }}",
    "numerator": "{{ numerator('cl_eet_pct') }}",
    "denominator": "{{ denominator('cl_eet_pct') }}",
    "out_of": "{{ out_of('cl_eet_pct') }}",
    "change": "{{ change('lac_count') }} or {{ change('lac_count', since='2025-10') }}",
    "last_year": "{{ last_year('lac_count') }}",
    "year_ago": "{{ year_ago('lac_count') }}",
    "ytd": "{{ ytd('admissions') }}",
    "neighbours": "{{ neighbours('lac_rate_10k') }}",
    "best_neighbour": "{{ best_neighbour('lac_rate_10k') }}",
    "england": "{{ england('lac_rate_10k') }}",
    "region": "{{ region('lac_rate_10k') }}",
    "top_quartile": "{{ top_quartile('lac_rate_10k') }}",
    "target": "{{ target('lac_rate_10k') }}",
    "rating": "{{ rating('lac_rate_10k') }}",
    "month_name": "{{ month_name() }}",
    "not_a_figure": "{{ not_a_figure('12') }}",
}
LONGEST_MARKED = 60
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_TARGETS = (
    (re.compile(r"<=([\d.]+)|([\d.]+)<="), "{} or less"),
    (re.compile(r"<([\d.]+)|([\d.]+)<"), "below {}"),
    (re.compile(r">([\d.]+)|([\d.]+)>"), "above {}"),
    (re.compile(r"([\d.]+)\+()"), "{} or more"),
    (re.compile(r"([\d.]+) ?[-–] ?([\d.]+)"), "{} to {}"),
)


class Refused(Exception):
    """An expression that cannot be said; the message has what to do."""


class Functions:
    """The functions of a commentary, over the rows of one edition."""

    def __init__(self, rows: PackRows) -> None:
        self._rows = rows
        self._indicators = {row.indicator_id: row for row in rows.indicators}

    def by_name(self) -> dict[str, Callable[..., str]]:
        """Every function under the name it is called by."""
        return {name: getattr(self, name) for name in EXAMPLES}

    def figure(self, indicator_id: str, month: str = "") -> str:
        """The figure of the pack's month, or of an earlier month of the trend."""
        row = self._indicator(indicator_id)
        return figure(self._month(row, month) if month else row.month, row.unit, UNAVAILABLE)

    def numerator(self, indicator_id: str, month: str = "") -> str:
        """How many of those counted meet the measure."""
        return self._number(indicator_id, month, "numerator")

    def denominator(self, indicator_id: str, month: str = "") -> str:
        """How many are counted."""
        return self._number(indicator_id, month, "denominator")

    def out_of(self, indicator_id: str, month: str = "") -> str:
        """`458 of 520`."""
        row = self._indicator(indicator_id)
        if row.unit == "count":
            raise Refused(f"{row.title} is a count; write {{{{ figure('{indicator_id}') }}}}")
        shown, numerator, denominator = self._people(row, month)
        people = out_of(numerator, denominator, row.unit)
        return people if shown.is_shown and people else _words(shown)

    def change(self, indicator_id: str, since: str = "") -> str:
        """`7 more than in September`: on last month (a year ago if termly), or since a month."""
        row = self._indicator(indicator_id)
        previous = f"in {MONTHS[self._rows.front.previous_month_end.month - 1]}"
        if since:
            then = self._month(row, since)
            when = previous if then.period_end == self._rows.front.previous_month_end else ""
            when = when or f"in {month_year(then.period_end)}"
            return _moved(row, then, _subtracted(row.month, then), when)
        if row.timeline == "termly":
            return _moved(row, row.year_ago, row.year_change_amount, "a year ago")
        return _moved(row, row.month_minus_1, row.change_amount, previous)

    def last_year(self, indicator_id: str) -> str:
        """The figure of the last financial year, or of its last day."""
        return self._optional(indicator_id, "previous_year", "figure of last year")

    def year_ago(self, indicator_id: str) -> str:
        """The figure of the same month a year ago."""
        return self._optional(indicator_id, "year_ago", "figure of a year ago")

    def ytd(self, indicator_id: str) -> str:
        """The figure of the financial year so far."""
        return self._optional(indicator_id, "ytd", "year to date")

    def neighbours(self, indicator_id: str) -> str:
        """The average of similar councils."""
        return self._comparator(indicator_id, "stat_neighbour_average", "similar councils")

    def best_neighbour(self, indicator_id: str) -> str:
        """The best of the similar councils."""
        return self._comparator(indicator_id, "best_stat_neighbour", "the best similar council")

    def england(self, indicator_id: str) -> str:
        """The figure of England."""
        return self._comparator(indicator_id, "national_average", "England")

    def region(self, indicator_id: str) -> str:
        """The figure of the region."""
        return self._comparator(indicator_id, "region", "the region")

    def top_quartile(self, indicator_id: str) -> str:
        """Where the best quarter of councils begins."""
        return self._comparator(indicator_id, "top_quartile", "the top quartile")

    def target(self, indicator_id: str) -> str:
        """The limit of green in words: `95% or more`."""
        row = self._indicator(indicator_id)
        if not row.green:
            raise Refused(f"{row.title} has no target; leave it out")
        return target_words(row)

    def rating(self, indicator_id: str) -> str:
        """Green, Amber, Red or No rating."""
        return RATINGS[self._indicator(indicator_id).rag]

    def month_name(self) -> str:
        """`October 2026`, the month of the pack."""
        return month_year(self._rows.front.period_end)

    def not_a_figure(self, text: str) -> str:
        """A number that is no figure of the pack, printed as it stands."""
        if not text.strip() or len(text) > LONGEST_MARKED:
            raise Refused(f"mark the number alone, in at most {LONGEST_MARKED} characters")
        return text

    def _indicator(self, indicator_id: str) -> Indicator:
        if indicator_id not in self._indicators:
            close = get_close_matches(indicator_id, self._indicators, 3, 0.5)
            meant = f"is one of these meant: {', '.join(close)}?" if close else ""
            raise Refused(
                f"the scorecard has no indicator {indicator_id};"
                f" {meant or 'the page of definitions lists them'}"
            )
        return self._indicators[indicator_id]

    def _month(self, row: Indicator, month: str) -> TrendPoint:
        points = self._rows.trend.get(row.indicator_id, ())
        if not _MONTH.fullmatch(month):
            raise Refused(f"{month!r} is no month; write it like '2026-09'")
        for point in points:
            if point.period_end == month_end(month):
                return point
        end = self._rows.front.period_end
        first = points[0].period_end if points else last_of_month(end, 12)
        raise Refused(
            f"the pack has no figure of {month} for {row.title}: it shows"
            f" {month_year(first)} to {month_year(end)}"
        )

    def _people(
        self, row: Indicator, month: str
    ) -> tuple[Figure | TrendPoint, float | None, float | None]:
        if not month:
            return row.month, row.numerator, row.denominator
        point = self._month(row, month)
        return point, point.numerator, point.denominator

    def _number(self, indicator_id: str, month: str, name: str) -> str:
        row = self._indicator(indicator_id)
        shown, numerator, denominator = self._people(row, month)
        value = numerator if name == "numerator" else denominator
        if row.unit == "count" and name == "denominator":
            raise Refused(f"{row.title} is a count; it has no denominator")
        return _words(shown) if value is None or not shown.is_shown else plain(value)

    def _optional(self, indicator_id: str, name: str, called: str) -> str:
        row = self._indicator(indicator_id)
        shown: Figure = getattr(row, name)
        if shown.status == NO_FIGURE:
            raise Refused(f"{row.title} has no {called}; leave it out")
        return figure(shown, row.unit)

    def _comparator(self, indicator_id: str, name: str, called: str) -> str:
        row = self._indicator(indicator_id)
        value: float | None = getattr(row, name)
        if value is None:
            raise Refused(f"{row.title} has no figure of {called}; leave it out")
        return number(value, row.unit)


def target_words(row: Indicator) -> str:
    """The limit of green in words: `95% or more` of `95+`; as printed where it is none of these."""
    sign = "%" if row.unit == "percent" else ""
    for pattern, words in _TARGETS:
        found = pattern.fullmatch(row.green.strip())
        if found:
            limits = [f"{limit}{sign}" for limit in found.groups() if limit]
            return words.format(*limits)
    return row.green


def _words(shown: Figure | TrendPoint) -> str:
    if shown.status == SUPPRESSED:
        return HIDDEN
    return NOBODY if shown.status == SHOWN and shown.value is None else UNAVAILABLE


def _subtracted(now: Figure, then: TrendPoint) -> float | None:
    if now.value is None or then.value is None:
        return None
    return round(now.value - then.value, 1)


def _moved(row: Indicator, then: Figure | TrendPoint, amount: float | None, when: str) -> str:
    if row.month.is_shown and then.is_shown and amount is not None:
        return difference(amount, row.unit) + when
    unknown = then if row.month.is_shown else row.month
    words = "hidden" if unknown.status == SUPPRESSED else UNAVAILABLE
    since = "a year ago" if when == "a year ago" else when.removeprefix("in ")
    return f"with the change since {since} {words}"

"""What the tables of one edition of the pack say, as numbers and bounds; and what is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from .puzzle import EVERY, Number, Puzzle, Sum
from .relations import NEARLY_ALL, month_before, number, relate

_HALF = 0.050001
_PLACES = ("month", "month_minus_1", "month_minus_2", "ytd", "previous_year", "year_ago")

_TREND = """
    select t.indicator_id, i.kind, t.basis, t.period_end, '', 'now', t.status = 'ok', t.value,
        t.numerator, t.denominator
    from rpt_public_trend as t inner join dim_indicator as i using (indicator_id)
    where t.la = ? and t.status in ('ok', 'suppressed')
"""
_PLACE = """
    select t.indicator_id, i.kind, f.basis, f.period_end, '', 'now', t.{place}_status = 'ok',
        t.{place}, {numbers}
    from rpt_public_scorecard as t inner join dim_indicator as i using (indicator_id)
        inner join fct_scorecard_figure as f
            on f.la = t.la and f.indicator_id = t.indicator_id and f.place = '{place}'
    where t.la = $1 and t.{place}_status in ('ok', 'suppressed')
"""
# A reader knows which parts there can be, also where they are not listed.
_PARTS = """
    select f.indicator_id, i.kind, f.basis, f.period_end, f.breakdown, 'now',
        coalesce(t.figure_status = 'ok', false), t.figure, t.numerator, t.denominator
    from fct_indicator_value as f
        inner join dim_publication as p using (la, period_end)
        inner join dim_indicator as i
            on f.indicator_id = i.indicator_id and f.basis = i.headline_basis
        left join rpt_public_part as t
            on t.la = f.la and t.indicator_id = f.indicator_id and t.basis = f.basis
            and t.period_end = f.period_end and concat(t.breakdown, '=', t.part) = f.breakdown
    where f.la = ? and f.breakdown <> ''
"""
_IMPACTS = """
    select t.indicator_id, i.kind, t.basis, t.period_end, '', r.reading, t.status = 'ok',
        case r.reading when 'now' then t.value_after_repair else t.value_as_recorded end, null, null
    from rpt_public_dq_impact as t inner join dim_indicator as i using (indicator_id)
        cross join (values ('now'), ('recorded')) as r (reading)
    where t.la = ?
"""
_CHANGED = """
    select t.indicator_id, i.kind, t.basis, t.period_end, '', r.reading,
        case r.reading when 'now' then t.now_status else t.before_status end = 'ok',
        case r.reading when 'now' then t.now else t.before end, null, null
    from rpt_public_changed_figure as t inner join dim_indicator as i using (indicator_id)
        cross join (values ('now'), ('before')) as r (reading)
    where t.la = ?
"""
_ARCHIVE = """
    select f.indicator_id, f.kind, f.basis, f.period_end, f.breakdown, 'now', h.la is null,
        v.published_value,
        case when f.basis = i.headline_basis or f.kind <> 'percentage' then f.numerator end,
        case when f.basis = i.headline_basis then f.denominator end
    from fct_disclosure_figure as f
        inner join fct_indicator_value as v
            using (la, indicator_id, basis, period_end, breakdown)
        left join fct_hidden_figure as h
            using (la, indicator_id, basis, period_end, breakdown)
        inner join dim_indicator as i on f.indicator_id = i.indicator_id
    where f.la = ?
"""
_TRUTH = """
    select f.indicator_id, i.kind, f.basis, f.period_end, f.breakdown, f.numerator, f.denominator
    from fct_indicator_value as f inner join dim_indicator as i using (indicator_id)
    where f.la = ? and f.status = 'ok'
"""
_RECORDED = """
    select indicator_id, basis, period_end, numerator_as_recorded, denominator_as_recorded
    from rpt_dq_impact where la = ? and issue_id = ''
"""
_BEFORE = """
    select f.indicator_id, f.basis, f.period_end, f.numerator, f.denominator
    from fct_snapshot_value as f inner join dim_publication as p using (la)
    where f.la = ? and f.status = 'ok' and f.breakdown = '' and f.snapshot_month < p.month
    qualify row_number() over (
        partition by f.indicator_id, f.basis, f.period_end
        order by f.snapshot_month desc, f.computation desc
    ) = 1
"""


@dataclass(frozen=True)
class Figure:
    """One printed figure: its two numbers, and what is printed of them."""

    indicator: str
    kind: str
    basis: str
    day: date
    part: str
    reading: str
    is_shown: bool
    value: float | None
    top: float | None
    base: float | None

    @property
    def key(self) -> tuple[str, str, date, str]:
        """Where it stands among the figures of its council."""
        return self.indicator, self.basis, self.day, self.part

    def number(self, which: str) -> Number:
        """One of its numbers, under the name it has everywhere."""
        return number(self.indicator, which, self.basis, self.day, self.part, self.reading)

    @property
    def counts(self) -> tuple[Number, ...]:
        """The numbers of children or events in it."""
        if self.kind == "mean":
            return (self.number("base"),)
        if self.kind == "percentage":
            return (self.number("top"), self.number("base"))
        return (self.number("top"),)


def figures_of(connection: duckdb.DuckDBPyConnection, la: str) -> list[Figure]:
    """Every figure that the public tables print or hide: exactly what the templates see."""
    found: list[Figure] = []
    for query in (_TREND, _scorecard_query(), _PARTS, _IMPACTS, _CHANGED):
        for row in connection.execute(query, [la]).fetchall():
            found.append(Figure(*row))
    return found


def archive_of(connection: duckdb.DuckDBPyConnection, la: str) -> list[Figure]:
    """Every figure of this financial year and the last, as if a pack had come out each month."""
    return [Figure(*row) for row in connection.execute(_ARCHIVE, [la]).fetchall()]


def small_for_itself(
    connection: duckdb.DuckDBPyConnection, la: str
) -> set[tuple[str, str, date, str]]:
    """The figures that rest on a small number, as against those that hide for another's sake."""
    query = (
        "select indicator_id, basis, period_end, breakdown from fct_disclosure_figure "
        "where la = ? and (is_small or is_of_few)"
    )
    return {(row[0], row[1], row[2], row[3]) for row in connection.execute(query, [la]).fetchall()}


def _scorecard_query() -> str:
    months = "t.numerator, t.denominator"
    return " union all ".join(
        _PLACE.format(place=place, numbers=months if place == "month" else "null, null")
        for place in _PLACES
    )


def puzzle_of(figures: list[Figure], truth: dict[Number, float]) -> Puzzle:
    """What a reader of these figures knows, and all that ties them together."""
    puzzle = Puzzle()
    numbers = {one for figure in figures for one in figure.counts}
    numbers |= {replace(one, reading="before") for one in numbers if one.reading == "now"}
    numbers &= truth.keys()
    for figure in figures:
        if figure.is_shown:
            _tell(puzzle, figure)
    _tell_what_did_not_change(puzzle, truth)
    numbers |= {year for one in numbers for year in _whole_year(one)}
    relate(puzzle, numbers)
    puzzle.rows = [row for row in puzzle.rows if _holds(row, truth)]
    return puzzle


def targets_of(figures: list[Figure], truth: dict[Number, float], smallest: int) -> dict[str, Sum]:
    """The small numbers that hidden figures are made of, and those of months never printed."""
    found: dict[str, Sum] = {}
    for figure in figures:
        if figure.is_shown:
            continue
        for one in figure.counts:
            if one in truth and 0 < truth[one] < smallest:
                found[str(one)] = {one: 1.0}
        if figure.kind == "percentage":
            top, base = figure.number("top"), figure.number("base")
            if top in truth and 0 < truth[base] - truth[top] < smallest:
                found[f"rest of {top}"] = {base: 1.0, top: -1.0}
    for outer in {one for figure in figures for one in figure.counts}:
        inner = replace(outer, indicator=NEARLY_ALL.get(outer.indicator, ""))
        if inner in truth and 0 < truth[outer] - truth[inner] < smallest:
            found[f"{outer} less {inner.indicator}"] = {outer: 1.0, inner: -1.0}
    return found


def steps_of(figures: list[Figure], truth: dict[Number, float], smallest: int) -> dict[str, Sum]:
    """The small numbers by which two years to date of one financial year differ."""
    found: dict[str, Sum] = {}
    for figure in figures:
        if figure.basis != "fytd" or (figure.kind == "percentage" and not _has_known_base(figure)):
            continue
        sums: dict[str, Sum] = {str(one): {one: 1.0} for one in figure.counts[:1]}
        if figure.kind == "percentage":
            top, base = figure.number("top"), figure.number("base")
            sums[f"rest of {top}"] = {base: 1.0, top: -1.0}
        for day in _days_before(figure.day):
            for name, later in sums.items():
                terms = {**later, **{replace(one, day=day): -f for one, f in later.items()}}
                if all(one in truth for one in terms):
                    step = sum(truth[one] * factor for one, factor in terms.items())
                    if 0 < step < smallest:
                        found[f"{name} since {day}"] = terms
    return found


def _has_known_base(figure: Figure) -> bool:
    return figure.number("base").indicator != figure.indicator


def _days_before(day: date) -> Iterator[date]:
    """The earlier month ends of its financial year."""
    while day.month != 4:
        day = month_before(day)
        yield day


def truth_of(connection: duckdb.DuckDBPyConnection, la: str) -> dict[Number, float]:
    """The true numbers of every figure of the council, printed or not."""
    truth: dict[Number, float] = {}
    for indicator, kind, basis, day, part, top, base in connection.execute(_TRUTH, [la]).fetchall():
        if kind != "mean":
            truth[number(indicator, "top", basis, day, part)] = top
        if base is not None:
            truth[number(indicator, "base", basis, day, part)] = base
    return truth


def other_readings_of(connection: duckdb.DuckDBPyConnection, la: str) -> dict[Number, float]:
    """The true numbers as recorded, and as they were in the pack before."""
    truth: dict[Number, float] = {}
    for reading, query in (("recorded", _RECORDED), ("before", _BEFORE)):
        for indicator, basis, day, top, base in connection.execute(query, [la]).fetchall():
            for which, value in (("top", top), ("base", base)):
                if value is not None:
                    truth[number(indicator, which, basis, day, EVERY, reading)] = value
    return truth


def _tell(puzzle: Puzzle, figure: Figure) -> None:
    """Add what a shown figure says: its numbers where they are printed, else its rounded value."""
    top, base = figure.number("top"), figure.number("base")
    if figure.kind in ("percentage", "share"):
        if figure.top is not None and figure.base is not None:
            puzzle.known |= {top: figure.top, base: figure.base}
        elif figure.value is not None:
            share = figure.value / 100
            puzzle.between({top: 1.0, base: -(share - _HALF / 100)}, 0, float("inf"))
            puzzle.between({top: 1.0, base: -(share + _HALF / 100)}, -float("inf"), 0)
    elif figure.kind == "mean":
        if figure.base is not None:
            puzzle.known[base] = figure.base
    elif figure.kind in ("count", "people", "sum") and figure.value is not None:
        puzzle.known[top] = figure.value
    elif figure.top is not None:
        puzzle.known[top] = figure.top


def _tell_what_did_not_change(puzzle: Puzzle, truth: dict[Number, float]) -> None:
    """What is not said to have changed was the same in the pack before."""
    for one in [*puzzle.known]:
        before = replace(one, reading="before")
        if one.reading == "now" and truth.get(before) == puzzle.known[one]:
            puzzle.known.setdefault(before, puzzle.known[one])


def _whole_year(one: Number) -> Iterator[Number]:
    """The months of its financial year up to its own: some are printed nowhere."""
    if one.basis not in ("fytd", "in_month") or one.reading != "now":
        return
    day = one.day
    while True:
        yield replace(one, basis="fytd", day=day)
        yield replace(one, basis="in_month", day=day)
        if day.month == 4:
            return
        day = month_before(day)


def _holds(row: tuple[dict[Number, float], float, float], truth: dict[Number, float]) -> bool:
    """A reader is given only what is so: late records break some of the sums over time."""
    terms, low, high = row
    # A part that is not listed is nobody.
    if not all(one in truth or one.part != EVERY for one in terms):
        return True
    total = sum(truth.get(one, 0) * factor for one, factor in terms.items())
    return low - 1e-6 <= total <= high + 1e-6

"""The officers' page of recording faults: what each did to each figure, how old, whose, how many.

Nothing is hidden here, so it lies in `restricted/`; still it names no child. The children are in
the worklists it leads to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reporting import wording
from reporting.headlines import chart_alt
from reporting.officers.rows import (
    Age,
    IssueMonth,
    OfficerRows,
    Reconciliation,
    Step,
    StockFlow,
)
from reporting.page import charts
from reporting.page.data_quality import figure_title, not_moved
from reporting.rows import SHOWN, TrendPoint

NOTHING = "–"
OTHERS = "Other repairs"


@dataclass(frozen=True)
class MovedFigure:
    """One figure: both readings, what is behind them, and the step of each issue."""

    title: str
    recorded: str
    repaired: str
    people: str
    children: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class OwnersList:
    """An owner and the workbook of what is theirs to put right."""

    owner: str
    file: str
    faults: int


@dataclass(frozen=True)
class OpenIssue:
    """One issue that stands in the month's extract."""

    id: str
    title: str
    severity: str
    numbers: tuple[str, ...]
    oldest: str
    median_months: str
    owners: tuple[OwnersList, ...]


@dataclass(frozen=True)
class TrendLine:
    """One issue over the months; `id`, `chart` and `alt` are what the sparkline is drawn from."""

    id: str
    issue_id: str
    title: str
    faults: tuple[str, ...]
    chart: charts.Chart | None
    alt: str


@dataclass(frozen=True)
class OfficersPage:
    """Everything on the officers' page, in words."""

    council: str
    month: str
    date: str
    figures: tuple[MovedFigure, ...]
    not_moved: str
    issues: tuple[OpenIssue, ...]
    not_found: tuple[tuple[str, str], ...]
    trend_months: tuple[str, ...]
    trend: tuple[TrendLine, ...]
    owners: tuple[OwnersList, ...]
    reconciliations: tuple[Reconciliation, ...]
    stock_flow: tuple[tuple[str, ...], ...]


def build_officers_page(rows: OfficerRows) -> OfficersPage:
    """Lay out the recording faults of the month for officers."""
    month = rows.front.month
    now = [row for row in rows.months if row.snapshot_month == month]
    months = sorted({row.snapshot_month for row in rows.months})
    whole = [row for row in rows.steps if not row.issue_id]
    return OfficersPage(
        council=rows.front.council_name,
        month=wording.month_year(rows.front.period_end),
        date=wording.long_date(rows.front.period_end),
        figures=_figures(rows.steps),
        not_moved=not_moved(sum(row.is_moved for row in whole), len(whole)),
        issues=tuple(_open(row, rows.ages) for row in now if row.faults or row.fixed_faults),
        not_found=tuple(
            (row.issue_id, row.title) for row in now if not (row.faults or row.fixed_faults)
        ),
        trend_months=tuple(_month(each) for each in months),
        trend=_trend(rows.months, months),
        owners=_owners(rows.ages),
        reconciliations=rows.reconciliations,
        stock_flow=tuple(_stock_flow(row) for row in rows.stock_flow),
    )


def _figures(steps: Sequence[Step]) -> tuple[MovedFigure, ...]:
    """Every figure that an issue has a step in, also where the steps cancel out or round away."""
    grouped = groupby(steps, key=lambda row: (row.indicator_id, row.place))
    figures = [tuple(members) for _, members in grouped]
    return tuple(_figure(members) for members in figures if len(members) > 1)


def _figure(members: Sequence[Step]) -> MovedFigure:
    whole = next(row for row in members if not row.issue_id)
    return MovedFigure(
        title=figure_title(whole.title, whole.place),
        recorded=_value(whole.before, whole.unit),
        repaired=_value(whole.after, whole.unit),
        people=_people(whole),
        children=f"{whole.children:,}",
        steps=tuple(_step(row) for row in members if row.issue_id),
    )


def _step(row: Step) -> str:
    """`DQ01: 6.4% to 6.0%, two children`."""
    names = ", ".join(row.issue_ids) or OTHERS
    before, after = (_value(value, row.unit) for value in (row.before, row.after))
    moved = f"{before} to {after}" if row.is_moved else f"{after} as before"
    children = f"{wording.in_words(row.children)} {'child' if row.children == 1 else 'children'}"
    return f"{names}: {moved}, {children}"


def _value(value: float | None, unit: str) -> str:
    return wording.NOBODY if value is None else wording.number(value, unit)


def _people(row: Step) -> str:
    before, after = (
        wording.out_of(top, base, row.unit)
        for top, base in zip(row.numerators, row.denominators, strict=True)
    )
    return f"{before}, then {after}" if before or after else NOTHING


def _open(row: IssueMonth, ages: Sequence[Age]) -> OpenIssue:
    mine = [age for age in ages if age.issue_id == row.issue_id]
    counts = (row.faults, row.new_faults, row.fixed_faults, row.repaired_faults)
    return OpenIssue(
        id=row.issue_id,
        title=row.title,
        severity=row.severity,
        numbers=tuple(_count(each) for each in counts),
        oldest=_month(row.oldest_since) if row.oldest_since else NOTHING,
        median_months=wording.plain(mine[0].median_months) if mine else NOTHING,
        owners=tuple(OwnersList(age.owner, worklist_file(age.owner), age.faults) for age in mine),
    )


def _month(month: str) -> str:
    """`Oct 2026`, of the month `2026-10`."""
    return wording.short_month(wording.month_end(month))


def _count(number: int | None) -> str:
    return NOTHING if number is None else f"{number:,}"


def worklist_file(owner: str) -> str:
    """Where the owner's workbook lies, beside the page."""
    return f"worklists/{wording.slug(owner)}.xlsx"


def _owners(ages: Sequence[Age]) -> tuple[OwnersList, ...]:
    names = sorted({age.owner for age in ages})
    return tuple(
        OwnersList(
            owner, worklist_file(owner), sum(age.faults for age in ages if age.owner == owner)
        )
        for owner in names
    )


def _trend(rows: Sequence[IssueMonth], months: Sequence[str]) -> tuple[TrendLine, ...]:
    grouped = groupby(rows, key=lambda row: row.issue_id)
    lines = (_line(tuple(members), months) for _, members in grouped)
    return tuple(line for line in lines if line)


def _line(members: Sequence[IssueMonth], months: Sequence[str]) -> TrendLine | None:
    """One issue over the months; None where none of it was found in any."""
    if not any(row.faults for row in members):
        return None
    faults = {row.snapshot_month: row.faults for row in members}
    first, points = members[0], tuple(_point(row) for row in members)
    return TrendLine(
        id=first.issue_id,
        issue_id=first.issue_id,
        title=first.title,
        faults=tuple(_count(faults.get(month)) for month in months),
        chart=charts.chart(points, "count"),
        alt=chart_alt(first.title, "count", points, ""),
    )


def _point(row: IssueMonth) -> TrendPoint:
    return TrendPoint(
        indicator_id=row.issue_id,
        period_end=wording.month_end(row.snapshot_month),
        basis="month_end",
        value=row.faults,
        numerator=None,
        denominator=None,
        status=SHOWN,
        note="",
    )


def _stock_flow(row: StockFlow) -> tuple[str, ...]:
    counts = (
        row.closing_before, row.restated, row.opening, row.admissions, row.unexplained_starts,
        row.ceased, row.closing,
    )  # fmt: skip
    return (_month(row.snapshot_month), *(_count(each) for each in counts))

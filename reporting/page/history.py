"""How late records arrive, how much figures usually move, and the children behind a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reporting import wording
from reporting.headlines import chart_alt
from reporting.history import movement
from reporting.history.causes import NO_TEAM
from reporting.history.rows import Lateness, Movement, RestatedChild
from reporting.page import charts
from reporting.page.changes import listed
from reporting.page.measures import Cell, cell
from reporting.rows import SHOWN, SUPPRESSED, Figure, Indicator, PackRows, TrendPoint

_HOW = {
    "added": "came",
    "removed": "went",
    "changed": "judged otherwise",
    "moved": "counted under another part",
}


@dataclass(frozen=True)
class LateTable:
    """One table of records: how late what is new in the extract came.

    `id`, `chart` and `alt` are what the line of thirteen months is drawn from.
    """

    id: str
    title: str
    records: Cell
    late: Cell
    half: Cell
    nine_in_ten: Cell
    chart: charts.Chart | None
    alt: str


@dataclass(frozen=True)
class TeamTable:
    """One table of records by team: how many new, and the days within which half came."""

    title: str
    teams: tuple[str, ...]


@dataclass(frozen=True)
class UsualMove:
    """A measure that usually moves: how, after each number of months, and how far it ever did."""

    id: str
    title: str
    moves: tuple[str, ...]
    extent: str
    months: str


@dataclass(frozen=True)
class ChildBehind:
    """A child, event or household behind a changed figure, and what explains it."""

    id: str
    how: str
    why: str


@dataclass(frozen=True)
class ChildrenBehind:
    """The children behind one changed figure."""

    title: str
    month: str
    children: tuple[ChildBehind, ...]


@dataclass(frozen=True)
class HistoryPart:
    """Everything the pack tells of history beside the changed figures themselves."""

    late_tables: tuple[LateTable, ...]
    teams: tuple[str, ...]
    team_tables: tuple[TeamTable, ...]
    ages: tuple[str, ...]
    moving: tuple[UsualMove, ...]
    staying: tuple[str, ...]
    too_little: tuple[str, ...]
    hidden: tuple[str, ...]
    children: tuple[ChildrenBehind, ...]


def build_history(rows: PackRows) -> HistoryPart:
    """Lay out the history of one edition."""
    by_measure = movements(rows.history.movements)
    measures = [row for row in rows.indicators if row.indicator_id in by_measure]
    newest = [(row, movement.newest(by_measure[row.indicator_id])) for row in measures]
    told = [(row, last) for row, last in newest if last]
    ages = sorted({each.months_later for each in rows.history.movements})
    untold = [row for row, last in newest if not last]
    hidden = [row for row in untold if _hides(by_measure[row.indicator_id])]
    now = _newest(rows.history.lateness)
    teams = sorted({row.team for row in now if row.team}, key=lambda team: (team == NO_TEAM, team))
    return HistoryPart(
        late_tables=tuple(_late_table(row, rows.history.lateness) for row in now if not row.team),
        teams=tuple(wording.start(wording.team(team)) for team in teams),
        team_tables=_team_tables(now, teams),
        ages=tuple(wording.start(f"{movement.months(age)} later") for age in ages),
        moving=tuple(
            _usual(row, last, by_measure[row.indicator_id], ages)
            for row, last in told
            if last.median
        ),
        staying=tuple(row.title for row, last in told if not last.median),
        too_little=tuple(row.title for row in untold if row not in hidden),
        hidden=tuple(row.title for row in hidden),
        children=_children(rows),
    )


def movements(rows: Sequence[Movement]) -> dict[str, tuple[Movement, ...]]:
    """The movements of each measure."""
    ordered = sorted(rows, key=lambda row: (row.indicator_id, row.months_later))
    grouped = groupby(ordered, key=lambda row: row.indicator_id)
    return {indicator_id: tuple(members) for indicator_id, members in grouped}


def _hides(members: Sequence[Movement]) -> bool:
    return any(row.status == SUPPRESSED for row in members)


def _usual(
    row: Indicator, last: Movement, members: Sequence[Movement], ages: Sequence[int]
) -> UsualMove:
    told = {each.months_later: movement.moves(each) for each in members if each.status == SHOWN}
    return UsualMove(
        id=row.indicator_id,
        title=row.title,
        moves=tuple(wording.start(told.get(age, "too little history")) for age in ages),
        extent=wording.start(movement.extent(last)),
        months=wording.plain(last.months or 0),
    )


def _newest(rows: Sequence[Lateness]) -> list[Lateness]:
    """The rows of the newest extract, table by table."""
    newest = max((row.snapshot_month for row in rows), default="")
    now = [row for row in rows if row.snapshot_month == newest]
    return sorted(now, key=lambda row: (row.table_title, row.table_name, row.team))


def _late_table(now: Lateness, rows: Sequence[Lateness]) -> LateTable:
    months = [row for row in rows if (row.table_name, row.team) == (now.table_name, now.team)]
    points = [_point(row) for row in sorted(months, key=lambda row: row.snapshot_month)]
    what = wording.start(f"{now.table_title}, days within which half were recorded")
    is_line = sum(point.is_shown for point in points) > 1
    return LateTable(
        id=f"late-{wording.slug(now.table_name)}",
        title=wording.start(now.table_title),
        records=cell(now.records, "count"),
        late=cell(now.records_late, "count"),
        half=_days(now.median_days),
        nine_in_ten=_days(now.ninth_decile_days),
        chart=charts.chart(points, "days") if is_line else None,
        alt=chart_alt(what, "days", points, ""),
    )


def _team_tables(now: Sequence[Lateness], teams: Sequence[str]) -> tuple[TeamTable, ...]:
    by_team = {(row.table_name, row.team): row for row in now if row.team}
    names = {row.table_name: row.table_title for row in now if row.team}
    return tuple(
        TeamTable(
            wording.start(title), tuple(_of_team(by_team.get((name, team))) for team in teams)
        )
        for name, title in names.items()
    )


def _of_team(row: Lateness | None) -> str:
    """`19 (112)`: half within, of so many."""
    if row is None or not row.median_days.is_shown:
        return "–"
    return (
        f"{wording.whole_days(row.median_days.value or 0)} ({wording.figure(row.records, 'count')})"
    )


def _days(shown: Figure) -> Cell:
    if not shown.is_shown:
        return cell(shown, "days")
    return Cell(wording.whole_days(shown.value or 0), "number")


def _point(row: Lateness) -> TrendPoint:
    return TrendPoint(
        indicator_id=row.table_name,
        period_end=wording.month_end(row.snapshot_month),
        basis="month_end",
        value=row.median_days.value,
        numerator=None,
        denominator=None,
        status=row.median_days.status,
        note="",
    )


def _children(rows: PackRows) -> tuple[ChildrenBehind, ...]:
    """The children behind each changed figure, in its order; none in the public edition."""
    tables = {cause.table_name: cause.table_title for cause in rows.history.causes}
    behind: dict[tuple[object, ...], list[RestatedChild]] = {}
    for row in rows.history.restated_children:
        behind.setdefault((row.indicator_id, row.period_end, row.basis), []).append(row)
    return tuple(
        ChildrenBehind(
            row.title, wording.month_year(row.period_end), _behind(behind[figure], tables)
        )
        for row in listed(rows.changed)
        if (figure := (row.indicator_id, row.period_end, row.basis)) in behind
    )


def _behind(members: Sequence[RestatedChild], tables: dict[str, str]) -> tuple[ChildBehind, ...]:
    ordered = sorted(members, key=lambda row: (_name(row), row.change, _explains(row)))
    grouped = groupby(ordered, key=lambda row: (_name(row), row.change))
    return tuple(
        ChildBehind(name, _HOW.get(change, change), _why(tuple(records), tables))
        for (name, change), records in grouped
    )


def _why(records: Sequence[RestatedChild], tables: dict[str, str]) -> str:
    """`visits recorded late (12 and 41 days, LAC Team 3)`: each table and cause once."""
    said = []
    for (table, cause, team), members in groupby(
        records, key=lambda row: (row.table_name, row.cause, row.team)
    ):
        days = sorted({row.days_late for row in members if row.days_late is not None})
        late = f"{wording.and_list([wording.plain(each) for each in days])} days" if days else ""
        more = ", ".join(part for part in (late, wording.team(team)) if part)
        what = f"{tables.get(table, table)}: {cause}" if table else cause
        said.append(f"{what} ({more})" if more else what)
    return "; ".join(dict.fromkeys(said))


def _name(row: RestatedChild) -> str:
    """The case id; of a household measure, the household's."""
    return row.person_id or row.event_id


def _explains(row: RestatedChild) -> tuple[str, str, str]:
    return row.table_name, row.cause, row.team

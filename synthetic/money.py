"""What placements cost a week, and the budget lines with the spending so far."""

from dataclasses import dataclass
from datetime import date

from synthetic.case_system import told
from synthetic.council import Council
from synthetic.days import days
from synthetic.recording import recorded

WEEKLY = {"IFA": 880.0, "OoA residential": 5200.0, "Supported accommodation": 1150.0}
YEARLY_UPRATING = 1.035
BASE_YEAR = 2026


@dataclass(frozen=True)
class _Cost:
    """A bought placement at one weekly price."""

    line: str
    weekly: float
    start: date
    end: date


def add_money(council: Council) -> None:
    """Add the weekly cost of every bought placement and the budget at each month end."""
    costs: list[_Cost] = []
    for child in council.children:
        for care in child.counted_cares:
            if care.end <= council.settings.history_from:
                continue
            rng = council.settings.rng("cost", care.cla_id)
            for number, home in enumerate(care.homes, start=1):
                line = budget_line(home.place, home.provider)
                if line is None or home.start > council.settings.last_day:
                    continue
                level = rng.uniform(0.8, 1.3)
                placement_id = f"{care.cla_id}{number:02d}"
                ended = max(
                    recorded(rng, "end", home.end), council.not_before_opening(care, home.end)
                )
                for start, end in _by_financial_year(home.start, home.end):
                    if end <= council.settings.history_from:
                        continue
                    years = start.year - (start.month < 4) - BASE_YEAR
                    weekly = round(WEEKLY[line] * level * YEARLY_UPRATING**years, 2)
                    costs.append(_Cost(line, weekly, start, end))
                    typed = council.not_before_opening(care, recorded(rng, "move", start))
                    closed = told((max(typed, ended if end == home.end else end), end))
                    row = (placement_id, weekly, start, closed)
                    council.system.add_told("ext_placement_cost", typed, *row)
    _add_budget(council, costs)


def budget_line(place: str, provider: str | None) -> str | None:
    """Return the budget line of a bought placement; None for all others (C13)."""
    if provider not in ("PR2", "PR3", "PR4", "PR5"):
        return None
    if place.startswith("U") and len(place) == 2:
        return "IFA"
    if place in ("K1", "K2", "R1", "S1"):
        return "OoA residential"
    if place in ("H5", "K3", "P2"):
        return "Supported accommodation"
    return None


def _by_financial_year(start: date, end: date) -> list[tuple[date, date]]:
    found = []
    while start < end:
        next_april = date(start.year + (start.month >= 4), 4, 1)
        found.append((start, min(end, next_april)))
        start = next_april
    return found


def _spent(costs: list[_Cost], line: str, first: date, last: date) -> float:
    """Return what the nights from ``first`` to ``last`` inclusive cost."""
    after = last + days(1)
    return sum(
        (min(cost.end, after) - max(cost.start, first)).days * cost.weekly / 7
        for cost in costs
        if cost.line == line and cost.start < after and cost.end > first
    )


def _add_budget(council: Council, costs: list[_Cost]) -> None:
    """Add one row a line and financial year: the day up to which was paid, and how much."""
    settings = council.settings
    first_year = settings.month_ends[0].year - (settings.month_ends[0].month < 4)
    last_year = settings.last_day.year - (settings.last_day.month < 4)
    for year in range(first_year, last_year + 1):
        april, march = date(year, 4, 1), date(year + 1, 3, 31)
        ends = [day for day in settings.month_ends if april <= day <= march]
        for line in WEEKLY:
            before = _spent(costs, line, date(year - 1, 4, 1), date(year, 3, 31))
            budget = float(round(before * 0.98, -4))
            spent = [(day, round(_spent(costs, line, april, day), 2)) for day in ends]
            until = told(*((day, day) for day in ends))
            years = f"{year}/{(year + 1) % 100:02d}"
            row = (line, years, budget, until, told(*spent))
            council.system.add_told("ext_budget", ends[0], *row)

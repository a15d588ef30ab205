"""DQ45: what placements cost and where children live are taken on different dates.

Shapes: a price for a placement that no episode has; a price that runs on after its placement and
episode ended; a bought placement with a child and no price, or one whose price begins weeks late;
a budget line paid up to another day than the month end. Nothing may be put right.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from synthetic.days import days
from synthetic.money import budget_line

from .cares import Child, children, day_of, today
from .extracts import Extracts, Row, Value
from .rows import Spot, add_as_known, each_of, issue_of, missing_from, retype

COSTS, PLACEMENTS, BUDGET = "ext_placement_cost", "ssd_cla_placement", "ext_budget"
ID, PAID_TO = "clap_cla_placement_id", "actual_to_date"
BEGUN, ENDED = "clap_cla_placement_start_date", "clap_cla_placement_end_date"
WEEKS_LATE = 15
"""Days at least between the start of a placement and a price that begins late."""


@dataclass(frozen=True)
class Priced:
    """A placement of a child in order, and its prices by their first days."""

    child: Child
    home: Row
    prices: tuple[Row, ...]

    @property
    def placement_id(self) -> str:
        """The placement."""
        return str(self.home[ID])

    def price_spot(self, price: Row, column: str, true: Value = None) -> Spot:
        """Return a cell of a price."""
        place = (COSTS, self.placement_id, column, price[column])
        return Spot(*place, true, person_id=self.child.person_id)

    def home_spot(self, true: Value = None) -> Spot:
        """Return the placement itself."""
        place = (PLACEMENTS, self.placement_id, ID, self.home[ID])
        return Spot(*place, true, person_id=self.child.person_id)


def line_of(home: Row) -> str | None:
    """Return the budget line of a placement; None where no price is due (C13)."""
    provider = home["clap_cla_placement_provider"]
    kind = str(home["clap_cla_placement_type"])
    return budget_line(kind, None if provider is None else str(provider))


def _last_homes(extracts: Extracts) -> dict[str, Priced]:
    """Return the last placement of every child in order, with its prices."""
    return extracts.free(_read_last_homes)


def _read_last_homes(extracts: Extracts) -> dict[str, Priced]:
    prices = extracts.rows_of(COSTS, "placement_id")
    found = {}
    for child in children(extracts):
        home = child.last.last_home
        mine = sorted(prices.get(str(home[ID]), []), key=lambda row: day_of(row["start_date"]))
        found[child.person_id] = Priced(child, home, tuple(mine))
    return found


def _running(extracts: Extracts) -> dict[str, Priced]:
    """Return the bought placements that run and are paid."""
    return {
        person_id: one
        for person_id, one in _last_homes(extracts).items()
        if one.home[ENDED] is None
        and line_of(one.home)
        and one.prices
        and one.prices[-1]["end_date"] is None
    }


def _closed(extracts: Extracts) -> dict[str, Priced]:
    """Return the bought placements that ended within this year's budget, and are paid so far."""
    since = _april(today(extracts))
    return {
        person_id: one
        for person_id, one in _last_homes(extracts).items()
        if one.child.has_left
        and one.prices
        and one.home[ENDED] == one.prices[-1]["end_date"] == one.child.last.end
        and day_of(one.home[ENDED]) > since
    }


def _at_own_cost(extracts: Extracts) -> dict[str, Priced]:
    """Return the placements that run and need no price: own carers, parents, adopters."""
    return {
        person_id: one
        for person_id, one in _last_homes(extracts).items()
        if one.home[ENDED] is None and not line_of(one.home) and not one.prices
    }


def _begun_this_year(extracts: Extracts) -> dict[str, Priced]:
    """Return the running ones with one price, from the first day, that leave room for a later."""
    before = today(extracts) - days(WEEKS_LATE + 5)
    return {
        person_id: one
        for person_id, one in _running(extracts).items()
        if len(one.prices) == 1
        and one.prices[0]["start_date"] == one.home[BEGUN]
        and day_of(one.home[BEGUN]) < before
    }


def _with_two_prices(extracts: Extracts) -> dict[str, Priced]:
    return {
        person_id: one
        for person_id, one in _running(extracts).items()
        if len(one.prices) > 1 and one.prices[-2]["end_date"] == one.prices[-1]["start_date"]
    }


def _price_alone(extracts: Extracts, chance: random.Random, one: Priced) -> Spot:
    """Add the price of a placement that only finance knows of."""
    placement_id = f"{one.child.last.cla_id}99"
    row: Row = {
        "placement_id": placement_id,
        "weekly_cost": round(chance.uniform(700, 1100), 2),
        "start_date": today(extracts) - days(chance.randint(5, 150)),
        "end_date": None,
    }
    add_as_known(extracts, COSTS, row, "start_date")
    return Spot(COSTS, placement_id, "placement_id", placement_id, "(dropped)")


def _price_runs_on(extracts: Extracts, chance: random.Random, one: Priced) -> Spot:
    last = one.prices[-1]
    stood = retype(extracts, COSTS, last, "end_date", None)
    return one.price_spot(last, "end_date", stood)


def _no_price(extracts: Extracts, chance: random.Random, one: Priced) -> Spot:
    extracts.remove(COSTS, "placement_id", one.placement_id)
    return one.home_spot(missing_from(COSTS))


def _price_begins_late(extracts: Extracts, chance: random.Random, one: Priced) -> Spot:
    price = one.prices[0]
    room = (today(extracts) - day_of(one.home[BEGUN])).days
    late = day_of(one.home[BEGUN]) + days(chance.randint(WEEKS_LATE, min(60, room)))
    stood = retype(extracts, COSTS, price, "start_date", late)
    for month in extracts.months:
        if late > today(extracts, month):
            extracts.remove(COSTS, "placement_id", one.placement_id, [month])
    return one.price_spot(price, "start_date", stood)


def line_id(row: Row) -> str:
    """Return what names a budget line: the line and its financial year."""
    return f"{row['line']} {row['financial_year']}"


def _lines(extracts: Extracts) -> dict[str, Row]:
    """Return the budget lines of the year of the latest month."""
    april = _april(today(extracts))
    return {str(r["line"]): r for r in extracts.rows(BUDGET) if day_of(r[PAID_TO]) >= april}


def _april(day: date) -> date:
    """Return the first day of the financial year of a day."""
    return date(day.year - (day.month < 4), 4, 1)


def _paid_to_another_day(extracts: Extracts, chance: random.Random, row: Row) -> Spot:
    """Take the spending some days before the month end, as the ledger closed early."""
    stood, early = day_of(row[PAID_TO]), chance.randint(1, 5)
    row[PAID_TO] = stood - days(early)
    share = 1 - early / ((stood - _april(stood)).days + 1)
    row["actual"] = round(float(str(row["actual"])) * share, 2)
    return Spot(BUDGET, line_id(row), PAID_TO, row[PAID_TO], stood)


def _lines_of_last_year(extracts: Extracts) -> dict[str, Row]:
    """Return the same lines under the name of the year before, which nobody else takes."""
    return {f"{line} of last year": row for line, row in _lines(extracts).items()}


def _year_that_is_closed(extracts: Extracts, chance: random.Random, row: Row) -> Spot:
    """Point at the line of the year before, rightly paid up to 31 March; add it where none is."""
    march = _april(day_of(row[PAID_TO])) - days(1)
    before: Row = {
        "line": row["line"],
        "financial_year": f"{march.year - 1}/{march.year % 100:02d}",
        "budget": row["budget"],
        PAID_TO: march,
        "actual": round(float(str(row["budget"])) * chance.uniform(0.9, 1.1), 2),
    }
    if not any(line_id(before) == line_id(other) for other in extracts.rows(BUDGET)):
        for month in extracts.months:
            if march <= today(extracts, month):
                extracts.rows(BUDGET, month).add(dict(before))
    return Spot(BUDGET, line_id(before), PAID_TO, march)


def _ended_together(extracts: Extracts, chance: random.Random, one: Priced) -> Spot:
    return one.price_spot(one.prices[-1], "end_date")


def _new_price(extracts: Extracts, chance: random.Random, one: Priced) -> Spot:
    return one.price_spot(one.prices[-1], "start_date")


def _needs_no_price(extracts: Extracts, chance: random.Random, one: Priced) -> Spot:
    return one.home_spot()


ISSUE = issue_of(
    "DQ45",
    faults={
        "price without an episode": each_of(_at_own_cost, _price_alone),
        "price runs on after the placement": each_of(_closed, _price_runs_on),
        "bought placement without a price": each_of(_running, _no_price),
        "price begins weeks late": each_of(_begun_this_year, _price_begins_late),
        "spending up to another day": each_of(_lines, _paid_to_another_day),
    },
    look_alikes={
        "own carers and parents have no price": each_of(_at_own_cost, _needs_no_price),
        "price and placement ended together": each_of(_closed, _ended_together),
        "new price from 1 April": each_of(_with_two_prices, _new_price),
        "year that is closed": each_of(_lines_of_last_year, _year_that_is_closed),
    },
)

"""Children and their periods of care as an extract shows them, and how a fault is typed into one.

A shape is told in two halves: which children suit it, and what is changed for one of them. Only
children whose records are in order in every extract are offered, so that each carries one fault.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from synthetic.days import birthday, days

from .extracts import Extracts, Row, Value
from .injection import Issue, Shape, Truth

PERSONS, EPISODES, PLACEMENTS = "ssd_person", "ssd_cla_episodes", "ssd_cla_placement"
ORDERS, PERMANENCE, WORKFLOW = "ssd_legal_status", "ssd_permanence", "ext_workflow"

EPISODE_ID, CLA_ID = "clae_cla_episode_id", "clae_cla_id"
START, RNE = "clae_cla_episode_start_date", "clae_cla_episode_start_reason"
END, REC = "clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason"
ENTERED, HOME_ID = "clae_entered_care_date", "clae_cla_placement_id"
PLACE_START, PLACE_END = "clap_cla_placement_start_date", "clap_cla_placement_end_date"
PLACE, PROVIDER = "clap_cla_placement_type", "clap_cla_placement_provider"
ORDER_START, ORDER_END = "lega_legal_status_start_date", "lega_legal_status_end_date"
ORDER = "lega_legal_status"
GRANTED, GRANTED_AS = "perm_permanence_order_date", "perm_permanence_order_type"

KEYS = {
    PERSONS: "pers_person_id",
    EPISODES: EPISODE_ID,
    PLACEMENTS: "clap_cla_placement_id",
    ORDERS: "lega_legal_status_id",
    PERMANENCE: "perm_table_id",
}
PERSON_COLUMNS = {
    EPISODES: "clae_person_id",
    PLACEMENTS: "clap_person_id",
    ORDERS: "lega_person_id",
    PERMANENCE: "perm_person_id",
}
SPANS = {EPISODES: (START, END), PLACEMENTS: (PLACE_START, PLACE_END)} | {
    ORDERS: (ORDER_START, ORDER_END)
}
"""Table: the columns of the first day and of the end of a row."""

CARE_ORDER_CODES = {
    "Full care order": "C2",
    "Interim care order": "C1",
    "Placement order": "E1",
    "Accommodated under section 20": "V2",
}
GUARDIANSHIP_REASONS = frozenset({"E45", "E46", "E47", "E48"})
ADOPTION_REASONS = frozenset({"E11", "E12"})
LOOKED_AFTER_CODES = frozenset({"C1", "C2", "E1", "V2", "L1", "L2", "L3", "J1", "J2", "J3"})


@dataclass(frozen=True)
class Care:
    """One period of care: its rows in order, as the latest extract has them."""

    cla_id: str
    episodes: tuple[Row, ...]
    placements: tuple[Row, ...]
    orders: tuple[Row, ...]

    @property
    def start(self) -> date:
        """The first day."""
        return day_of(self.episodes[0][START])

    @property
    def end(self) -> date | None:
        """The day care ended, as recorded."""
        end = self.episodes[-1][END]
        return None if end is None else day_of(end)

    @property
    def reason(self) -> Value:
        """The recorded reason why care ended."""
        return self.episodes[-1][REC]

    @property
    def last_id(self) -> str:
        """The id of the last episode."""
        return str(self.episodes[-1][EPISODE_ID])

    @property
    def last_home(self) -> Row:
        """The placement of the last episode."""
        last = self.episodes[-1][HOME_ID]
        return next(row for row in self.placements if row["clap_cla_placement_id"] == last)

    @property
    def last_code(self) -> str:
        """The code of the order that began last."""
        return code_of(self.orders[-1])


@dataclass(frozen=True)
class Child:
    """A child whose periods of care are recorded as they should be."""

    person_id: str
    birth_date: date
    is_uasc: bool
    is_settled: bool
    first_extract: date
    today: date
    cares: tuple[Care, ...]

    @property
    def first(self) -> Care:
        """The first period of care."""
        return self.cares[0]

    @property
    def last(self) -> Care:
        """The last period of care."""
        return self.cares[-1]

    @property
    def is_in_care(self) -> bool:
        """Whether the last period of care is open."""
        return self.last.end is None

    @property
    def has_left(self) -> bool:
        """Whether every period of care was closed, and alike in all extracts."""
        return not self.is_in_care and self.is_settled

    @property
    def left_at_18(self) -> bool:
        """Whether the last period of care ended on the 18th birthday."""
        return self.has_left and self.last.end == birthday(self.birth_date, 18)

    def is_under(self, age: int, on: date | None = None) -> bool:
        """Whether the child has not attained an age on a day (the last of the extracts)."""
        return (on or self.today) < birthday(self.birth_date, age)

    @property
    def may_have_been_before(self) -> bool:
        """Whether there is room for care before the first; before 14, for C15's sake."""
        is_young = self.is_under(14, self.first.start)
        return is_young and not self.is_uasc and (self.first.start - self.birth_date).days > 700


@dataclass(frozen=True)
class Cell:
    """The cell of the latest extract that a shape made wrong, or points at.

    A ``true_value`` of None says that what is recorded is right (a look-alike).
    """

    table: str
    row_id: str
    column: str
    true_value: str | None = None
    is_repairable: bool = False


Suits = Callable[[Child], bool]
Change = Callable[[Extracts, random.Random, Child], Cell]


def issue_of(
    issue_id: str,
    faults: Mapping[str, tuple[Suits, Change]],
    look_alikes: Mapping[str, tuple[Suits, Change]],
) -> Issue:
    """Return an issue whose shapes are told in two halves."""
    return Issue(
        issue_id,
        {name: _shape(issue_id, name, True, *halves) for name, halves in faults.items()},
        {name: _shape(issue_id, name, False, *halves) for name, halves in look_alikes.items()},
    )


def _shape(issue_id: str, name: str, is_fault: bool, suits: Suits, change: Change) -> Shape:
    def make(extracts: Extracts, chance: random.Random, number: int) -> list[Truth]:
        chosen = take(extracts, chance, number, suits)
        cells = [change(extracts, chance, child) for child in chosen]
        return [_truth(extracts, issue_id, name, is_fault, cell) for cell in cells]

    return make


def take(extracts: Extracts, chance: random.Random, number: int, suits: Suits) -> list[Child]:
    """Choose up to so many children who suit, and whom no shape has had before."""
    known = extracts.free(_copied_children)

    def offer(person_id: str) -> Child | None:
        child = known[person_id]
        return child if suits(child) else None

    return [child for _, child in extracts.take(known, chance, number, offer)]


def _truth(extracts: Extracts, issue_id: str, name: str, is_fault: bool, cell: Cell) -> Truth:
    row = row_of(extracts, cell.table, cell.row_id)
    recorded = text_of(row[cell.column])
    return Truth(
        issue_id=issue_id,
        shape=name,
        is_fault=is_fault,
        snapshot_month=extracts.latest,
        person_id=str(row[PERSON_COLUMNS[cell.table]]),
        table=cell.table,
        row_id=cell.row_id,
        column=cell.column,
        recorded_value=recorded,
        true_value=recorded if cell.true_value is None else cell.true_value,
        is_repairable=cell.is_repairable,
    )


def day_of(value: Value) -> date:
    """Return a value that is a date."""
    assert isinstance(value, date), value
    return value


def text_of(value: Value) -> str:
    """Return a value as the truth has it: ISO dates, empty where there is none."""
    return "" if value is None else str(value)


def code_of(order: Row) -> str:
    """Return the code of a legal status, also where it is in words."""
    return CARE_ORDER_CODES.get(str(order[ORDER]), str(order[ORDER]))


def children(extracts: Extracts) -> list[Child]:
    """Return the children in order before anything was typed in, with copies of their rows."""
    return list(extracts.free(_copied_children).values())


def _copied_children(extracts: Extracts) -> dict[str, Child]:
    return {
        person_id: replace(child, cares=tuple(map(_copied, child.cares)))
        for person_id, child in children_in_order(extracts).items()
    }


def _copied(care: Care) -> Care:
    rows = (tuple(map(dict, of)) for of in (care.episodes, care.placements, care.orders))
    return Care(care.cla_id, *rows)


def children_in_order(extracts: Extracts) -> dict[str, Child]:
    """Return the children whose periods of care are now in order and whose birth date is known.

    Their rows are those of the latest extract, to type in.
    """
    born = {str(row["pers_person_id"]): row["pers_dob"] for row in extracts.rows(PERSONS)}
    uasc = extracts.rows_of("ssd_immigration_status", "immi_person_id")
    before = {str(row[EPISODE_ID]): row for row in extracts.rows(EPISODES, extracts.months[0])}
    ends = (today(extracts, extracts.months[0]), today(extracts))
    found = {}
    for person_id, cares in sorted(_recorded_cares(extracts).items()):
        birth_date = born.get(person_id)
        if isinstance(birth_date, date) and _is_in_order(cares):
            rows = [row for care in cares for row in care.episodes]
            is_settled = all(before.get(str(row[EPISODE_ID])) == row for row in rows)
            is_uasc = person_id in uasc
            found[person_id] = Child(person_id, birth_date, is_uasc, is_settled, *ends, cares)
    return found


def _recorded_cares(extracts: Extracts) -> dict[str, tuple[Care, ...]]:
    homes = extracts.rows_of(PLACEMENTS, "clap_cla_id")
    orders: dict[str, list[Row]] = {}
    for row in extracts.rows(ORDERS):
        is_later = str(row["lega_legal_status_id"])[8:].startswith("9")
        if not is_later:
            orders.setdefault(str(row["lega_legal_status_id"])[:8], []).append(row)
    found: dict[str, list[Care]] = {}
    for cla_id, unsorted in extracts.rows_of(EPISODES, CLA_ID).items():
        rows = sorted(unsorted, key=lambda row: (day_of(row[START]), str(row[EPISODE_ID])))
        mine = sorted(orders.get(cla_id, []), key=lambda row: day_of(row[ORDER_START]))
        care = Care(cla_id, tuple(rows), tuple(homes.get(cla_id, ())), tuple(mine))
        found.setdefault(str(rows[0]["clae_person_id"]), []).append(care)
    return {
        person_id: tuple(sorted(cares, key=lambda care: care.start))
        for person_id, cares in found.items()
    }


def _is_in_order(cares: tuple[Care, ...]) -> bool:
    def has_a_night(care: Care, after: Care) -> bool:
        return care.end is not None and care.end < after.start

    return all(map(_is_whole, cares)) and all(has_a_night(a, b) for a, b in pairwise(cares))


def _is_whole(care: Care) -> bool:
    """Whether the rows follow each other, each of some nights, with homes and counted orders."""
    rows = care.episodes
    has_nights = all(row[END] is None or day_of(row[END]) > day_of(row[START]) for row in rows)
    follows = all(a[END] == b[START] and a[REC] == "X1" for a, b in pairwise(rows))
    homes = {row["clap_cla_placement_id"] for row in care.placements}
    is_counted = bool(care.orders) and all(code_of(o) in LOOKED_AFTER_CODES for o in care.orders)
    has_homes = all(row[HOME_ID] in homes for row in rows)
    is_begun = rows[0][RNE] == "S" and rows[-1][REC] != "X1"
    return has_nights and follows and has_homes and is_counted and is_begun


def today(extracts: Extracts, month: str | None = None) -> date:
    """Return the last day of a month, the latest where none is given."""
    return extracts.settings.month_ends[extracts.months.index(month or extracts.latest)]


def row_of(extracts: Extracts, table: str, row_id: str, month: str | None = None) -> Row:
    """Return one row of a month."""
    return extracts.where(table, KEYS[table], row_id, month)[0]


def put(
    extracts: Extracts,
    table: str,
    row_id: str,
    values: Mapping[str, Value],
    months: Iterable[str] = (),
) -> None:
    """Type values into a row, in the latest month or in those given that have the row."""
    for month in months or (extracts.latest,):
        for row in extracts.where(table, KEYS[table], row_id, month):
            row.update(values)


def add(extracts: Extracts, table: str, row: Row) -> str:
    """Add a row to every month that may know it, open where it ends later; return its id."""
    first, last = SPANS.get(table, (None, None))
    for month in extracts.months:
        known = dict(row)
        end = today(extracts, month)
        if first is not None and day_of(row[first]) > end:
            continue
        if last is not None and row[last] is not None and day_of(row[last]) > end:
            known[last] = None
            if table == EPISODES:
                known[REC] = None
        extracts.rows(table, month).add(known)
    return str(row[KEYS[table]])


def unused_id(extracts: Extracts, table: str, stem: str) -> str:
    """Return an id of the table that nobody has, beginning with ``stem``."""
    taken = extracts.rows_of(table, KEYS[table])
    return next(f"{stem}{n:02d}" for n in range(10, 90) if f"{stem}{n:02d}" not in taken)


@dataclass(frozen=True)
class Stay:
    """A whole period of care to add: one episode in one home under one order."""

    start: date
    end: date | None
    reason: str | None = "E4A"
    order: str = "V2"
    place: str = "U6"
    provider: str = "PR1"


def add_care(extracts: Extracts, child: Child, stay: Stay) -> str:
    """Add a period of care with its episode, placement and order; return the episode's id."""
    taken = extracts.rows_of(EPISODES, CLA_ID)
    numbers = (f"{child.person_id}{number:02d}" for number in range(1, 100))
    cla_id = next(number for number in numbers if number not in taken)
    like = next(
        row
        for row in extracts.rows(PLACEMENTS)
        if (row[PLACE], row[PROVIDER]) == (stay.place, stay.provider)
    )
    home = like | {
        "clap_cla_placement_id": f"{cla_id}01",
        "clap_cla_id": cla_id,
        "clap_person_id": child.person_id,
        PLACE_START: stay.start,
        PLACE_END: stay.end,
        "clap_cla_placement_change_reason": None,
    }
    episode = child.first.episodes[0] | {
        EPISODE_ID: f"{cla_id}001",
        HOME_ID: f"{cla_id}01",
        CLA_ID: cla_id,
        START: stay.start,
        RNE: "S",
        END: stay.end,
        REC: stay.reason,
        ENTERED: stay.start,
        "clae_cla_last_iro_contact_date": None,
    }
    add(extracts, PLACEMENTS, home)
    add_order(extracts, child, f"{cla_id}01", stay.order, stay.start, stay.end)
    return add(extracts, EPISODES, episode)


def add_order(
    extracts: Extracts, child: Child, row_id: str, order: str, start: date, end: date | None
) -> str:
    """Add a legal status."""
    row: Row = {
        "lega_legal_status_id": row_id,
        "lega_person_id": child.person_id,
        ORDER: order,
        ORDER_START: start,
        ORDER_END: end,
    }
    return add(extracts, ORDERS, row)


def add_granted(extracts: Extracts, child: Child, care: Care, order: str, day: date) -> str:
    """Add the permanence record of an order granted on a day."""
    row = extracts.blank(PERMANENCE) | {
        "perm_table_id": unused_id(extracts, PERMANENCE, care.cla_id),
        "perm_person_id": child.person_id,
        "perm_cla_id": care.cla_id,
        GRANTED: day,
        GRANTED_AS: order,
    }
    return add(extracts, PERMANENCE, row)


def later_order_id(extracts: Extracts, care: Care) -> str:
    """Return an id for an order that follows care, as the case system numbers them."""
    return unused_id(extracts, ORDERS, f"{care.cla_id}9")


def care_before(
    extracts: Extracts,
    child: Child,
    chance: random.Random,
    gap: int | None = None,
    reason: str = "E4A",
) -> str:
    """Add a period of care that ended so many nights before the first; return its episode's id."""
    nights = chance.randint(40, 400) if gap is None else gap
    room = (child.first.start - child.birth_date).days
    end = child.first.start - days(min(nights, room // 2))
    start = end - days(chance.randint(30, room // 3))
    return add_care(extracts, child, Stay(start, end, reason))


def end_at(
    extracts: Extracts, care: Care, day: date | None, reason: Value, months: Iterable[str] = ()
) -> Cell:
    """Move the end of a care, of its last home and orders; return the cell of the end."""
    end, months = care.end, tuple(months)
    home = str(care.last_home["clap_cla_placement_id"])
    orders = [str(o["lega_legal_status_id"]) for o in care.orders if o[ORDER_END] == end]
    put(extracts, PLACEMENTS, home, {PLACE_END: day}, months)
    for order in orders:
        put(extracts, ORDERS, order, {ORDER_END: day}, months)
    put(extracts, EPISODES, care.last_id, {END: day, REC: reason}, months)
    return Cell(EPISODES, care.last_id, END, text_of(end))


def reopen(extracts: Extracts, care: Care, months: Iterable[str] = ()) -> Cell:
    """Take back the end of a care; return the cell of the end."""
    return end_at(extracts, care, None, None, months)


def had_left_before(child: Child) -> bool:
    """Whether the child has left care and may have had an earlier period of care."""
    return child.has_left and child.may_have_been_before


def is_in_care(child: Child) -> bool:
    """Whether the child is in care."""
    return child.is_in_care


def siblings_before(
    extracts: Extracts, chance: random.Random, child: Child, others: int = 1
) -> str:
    """Give a child and others an earlier period of care on the same days; return its episode."""
    nights, found = chance.randint(60, 200), [child]

    def suits(other: Child) -> bool:
        start = min(one.first.start for one in (*found, other))
        births = max(one.birth_date for one in (*found, other))
        return had_left_before(other) and (start - births).days > 500

    for _ in range(others):
        found += take(extracts, chance, 1, suits)
    end = min(one.first.start for one in found) - days(40)
    ids = [add_care(extracts, one, Stay(end - days(nights), end)) for one in found]
    return ids[0]


def places_with_room(care: Care) -> list[int]:
    """Return the places of long rows that a long row follows, so that a date between can slip."""

    def is_long(row: Row) -> bool:
        end = row[END]
        return end is None or (day_of(end) - day_of(row[START])).days > 50

    rows = care.episodes
    return [place for place in range(len(rows) - 1) if all(map(is_long, rows[place : place + 2]))]


def two_rows(chance: random.Random, care: Care) -> tuple[str, Row]:
    """Choose a row that another follows; return its id and the row after it."""
    place = chance.choice(places_with_room(care))
    return str(care.episodes[place][EPISODE_ID]), care.episodes[place + 1]


def may_have_breaks(child: Child) -> bool:
    """Whether the child has been at home long enough for short breaks in the last two years."""
    end = child.last.end
    is_home = child.has_left and end is not None and (child.today - end).days > 800
    return (
        is_home
        and child.is_under(17)
        and not child.is_uasc
        and child.last.reason not in ADOPTION_REASONS
    )


def went_home(child: Child) -> bool:
    """Whether the child went home or to relatives, and is still under 17."""
    end = child.last.end
    is_past = child.has_left and end is not None and (child.first_extract - end).days > 10
    return is_past and child.last.reason in {"E4A", "E4B", "E13"} and child.is_under(17)


def has_a_guardian(child: Child) -> bool:
    """Whether care ended by special guardianship ten weeks before the first extract."""
    end = child.last.end
    is_past = child.has_left and end is not None and (child.first_extract - end).days > 70
    return is_past and child.last.reason in GUARDIANSHIP_REASONS


def was_adopted(child: Child) -> bool:
    """Whether care ended by adoption."""
    return child.has_left and child.last.reason in ADOPTION_REASONS and child.is_under(18)


def add_breaks(
    extracts: Extracts, child: Child, first: date, number: int, every: int, stay: Stay
) -> list[str]:
    """Add so many breaks of a stay's length, one every so many days; return their orders' ids."""
    assert stay.end is not None
    nights = stay.end - stay.start
    found = []
    for day in (first + days(every * place) for place in range(number)):
        moved = replace(stay, start=day, end=day + nights)
        found.append(order_id_of(add_care(extracts, child, moved)))
    return found


def order_id_of(episode_id: str) -> str:
    """Return the id of the order of a period of care that ``add_care`` added."""
    return f"{episode_id[:8]}01"

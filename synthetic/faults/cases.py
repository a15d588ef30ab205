"""Rows of any table by person, and how a case of a shape is chosen, typed in and written down.

A case is told in two halves: what each child offers (the rows that suit), and what is typed into
one of them. Only children whose periods of care are in order are asked.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from synthetic.days import add_working_days, days

from .cares import (
    END,
    EPISODE_ID,
    EPISODES,
    HOME_ID,
    ORDERS,
    PERMANENCE,
    PERSONS,
    PLACE,
    PLACE_END,
    PLACE_START,
    PLACEMENTS,
    REC,
    RNE,
    START,
    Care,
    Child,
    children_in_order,
    day_of,
    text_of,
    today,
)
from .extracts import Extracts, Row, Value
from .injection import Issue, Shape, Truth

REVIEWS, VISITS, PLANS = "ssd_cla_reviews", "ssd_cla_visits", "ssd_cla_care_plan"
HEALTH, SDQ, MISSING = "ssd_cla_health", "ssd_sdq_scores", "ssd_missing"
IMMIGRATION, PEPS, PATHWAYS = "ssd_immigration_status", "ext_pep", "ext_pathway_plan"
IRO, HOUSEHOLDS, COSTS = "ext_iro_activity", "ext_foster_placement", "ext_placement_cost"
PLACE_ID, CHANGE_REASON = "clap_cla_placement_id", "clap_cla_placement_change_reason"
LAST_CONTACT = "clae_cla_last_iro_contact_date"

ID_COLUMNS: dict[str, tuple[str, ...]] = {
    PERSONS: ("pers_person_id",),
    EPISODES: (EPISODE_ID,),
    PLACEMENTS: (PLACE_ID,),
    ORDERS: ("lega_legal_status_id",),
    PERMANENCE: ("perm_table_id",),
    REVIEWS: ("clar_cla_review_id",),
    VISITS: ("clav_cla_visit_id",),
    PLANS: ("lacp_table_id",),
    HEALTH: ("clah_health_check_id",),
    SDQ: ("csdq_table_id",),
    MISSING: ("miss_table_id",),
    IMMIGRATION: ("immi_immigration_status_id",),
    PEPS: ("person_id", "meeting_date", "completed_date"),
    PATHWAYS: ("person_id", "plan_date"),
    IRO: ("review_id",),
}
"""What tells the rows of a table apart; several columns are written one after the other."""

OWNER_COLUMNS = {
    EPISODES: "clae_person_id",
    PLACEMENTS: "clap_person_id",
    REVIEWS: "clar_cla_id",
    VISITS: "clav_person_id",
    PLANS: "lacp_person_id",
    HEALTH: "clah_person_id",
    SDQ: "csdq_person_id",
    MISSING: "miss_person_id",
    IMMIGRATION: "immi_person_id",
    PEPS: "person_id",
    PATHWAYS: "person_id",
    IRO: "person_id",
    PERSONS: "pers_person_id",
    HOUSEHOLDS: "placement_id",
    COSTS: "placement_id",
}
"""The person a row belongs to (reviews: the period of care; households and costs: the home)."""

UNMAPPED_WORDS = {
    ("DQ27", "word nobody mapped"),
    ("DQ28", "a legal status no list knows"),
    ("DQ28", "a provider no list knows"),
}
"""The shapes of which the word is wrong, and not the row."""

T = TypeVar("T")


def row_id(table: str, row: Row) -> str:
    """Return what tells a row from the others of its table."""
    return " ".join(text_of(row[column]) for column in ID_COLUMNS[table])


def by_file_and_row(extracts: Extracts, truths: Iterable[Truth]) -> list[Truth]:
    """Name the rows as the warehouse does; call it before writing.

    Rows of tables without an id are named by file and row. A word that nobody mapped is one
    finding, whoever has it: it names neither a child nor a row.
    """
    places = {
        (table, row_id(table, row)): f"{table}.csv:{line}"
        for table in (PEPS, PATHWAYS)
        for line, row in reversed([*enumerate(extracts.rows(table), 2)])
    }
    found = []
    for truth in truths:
        if (truth.issue_id, truth.shape) in UNMAPPED_WORDS:
            found.append(replace(truth, person_id="", row_id=""))
        else:
            place = places.get((truth.table, truth.row_id), truth.row_id)
            found.append(replace(truth, row_id=place))
    return found


@dataclass(frozen=True)
class Records:
    """The rows of the extracts by owner."""

    extracts: Extracts

    @property
    def today(self) -> date:
        """The last day of the latest month."""
        return today(self.extracts)

    def before(self, back: int = 1) -> date:
        """Return the last day of a month before the latest."""
        return today(self.extracts, self.extracts.months[-1 - back])

    def of(self, table: str, owner: str, month: str | None = None) -> list[Row]:
        """Return the rows of a person (or period of care, or home) in a month."""
        return list(self.extracts.where(table, OWNER_COLUMNS[table], owner, month))

    def ids(self, table: str, owner: str, back: int = 1) -> set[str]:
        """Return the ids of a person's rows in a month before the latest."""
        month = self.extracts.months[-1 - back]
        return {row_id(table, row) for row in self.of(table, owner, month)}

    def drop(self, table: str, row: Row, months: Iterable[str] = ()) -> None:
        """Take a row out of months, the latest where none is given."""
        column, unwanted = ID_COLUMNS[table][0], row_id(table, row)
        self.extracts.remove(
            table,
            column,
            row[column],
            months or (self.extracts.latest,),
            lambda other: row_id(table, other) == unwanted,
        )

    def add(self, table: str, like: Row, changes: Mapping[str, Value] | None = None) -> Row:
        """Add a row to the latest month, like another but for some columns."""
        return self.extracts.rows(table).add({**like, **(changes or {})})

    def household(self, placement: Row) -> str | None:
        """Return the foster household of a placement."""
        rows = self.of(HOUSEHOLDS, str(placement[PLACE_ID]))
        return str(rows[0]["household_id"]) if rows else None

    def other_household(self, chance: random.Random, placement: Row) -> str:
        """Return a foster household that is not the placement's."""
        mine = self.household(placement)
        known = self.extracts.rows_of("ext_foster_household", "household_id")
        return chance.choice(sorted(set(known) - {str(mine)}))


@dataclass(frozen=True)
class Mark:
    """A cell that a shape made wrong or points at; no true value: what is recorded is right."""

    table: str
    row: Row
    column: str
    true_value: Value = None
    is_blank_true: bool = False
    is_repairable: bool = False
    person_id: str | None = None


Case = Callable[[Extracts, random.Random, int], list[tuple[str, Mark]]]


def case(
    offers: Callable[[Records, Child], Sequence[T]],
    change: Callable[[Records, random.Random, Child, T], Iterable[Mark]],
) -> Case:
    """Return a case from what each child offers and what is typed into one of the offers."""

    def make(extracts: Extracts, chance: random.Random, number: int) -> list[tuple[str, Mark]]:
        records, known = Records(extracts), extracts.free(children_in_order)
        marks: list[tuple[str, Mark]] = []
        for person_id, offered in extracts.take(
            known, chance, number, lambda name: offers(records, known[name]) or None
        ):
            one = chance.choice(offered)
            marks += [(person_id, mark) for mark in change(records, chance, known[person_id], one)]
        return marks

    return make


def point_at(table: str, column: str) -> Callable[..., Iterable[Mark]]:
    """Return a change that types nothing: the row offered is sound as it is."""

    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        return [Mark(table, row, column)]

    return change


def issue_of_cases(
    issue_id: str, faults: Mapping[str, Case], look_alikes: Mapping[str, Case]
) -> Issue:
    """Return an issue whose shapes are cases."""
    return Issue(
        issue_id,
        {name: _shape(issue_id, name, True, made) for name, made in faults.items()},
        {name: _shape(issue_id, name, False, made) for name, made in look_alikes.items()},
    )


def _shape(issue_id: str, name: str, is_fault: bool, made: Case) -> Shape:
    def make(extracts: Extracts, chance: random.Random, number: int) -> list[Truth]:
        return [
            _truth(extracts.latest, issue_id, name, is_fault, person_id, mark)
            for person_id, mark in made(extracts, chance, number)
        ]

    return make


def _truth(
    month: str, issue_id: str, name: str, is_fault: bool, person_id: str, mark: Mark
) -> Truth:
    recorded = text_of(mark.row[mark.column])
    is_right = mark.true_value is None and not mark.is_blank_true
    return Truth(
        issue_id=issue_id,
        shape=name,
        is_fault=is_fault,
        snapshot_month=month,
        person_id=mark.person_id or person_id,
        table=mark.table,
        row_id=row_id(mark.table, mark.row),
        column=mark.column,
        recorded_value=recorded,
        true_value=recorded if is_right else text_of(mark.true_value),
        is_repairable=mark.is_repairable,
    )


def retype(table: str, row: Row, column: str, value: Value, *, is_repairable: bool = False) -> Mark:
    """Type another value into a cell; the truth is what stood there."""
    was = row[column]
    row[column] = value
    is_blank = was is None or was == ""
    return Mark(table, row, column, was, is_blank_true=is_blank, is_repairable=is_repairable)


def is_day(value: Value) -> bool:
    """Whether a cell holds a date."""
    return isinstance(value, date)


def care_on(child: Child, day: date) -> Care | None:
    """Return the period of care that covers a day."""
    for care in child.cares:
        if care.start <= day and (care.end is None or day < care.end):
            return care
    return None


@dataclass(frozen=True)
class Stay:
    """An episode that is the last one in its home, with the home."""

    episode: Row
    placement: Row

    @property
    def start(self) -> date:
        """The first day of the episode."""
        return day_of(self.episode[START])

    def end(self, records: Records) -> date:
        """Return the end of the episode, the last day of the extract where it is open."""
        end = self.episode[END]
        return records.today if end is None else day_of(end)


@dataclass(frozen=True)
class Piece:
    """What comes after a cut of a stay: from when, how it began, and what differs in the home.

    ``ended`` is why the piece before it ended. ``household``: that of the stay, none, or another.
    """

    start: date
    rne: str = "P"
    changes: Mapping[str, Value] = field(default_factory=dict)
    ended: str = "OTHER"
    household: str | None = "same"


def stays(
    records: Records, child: Child, places: str, least: int, *, is_current: bool = True
) -> list[Stay]:
    """Return the stays of some days in kinds of home (first letters) of a child never in cover."""
    homes = {str(row[PLACE_ID]): row for care in child.cares for row in care.placements}
    if any(str(row[PLACE]).startswith("T") for row in homes.values()):
        return []
    last_in_home = {str(row[HOME_ID]): row for care in child.cares for row in care.episodes}
    found = [Stay(row, homes[home]) for home, row in last_in_home.items() if home in homes]
    return [
        stay
        for stay in found
        if str(stay.placement[PLACE])[0] in places
        and stay.placement[PLACE_END] == stay.episode[END]
        and (stay.end(records) - stay.start).days >= least
        and (not is_current or (records.today - stay.end(records)).days < 300)
    ]


def middle(records: Records, chance: random.Random, stay: Stay, nights: int) -> date:
    """Return a day on which so many nights elsewhere can begin, a month from either end."""
    latest = stay.end(records) - days(nights + 35)
    earliest = max(stay.start + days(30), latest - days(150))
    return earliest + days(chance.randint(0, max((latest - earliest).days, 0)))


def cut(records: Records, stay: Stay, pieces: Sequence[Piece]) -> list[Stay]:
    """Cut a stay into the part before and the pieces, with new rows of every linked table."""
    first = replace(stay, episode=stay.episode, placement=stay.placement)
    ended = (stay.placement[PLACE_END], stay.episode[REC], stay.placement[CHANGE_REASON])
    made = [first, *(_piece(records, first, n, piece) for n, piece in enumerate(pieces, 1))]
    for one, piece in zip(made, pieces, strict=False):
        one.episode.update({END: piece.start, REC: "X1"})
        one.placement.update({PLACE_END: piece.start, CHANGE_REASON: piece.ended})
    made[-1].episode.update({END: ended[0], REC: ended[1]})
    made[-1].placement.update({PLACE_END: ended[0], CHANGE_REASON: ended[2]})
    _share_contact(made)
    _share_costs(records, made)
    return made


def _piece(records: Records, stay: Stay, number: int, piece: Piece) -> Stay:
    placement_id = f"{stay.placement[PLACE_ID]}7{number}"
    placement = records.add(PLACEMENTS, stay.placement, {PLACE_ID: placement_id})
    placement.update({PLACE_START: piece.start, **piece.changes})
    changes: Row = {EPISODE_ID: f"{stay.episode[EPISODE_ID]}7{number}", HOME_ID: placement_id}
    changes |= {START: piece.start, RNE: piece.rne}
    episode = records.add(EPISODES, stay.episode, changes)
    household = records.household(stay.placement) if piece.household == "same" else piece.household
    if household is not None:
        like: Row = {"placement_id": placement_id, "household_id": household}
        records.add(HOUSEHOLDS, like)
    return Stay(episode, placement)


def _share_contact(made: list[Stay]) -> None:
    seen = made[0].episode[LAST_CONTACT]
    for one in made:
        end = one.episode[END]
        is_here = is_day(seen) and one.start <= day_of(seen)
        is_before_end = end is None or (is_day(seen) and day_of(seen) < day_of(end))
        one.episode[LAST_CONTACT] = seen if is_here and is_before_end else None


def _share_costs(records: Records, made: list[Stay]) -> None:
    home, kind = str(made[0].placement[PLACE_ID]), made[0].placement[PLACE]
    costs = records.of(COSTS, home)
    records.extracts.rows(COSTS).remove(costs)
    open_end = date.max
    for cost in costs:
        for one in (one for one in made if one.placement[PLACE] == kind):
            ends = [day_of(end) for end in (cost["end_date"], one.placement[PLACE_END]) if end]
            start = max(day_of(cost["start_date"]), day_of(one.placement[PLACE_START]))
            end = min(ends, default=open_end)
            if start < end:
                changes: Row = {"placement_id": one.placement[PLACE_ID], "start_date": start}
                changes["end_date"] = None if end == open_end else end
                records.add(COSTS, cost, changes)


def late_in(
    table: str, column: str, *, is_wanted: Callable[[Row], bool], back: int = 1
) -> Callable[[Records, Child], list[Row]]:
    """Return an offer of rows known in time so many months back, with the child in care."""

    def offers(records: Records, child: Child) -> list[Row]:
        first, last = records.before(back) - days(45), records.before(back)
        known = records.ids(table, child.person_id, back)
        return [
            row
            for row in once_a_day(records.of(table, child.person_id), column)
            if is_wanted(row)
            and first < day_of(row[column])
            and known_by(day_of(row[column])) <= last
            and row_id(table, row) in known
            and (back == len(records.extracts.months) - 1 or _is_new(records, row, column, back))
        ]

    return offers


def _is_new(records: Records, row: Row, column: str, back: int) -> bool:
    return day_of(row[column]) > records.before(back + 1)


def once_a_day(rows: Iterable[Row], column: str) -> list[Row]:
    """Return the rows with a date on which there is no other."""
    dated = [row for row in rows if is_day(row[column])]
    on = [row[column] for row in dated]
    return [row for row in dated if on.count(row[column]) == 1]


def known_by(day: date) -> date:
    """Return the fifth working day after something happened: by then it is to be recorded."""
    return add_working_days(day, 5)


def was_in_time(records: Records, table: str, row: Row, column: str) -> bool:
    """Whether every earlier extract had the row that was taken after it was to be known."""
    due = known_by(day_of(row[column]))
    return all(
        row_id(table, row) in {row_id(table, other) for other in rows}
        for month, rows in _earlier(records, table, row)
        if due <= today(records.extracts, month)
    )


def _earlier(records: Records, table: str, row: Row) -> Iterator[tuple[str, list[Row]]]:
    owner = str(row[OWNER_COLUMNS[table]])
    for month in records.extracts.months[:-1]:
        yield month, records.of(table, owner, month)


def recorded_late(records: Records, table: str, row: Row, column: str) -> Mark:
    """Take a row out of every month but the latest."""
    records.drop(table, row, records.extracts.months[:-1])
    return Mark(table, row, column, f"(known by {known_by(day_of(row[column]))})")


def typed_late(table: str, column: str) -> Callable[..., list[Mark]]:
    """Return a change that makes a row first seen in the latest month."""

    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        return [recorded_late(records, table, row, column)]

    return change


def just_after_extract(
    table: str, column: str, *, is_wanted: Callable[[Row], bool]
) -> tuple[Callable[[Records, Child], list[Row]], Callable[..., list[Mark]]]:
    """Return the halves of a row of a month's last days, first seen in time in the next month."""

    def offers(records: Records, child: Child) -> list[Row]:
        rows = once_a_day(records.of(table, child.person_id), column)
        last = records.before()
        near = [row for row in rows if day_of(row[column]) <= last < known_by(day_of(row[column]))]
        return [row for row in near if is_wanted(row)]

    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        records.drop(table, row, records.extracts.months[:-1])
        return [Mark(table, row, column)]

    return offers, change


def corrected_date(table: str, column: str) -> Callable[..., list[Mark]]:
    """Return a change that gives a row another date in the months before."""

    def change(records: Records, chance: random.Random, child: Child, row: Row) -> list[Mark]:
        wrong = day_of(row[column]) - days(chance.randint(1, 4))
        for month in records.extracts.months[:-1]:
            for other in records.of(table, child.person_id, month):
                if row_id(table, other) == row_id(table, row):
                    other[column] = wrong
        return [Mark(table, row, column)]

    return change


def in_latest_month(
    table: str, column: str, *, is_wanted: Callable[[Row], bool]
) -> Callable[[Records, Child], list[Row]]:
    """Return an offer of rows of the latest month's first half, which no month before knows."""

    def offers(records: Records, child: Child) -> list[Row]:
        first, known = records.before(), records.ids(table, child.person_id)
        return [
            row
            for row in once_a_day(records.of(table, child.person_id), column)
            if is_wanted(row)
            and first < day_of(row[column]) <= first + days(15)
            and row_id(table, row) not in known
        ]

    return offers

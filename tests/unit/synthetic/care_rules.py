"""What the catalogue says of the issues of care, in plain Python, on the rows of one case."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from synthetic.days import birthday
from synthetic.faults.extracts import Extracts, Row
from synthetic.faults.injection import Truth
from synthetic.faults.rows import id_column

START, END = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
RNE, REC = "clae_cla_episode_start_reason", "clae_cla_episode_ceased_reason"
CLA = "clae_cla_id"
WEEK = timedelta(days=7)
REFERENCE = Path(__file__).parents[3] / "dbt_project/reference"
ENDED_BY_ORDER = {"E41", "E43", "E44", "E45", "E46", "E47", "E48"}
ORDERS_OF_PERMANENCE = {
    "SGO",
    "CAO",
    "Special guardianship order",
    "Special guardianship order Sec. 14A",
    "Child arrangements order",
}
CODES = {
    "Full care order": "C2",
    "Interim care order": "C1",
    "Placement order": "E1",
    "Accommodated under section 20": "V2",
}
MANY = 6
"""So many children who come into care on the first of a month: a new system went live."""


def row_of(extracts: Extracts, truth: Truth, month: str | None = None) -> Row:
    (row,) = extracts.where(truth.table, id_column(truth.table), truth.row_id, month)
    return row


class Found:
    """The latest extract by person, as the rules below read it."""

    def __init__(self, extracts: Extracts) -> None:
        self.extracts = extracts
        self.today = extracts.settings.last_day
        self.episodes = extracts.rows_of("ssd_cla_episodes", "clae_person_id")
        self.homes = {
            row["clap_cla_placement_id"]: row for row in extracts.rows("ssd_cla_placement")
        }
        self.orders = extracts.rows_of("ssd_legal_status", "lega_person_id")
        self.granted = extracts.rows_of("ssd_permanence", "perm_person_id")
        self.missing = extracts.rows_of("ssd_missing", "miss_person_id")
        self.tasks = extracts.rows_of("ext_workflow", "person_id")
        self.people = {row["pers_person_id"]: row for row in extracts.rows("ssd_person")}
        self.starts = first_days(self.episodes)

    def row(self, truth: Truth) -> Row:
        return row_of(self.extracts, truth)

    def others(self, truth: Truth) -> list[Row]:
        return [
            row
            for row in self.episodes[truth.person_id]
            if row["clae_cla_episode_id"] != truth.row_id
        ]

    def born(self, truth: Truth) -> date:
        return self.people[truth.person_id]["pers_dob"]

    def spans(self, truth: Truth, *codes: str) -> Iterator[tuple[date, date | None]]:
        for row in self.orders.get(truth.person_id, []):
            if CODES.get(str(row["lega_legal_status"]), row["lega_legal_status"]) in codes:
                yield row["lega_legal_status_start_date"], row["lega_legal_status_end_date"]

    def code_on(self, truth: Truth, day: date) -> list[str]:
        return [
            code
            for code in ("C1", "C2", "E1", "V2", "V3", "V4", "L1", "L2", "L3", "J1")
            if any(s <= day and (e is None or day < e) for s, e in self.spans(truth, code))
        ]

    def orders_of_permanence(self, truth: Truth) -> list[date]:
        legal = [
            row["lega_legal_status_start_date"]
            for row in self.orders.get(truth.person_id, [])
            if row["lega_legal_status"] in ORDERS_OF_PERMANENCE
        ]
        granted = [row["perm_permanence_order_date"] for row in self.granted_to(truth)]
        return [day for day in (*legal, *granted) if isinstance(day, date)]

    def granted_to(self, truth: Truth) -> list[Row]:
        return self.granted.get(truth.person_id, [])


def has_a_copied_end(found: Found, truth: Truth) -> bool:
    row = found.row(truth)
    return any(o[START] > row[START] and o[END] == row[END] for o in found.others(truth))


def is_still_open(found: Found, truth: Truth) -> bool:
    row = found.row(truth)
    assert row[END] is None
    home = found.homes[row["clae_cla_placement_id"]]
    is_adult = birthday(found.born(truth), 18) <= found.today
    may_stay = home["clap_cla_placement_type"] == "K2" and "V2" in found.code_on(
        truth, birthday(found.born(truth), 18)
    )
    start = min(
        o[START] for o in found.episodes[truth.person_id] if o["clae_cla_id"] == row["clae_cla_id"]
    )
    return (
        (is_adult and not may_stay)
        or found.people[truth.person_id]["pers_death_date"] is not None
        or home["clap_cla_placement_end_date"] is not None
        or any(day > start for day in found.orders_of_permanence(truth))
        or any(task["completed_date"] is None for task in found.tasks.get(truth.person_id, []))
    )


def is_entered_twice(found: Found, truth: Truth) -> bool:
    row, others = found.row(truth), found.others(truth)
    if row[START] == row[END]:
        return True

    def facts(one: Row) -> list[object]:
        home = found.homes[one["clae_cla_placement_id"]]
        told = [value for column, value in home.items() if column != "clap_cla_placement_id"]
        return [one[START], one[END], one[RNE], one[REC], *told]

    if any(facts(other) == facts(row) for other in others):
        return True
    orders = {end for _, end in found.spans(truth, "V2", "C1", "C2")}
    return row[RNE] == "S" and any(
        o[END] == row[START] and o[REC] not in {"X1", "E2", "E3", "E9"} and o[END] in orders
        for o in others
    )


def overlaps(found: Found, truth: Truth) -> bool:
    row, rows, first, last = found.row(truth), found.others(truth), START, END
    if truth.table == "ssd_cla_placement":
        first, last = "clap_cla_placement_start_date", "clap_cla_placement_end_date"
        mine = row["clap_cla_id"]
        rows = [h for h in found.homes.values() if h["clap_cla_id"] == mine and h is not row]

    def counts(other: Row) -> bool:
        home = found.homes[other.get("clae_cla_placement_id", other.get("clap_cla_placement_id"))]
        is_cover = str(home["clap_cla_placement_type"]).startswith("T")
        is_break = "V3" in found.code_on(truth, other[first])
        return truth.table == "ssd_cla_placement" or not (is_cover or is_break)

    later = [o for o in rows if o[first] >= row[first] and counts(o)]
    return any(row[last] is None or o[first] < row[last] for o in later)


def is_closed_as_other_at_18(found: Found, truth: Truth) -> bool:
    row, born = found.row(truth), found.born(truth)
    assert row[REC] == "E8"
    is_missing = any(
        m["miss_missing_episode_start_date"] <= row[END]
        and (
            m["miss_missing_episode_end_date"] is None
            or m["miss_missing_episode_end_date"] > row[END]
        )
        for m in found.missing.get(truth.person_id, [])
    )
    return row[END] == birthday(born, 18) and not is_missing


def is_an_order_taken_for_an_end(found: Found, truth: Truth) -> bool:
    row = found.row(truth)
    end: date = row[END]
    near = [day for day in found.orders_of_permanence(truth) if abs(day - end) <= WEEK]
    interim = [
        order
        for order in found.orders[truth.person_id]
        if order["lega_legal_status"] == "Interim child arrangements order"
    ]
    is_adopting = "E1" in found.code_on(truth, end - timedelta(days=1))
    is_new = end > date(2018, 3, 31)
    return (
        (row[REC] == "E13" and bool(near))
        or (is_adopting and row[REC] not in {"E11", "E12", "E2", "E3"})
        or (row[REC] == "E41" and bool(interim) and not near)
        or (row[REC] in {"E43", "E44"} and is_new)
        or (row[REC] in {"E45", "E46", "E47", "E48"} and not is_new)
    )


def is_past_short_breaks(found: Found, truth: Truth) -> bool:
    breaks = sorted(found.spans(truth, "V3"))
    short = [
        (s, e)
        for s, e in found.spans(truth, "V2")
        if e is not None and (e - s).days <= 3 and (found.today - s).days <= 365
    ]

    def nights(until: date) -> int:
        since = until - timedelta(days=365)
        return sum(max(0, (min(e, until) - max(s, since)).days) for s, e in breaks if e)

    is_over = any(nights(e) > 75 or (e - s).days > 17 for s, e in breaks if e)
    return is_over or len(short) >= 9


def leaks(found: Found, truth: Truth) -> bool:
    def years(spans: Iterator[tuple[date, date | None]]) -> set[int]:
        found_years: set[int] = set()
        for start, end in spans:
            last = (end or found.today) - timedelta(days=1)
            found_years |= {day.year - (day.month < 4) for day in (start, last)}
        return found_years

    order = found.row(truth)
    is_open = order["lega_legal_status_end_date"] is None
    came_in = any(s > order["lega_legal_status_start_date"] for s, _ in found.spans(truth, "V2"))
    return (
        bool(years(found.spans(truth, "V3")) & years(found.spans(truth, "V4")))
        or word(order["lega_legal_status"]) not in known("ref_legal_status.csv")
        or (is_open and came_in)
    )


def orders_and_ends_differ(found: Found, truth: Truth) -> bool:
    ends = [row[END] for row in found.episodes[truth.person_id] if row[REC] in ENDED_BY_ORDER]
    orders = found.orders_of_permanence(truth)
    last = max(row[END] for row in found.episodes[truth.person_id])
    recent = [day for day in orders if abs(day - last) < timedelta(days=61)]
    return any(all(abs(end - day) > WEEK for day in orders) for end in ends) or any(
        all(abs(end - day) > WEEK for end in ends) for day in recent
    )


def is_a_broken_chain(found: Found, truth: Truth) -> bool:
    row, others = found.row(truth), found.others(truth)
    after = [o for o in others if o[START] == row[END]]
    before = [o for o in others if o[END] == row[START]]
    is_same_home = any(o["clae_cla_placement_id"] == row["clae_cla_placement_id"] for o in before)
    reason = row[RNE]
    return (
        (row[REC] == "X1" and not after)
        or (row[REC] not in ("X1", None) and any(o[RNE] != "S" for o in after))
        or (reason != "S" and not before)
        or (reason == "S" and any(o[REC] == "X1" for o in before))
        or (reason == "L" and not is_same_home)
        or (reason in ("P", "T") and is_same_home)
    )


def is_free_text(found: Found, truth: Truth) -> bool:
    row = found.row(truth)
    if truth.table == "ssd_cla_episodes":
        return truth.person_id not in found.orders
    file = "ref_legal_status.csv" if truth.table == "ssd_legal_status" else "ref_code_map.csv"
    return word(row[truth.column]) not in known(file)


def is_wrongly_provided(found: Found, truth: Truth) -> bool:
    row = found.row(truth)
    place, provider = str(row["clap_cla_placement_type"]), row["clap_cla_placement_provider"]
    codes = found.code_on(truth, row["clap_cla_placement_start_date"])
    return (
        (place == "P1" and codes == ["V2"])
        or (provider == "PR0") != (place == "P1")
        or (provider is None and not place.startswith("T") and place != "Z1")
    ) and not (provider is None and (place.startswith("T") or place == "Z1"))


def is_back_after_adoption(found: Found, truth: Truth) -> bool:
    row = found.row(truth)
    return any(o[REC] in ("E11", "E12") and o[END] <= row[START] for o in found.others(truth))


def is_truncated(found: Found, truth: Truth) -> bool:
    row, others = found.row(truth), found.others(truth)
    begun = min([row[START], *(o[START] for o in others if o[END] == row[START])])
    is_late = row["clae_entered_care_date"] < begun
    is_first_day = row[START].day == 1 and found.starts[row[START]] >= MANY
    return row[RNE] != "S" or is_late or is_first_day


def first_days(episodes: Mapping[str, Sequence[Row]]) -> Counter[date]:
    """How many children began a period of care on a day."""
    firsts: dict[tuple[str, object], date] = {}
    for person_id, rows in episodes.items():
        for row in rows:
            key = (person_id, row[CLA])
            firsts[key] = min(firsts.get(key, row[START]), row[START])
    return Counter(day for _, day in {(person_id, day) for (person_id, _), day in firsts.items()})


def word(value: object) -> str:
    return str(value or "").strip().lower()


@cache
def known(name: str) -> set[str]:
    with (REFERENCE / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {word(row["source_value"]) for row in rows if row.get("domain", "") in ("", "provider")}


CARE_RULES: dict[str, Callable[[Found, Truth], bool]] = {
    "DQ01": has_a_copied_end,
    "DQ02": is_still_open,
    "DQ10": is_entered_twice,
    "DQ11": overlaps,
    "DQ13": is_closed_as_other_at_18,
    "DQ14": is_an_order_taken_for_an_end,
    "DQ19": is_past_short_breaks,
    "DQ20": leaks,
    "DQ24": orders_and_ends_differ,
    "DQ25": is_a_broken_chain,
    "DQ28": is_free_text,
    "DQ29": is_wrongly_provided,
    "DQ42": is_back_after_adoption,
    "DQ44": is_truncated,
}

"""Facts at random, most of them on or beside the days that the definitions turn on.

An invented council seldom has a plan that ran out yesterday or a household approved twice on one
day. These rows are added to an extract so that they occur, whatever sense they make of a life.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pipeline.contract import TABLES
from pipeline.month import Month
from synthetic.days import add_months

from .table_file import Cells, TableFile

BESIDE = (0, 0, 0, 1, -1)
DAYS_LATER = (0, 0, 0, 7, 10, 28, 42, 84, 91, 121)
MONTHS_BEFORE = (0, 0, 0, 3, 6, 6, 12, 12, 24)
MONTHS_ANSWERED = 25


@dataclass
class Extract:
    """One month's extract, to be added to."""

    folder: Path
    month: Month
    rng: random.Random
    files: dict[str, TableFile] = field(default_factory=dict)
    number: int = 0

    def rows(self, table: str) -> list[Cells]:
        """The rows of a table, which may be changed."""
        return self._file(table).rows

    def add(self, table: str, **values: str | date | float | None) -> None:
        """Add a row; a column that is an id of the row itself is numbered."""
        self.number += 1
        row = dict.fromkeys(self._file(table).columns, "")
        for column in TABLES[table].unique:
            row[column] = f"9{self.number:05d}"
        row |= {name: "" if value is None else str(value) for name, value in values.items()}
        self.rows(table).append(row)

    def write(self) -> None:
        """Write every table that was read."""
        for file in self.files.values():
            file.write()

    def _file(self, table: str) -> TableFile:
        if table not in self.files:
            family = TABLES[table].family
            self.files[table] = TableFile.read(self.folder / family / f"{table}.csv")
        return self.files[table]

    def maybe(self, value: date | str, share: float = 0.6) -> date | str | None:
        """A value, or nothing."""
        return value if self.rng.random() < share else None

    def month_end(self) -> date:
        """A reporting date that the extract answers, the latest more often."""
        back = min(self.rng.randrange(MONTHS_ANSWERED), self.rng.randrange(MONTHS_ANSWERED))
        return self.month.plus(-back).last_day

    def day(self, *events: date) -> date:
        """A day on or beside an event or a reporting date, or some rule's time away from it."""
        anchor = self.rng.choice([*events, self.month_end(), self.month_end()])
        if anchor in events:
            moved = anchor + timedelta(days=self.rng.choice(DAYS_LATER))
        else:
            moved = add_months(anchor, -self.rng.choice(MONTHS_BEFORE))
        return moved + timedelta(days=self.rng.choice(BESIDE))

    def stretch(self, *events: date) -> tuple[date, date | None]:
        """Two such days in order; the second may be missing or the same."""
        first, last = sorted((self.day(*events), self.day(*events)))
        end = self.rng.choice([last, last, first, None])
        return first, end


@dataclass(frozen=True)
class Person:
    """Somebody in the extract with the days on which the person's care changed."""

    person_id: str
    events: tuple[date, ...]
    care_ids: tuple[str, ...]


def add_facts(folder: Path, month: Month, rng: random.Random) -> None:
    """Add facts of every kind to the extract of one month."""
    extract = Extract(folder, month, rng)
    people = list(_people(extract))
    for add, number in KINDS:
        for person in rng.sample(people, min(number, len(people))):
            add(extract, person)
    _change_staff(extract)
    _change_households(extract)
    extract.write()


def _people(extract: Extract) -> Iterator[Person]:
    by_person: dict[str, list[Cells]] = {}
    for row in extract.rows("ssd_cla_episodes"):
        by_person.setdefault(row["clae_person_id"], []).append(row)
    for person_id, rows in by_person.items():
        days = [row["clae_cla_episode_start_date"] for row in rows]
        days += [row["clae_cla_episode_ceased_date"] for row in rows]
        events = tuple(date.fromisoformat(text) for text in days if text)
        yield Person(person_id, events, tuple({row["clae_cla_id"]: None for row in rows}))


def _missing(extract: Extract, who: Person) -> None:
    start = extract.day(*who.events)
    for _ in range(extract.rng.randint(1, 7)):
        end = start + timedelta(days=extract.rng.choice([0, 0, 1, 2, 5]))
        extract.add(
            "ssd_missing",
            miss_person_id=who.person_id,
            miss_missing_episode_start_date=start,
            miss_missing_episode_end_date=extract.maybe(end, 0.95),
            miss_missing_episode_type=extract.rng.choice(["M", "M", "M", "Missing", "A"]),
        )
        start = end + timedelta(days=extract.rng.choice([-1, 0, 1, 3]))


def _unaccompanied(extract: Extract, who: Person) -> None:
    start, end = extract.stretch(*who.events)
    extract.add(
        "ssd_immigration_status",
        immi_person_id=who.person_id,
        immi_immigration_status=extract.rng.choice(["UASC", "UASC", "Refugee"]),
        immi_immigration_status_start_date=start,
        immi_immigration_status_end_date=end,
    )


def _order(extract: Extract, who: Person) -> None:
    start = extract.day(*who.events)
    kinds = ["SGO", "Special guardianship order", "CAO", "Residence order", "ICAO"]
    for kind in extract.rng.sample(kinds, extract.rng.randint(1, 2)):
        extract.add(
            "ssd_legal_status",
            lega_person_id=who.person_id,
            lega_legal_status=kind,
            lega_legal_status_start_date=start,
        )


def _decision(extract: Extract, who: Person) -> None:
    days = [extract.day(*who.events) for _ in range(8)]
    names = (
        "adm_decision placement_order matched placed_for_adoption placed_foster_carer "
        "placed_ffa_cp decision_reversed permanence_order"
    ).split()
    shares = (0.9, 0.5, 0.7, 0.6, 0.3, 0.2, 0.2, 0.3)
    extract.add(
        "ssd_permanence",
        perm_person_id=who.person_id,
        perm_cla_id=extract.maybe(extract.rng.choice(who.care_ids), 0.7),
        perm_adopted_by_carer_flag=extract.rng.choice(["Y", "N", ""]),
        **{
            f"perm_{name}_date": extract.maybe(day, share)
            for name, day, share in zip(names, days, shares, strict=True)
        },
    )


def _adoption(extract: Extract, who: Person) -> None:
    """Let the person's last episode end in adoption, from an adoptive placement or not."""
    rows = [r for r in extract.rows("ssd_cla_episodes") if r["clae_person_id"] == who.person_id]
    last = max(rows, key=lambda row: row["clae_cla_episode_start_date"])
    start = date.fromisoformat(last["clae_cla_episode_start_date"])
    ended = max(extract.day(*who.events), start + timedelta(days=30))
    last["clae_cla_episode_ceased_date"] = min(ended, extract.month.last_day).isoformat()
    last["clae_cla_episode_ceased_reason"] = extract.rng.choice(["E11", "E12", "E12"])
    last["clae_cla_episode_start_reason"] = extract.rng.choice(["U", "T", "P", "B"])
    for home in extract.rows("ssd_cla_placement"):
        if home["clap_cla_placement_id"] == last["clae_cla_placement_id"]:
            home["clap_cla_placement_type"] = extract.rng.choice(["A3", "A5", "A6", "U5"])
    _decision(extract, who)
    if extract.rng.random() < 0.5:
        _tracked(extract, who)


def _tracked(extract: Extract, who: Person) -> None:
    days = [extract.maybe(extract.day(*who.events)) for _ in range(5)]
    shobpa, order, match, placed, made = days
    extract.add(
        "ext_adoption_tracker",
        person_id=who.person_id,
        shobpa_date=shobpa,
        placement_order_date=order,
        match_date=match,
        placed_date=placed,
        order_date=made,
        source_date=extract.day() + timedelta(days=extract.number),
    )


def _care_plan(extract: Extract, who: Person) -> None:
    start, end = extract.stretch(*who.events)
    extract.add(
        "ssd_cla_care_plan",
        lacp_person_id=who.person_id,
        lacp_cla_care_plan_start_date=start,
        lacp_cla_care_plan_end_date=end,
    )


def _pathway_plan(extract: Extract, who: Person) -> None:
    extract.add("ext_pathway_plan", person_id=who.person_id, plan_date=extract.day())


def _leaver(extract: Extract, who: Person) -> None:
    """A row for a leaver, or one more; the latest contact tells several apart."""
    rng = extract.rng
    rows = extract.rows("ssd_care_leavers")
    contacts = {r["clea_care_leaver_latest_contact"] for r in rows if _is_about(r, who)}
    contact = extract.day()
    while contact.isoformat() in contacts:
        contact -= timedelta(days=1)
    extract.add(
        "ssd_care_leavers",
        clea_person_id=who.person_id,
        clea_care_leaver_eligibility=rng.choice(["Former relevant child", "Eligible child", ""]),
        clea_care_leaver_in_touch=rng.choice(["YES", "NO", "NREQ", "RHOM", "DIED", "REFU", ""]),
        clea_care_leaver_latest_contact=contact,
        clea_care_leaver_accommodation=rng.choice(["", "0", *"BCDEGHKRSTUVWXYZ"]),
        clea_care_leaver_accom_suitable=rng.choice(["1", "1", "2", ""]),
        clea_care_leaver_activity=rng.choice("F1 P1 F2 P2 F3 P3 F4 P4 F5 P5 G4 G5 G6 0".split()),
        clea_pathway_plan_review_date=extract.maybe(extract.day()),
        clea_care_leaver_allocated_team=extract.maybe("Leaving Care Team"),
    )


def _is_about(row: Cells, who: Person) -> bool:
    return row["clea_person_id"] == who.person_id


def _health(extract: Extract, who: Person) -> None:
    for kind in ("Health Assessment", "Dental Check"):
        extract.add(
            "ssd_cla_health",
            clah_person_id=who.person_id,
            clah_health_check_type=kind,
            clah_health_check_date=extract.day(*who.events),
            clah_health_check_status=extract.rng.choice(["Completed", "Completed", "Refused"]),
        )


def _visit(extract: Extract, who: Person) -> None:
    weeks = timedelta(weeks=extract.rng.choice([1, 4, 6, 12]))
    extract.add(
        "ssd_cla_visits",
        clav_person_id=who.person_id,
        clav_cla_visit_date=extract.day(*who.events) - weeks,
        clav_cla_visit_seen=extract.rng.choice(["Y", "Y", "", "N"]),
    )


def _match(extract: Extract, who: Person) -> None:
    extract.add(
        "ext_panel",
        panel_date=extract.day(*who.events),
        panel_type=extract.rng.choice(["Long-term match", "Disruption meeting"]),
        person_id=who.person_id,
    )


def _other_services(extract: Extract, who: Person) -> None:
    start, end = extract.stretch(*who.events)
    kind = extract.rng.choice(["Referral order", "Prevention", "Preventative work"])
    extract.add(
        "ext_yot",
        person_id=who.person_id,
        start_date=start,
        end_date=end,
        intervention_type=kind,
    )
    start, end = extract.stretch(*who.events)
    extract.add("ext_ehcp", person_id=who.person_id, start_date=start, ceased_date=end)
    start, end = extract.stretch(*who.events)
    task = extract.rng.choice(["Discharge from care", "Life story work"])
    extract.add(
        "ext_workflow",
        person_id=who.person_id,
        task=task,
        started_date=start,
        completed_date=end,
    )
    extract.add("ext_pep", person_id=who.person_id, meeting_date=extract.day(*who.events))


def _involvement(extract: Extract, who: Person) -> None:
    start, end = extract.stretch()
    extract.add(
        "ssd_involvements",
        invo_professional_id=extract.rng.choice(extract.rows("ssd_professionals"))[
            "prof_professional_id"
        ],
        invo_professional_role_id=extract.rng.choice(["Allocated Worker", "Key worker", "IRO"]),
        invo_professional_team=f"LAC Team {extract.rng.randint(1, 5)}",
        invo_person_id=who.person_id,
        invo_involvement_start_date=start,
        invo_involvement_end_date=end,
    )


KINDS: tuple[tuple[Callable[[Extract, Person], None], int], ...] = (
    (_missing, 5),
    (_unaccompanied, 5),
    (_order, 5),
    (_adoption, 3),
    (_decision, 4),
    (_tracked, 2),
    (_care_plan, 8),
    (_pathway_plan, 8),
    (_leaver, 6),
    (_health, 8),
    (_visit, 10),
    (_match, 4),
    (_other_services, 8),
    (_involvement, 8),
)


def _change_staff(extract: Extract) -> None:
    """Hours, teams and grades forgotten, absences, posts ended, workers of whom nobody told."""
    rng = extract.rng
    staff = extract.rows("ext_staff")
    for row in staff:
        change = rng.randrange(9)
        if change == 0:
            row["contracted_fte"] = ""
        elif change == 1:
            row["team"] = ""
        elif change == 2:
            row["grade"] = rng.choice(["", "AP", "NQSW"])
        elif change == 3:
            away, back = extract.month_end() - timedelta(days=rng.choice([27, 28, 29, 60])), None
            row["absent_from"] = away.isoformat()
            row["absent_to"] = str(extract.maybe(extract.day(away), 0.5) or back or "")
        elif change == 4:
            row["end_date"] = extract.month_end().isoformat()
    del staff[:: rng.randint(8, 12)]
    for row in extract.rows("ssd_professionals"):
        if rng.random() < 0.3:
            row["prof_professional_job_title"] = rng.choice(["Social Worker", "Team Manager"])


def _change_households(extract: Extract) -> None:
    """Households approved again: at once, after a gap, in another category, for one child."""
    rng = extract.rng
    rows = extract.rows("ext_foster_household")
    for row in rng.sample(rows, min(6, len(rows))):
        began = date.fromisoformat(row["approval_date"] or "2020-01-01")
        ended = max(extract.day(), began + timedelta(days=40))
        again = ended + timedelta(days=rng.choice([-30, 0, 0, 1, 90]))
        row |= {"end_date": ended.isoformat(), "end_route": rng.choice(["Resignation", ""])}
        later = {
            "approval_date": again.isoformat(),
            "carer_type": rng.choice(["Mainstream", "Family and friends", "IFA", "Kinship"]),
            "approved_places": rng.choice(["1", "2", ""]),
            "reg24_start": rng.choice(["", "", again.isoformat()]),
            "reg24_end": str(extract.maybe(extract.day(again), 0.5) or ""),
            "end_date": str(extract.maybe(extract.day(again), 0.3) or ""),
            "end_route": rng.choice(["Panel", "Transfer", ""]),
        }
        rows.append(row | later)

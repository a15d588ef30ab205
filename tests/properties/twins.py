"""Changed twins of a council: what was done to its records may not move what its test names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from random import Random

from .care import TEMPORARY
from .councils import Rows
from .days import LAST_DAY, MONTH_ENDS, OWN_DAYS, day
from .records import Cells

START, END = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
REASON, ENDED = "clae_cla_episode_start_reason", "clae_cla_episode_ceased_reason"
EPISODE, PLACEMENT = "clae_cla_episode_id", "clae_cla_placement_id"
LIMITS = {"T0": 60, "T1": 42, "T2": 60, "T3": 21, "T4": 7}
FAR = date(9999, 12, 31)


def written_again(rows: Rows, rng: Random) -> None:
    """Every row in another place, and a third of them twice."""
    for table in rows.values():
        table += [dict(row) for row in table if rng.random() < 0.33]
        rng.shuffle(table)


def split_by_legal_status(rows: Rows, rng: Random) -> None:
    """An episode becomes two, the second with reason L: the same home, another order."""
    for episode in list(_whole_episodes(rows)):
        at = _day_within(episode, rng)
        if at:
            _go_on(rows, episode, at, "L")


def split_with_same_carer(rows: Rows, rng: Random) -> None:
    """A child's last episode becomes two, the second in another home with the same carer."""
    last = {episode["clae_person_id"]: episode for episode in _by_start(rows)}
    for episode in list(_whole_episodes(rows)):
        at = _day_within(episode, rng)
        if not at or episode is not last[episode["clae_person_id"]]:
            continue
        home = _placement_of(rows, episode)
        if home["clap_cla_placement_type"] in TEMPORARY:
            continue
        second = _go_on(rows, episode, at, rng.choice("TU"))
        moved = _add_placement(rows, home, second, "M")
        moved["clap_cla_placement_urn"] = "SC9"
        _link_like(rows, home, moved)


def away_for_a_while(rows: Rows, rng: Random) -> None:
    """A child goes away on a temporary stay within its limit and returns to the same home."""
    for episode in list(_whole_episodes(rows)):
        home = _placement_of(rows, episode)
        place = home["clap_cla_placement_type"]
        # V2 in K2 must hold on the 18th birthday, and a temporary stay is not K2.
        if place in TEMPORARY or place == "K2":
            continue
        code = rng.choice(TEMPORARY)
        at = _day_within(episode, rng)
        back = at and day(rng.choice([1, LIMITS[code] - 1, LIMITS[code]]), at)
        if not at or not back or back >= _end(episode):
            continue
        away = _go_on(rows, episode, at, "P")
        stay = _add_placement(rows, home, away, "T")
        stay |= {"clap_cla_placement_type": code, "clap_cla_placement_urn": "SC8"}
        _go_on(rows, away, back, "P")[PLACEMENT] = home["clap_cla_placement_id"]


def recorded_late(rows: Rows, rng: Random) -> None:
    """Visits, checks of health and teeth, and plans that somebody had not yet typed in."""
    for number, child in enumerate(rows["ssd_person"]):
        person = child["pers_person_id"]
        for table, row in _LATE.items():
            held = day(-rng.choice([0, 1, 30, 31, 45, 61, 80]), rng.choice(OWN_DAYS))
            late = row(person, held.isoformat(), f"late-{number}")
            rows.setdefault(table, []).extend(late if rng.random() < 0.7 else [])


def a_day_earlier(rows: Rows, rng: Random) -> None:
    """What ends, or starts, on the last day of a month does so the day before."""
    for table, columns in RUNNING.items():
        for row in rows.get(table, ()):
            for column in columns:
                if row[column] in LAST_DAYS:
                    row[column] = str(day(-1, date.fromisoformat(row[column])))


# The columns of what is counted where it runs at D (C2): of involvements the later start decides.
RUNNING = {
    "ssd_immigration_status": (
        "immi_immigration_status_start_date",
        "immi_immigration_status_end_date",
    ),
    "ext_ehcp": ("start_date", "ceased_date"),
    "ext_yot": ("start_date", "end_date"),
    "ext_workflow": ("completed_date",),
    "ssd_involvements": ("invo_involvement_end_date",),
}
LAST_DAYS = {str(one) for one in MONTH_ENDS}

Change = Callable[[Rows, Random], None]
TWINS: dict[str, Change] = {
    "again": written_again,
    "split": split_by_legal_status,
    "same-carer": split_with_same_carer,
    "away": away_for_a_while,
    "late": recorded_late,
    "earlier": a_day_earlier,
}


def twin(rows: Rows, kind: str, code: str) -> Rows:
    """A changed copy of a council's rows."""
    made = deepcopy(rows)
    TWINS[kind](made, Random(f"{code} {kind}"))
    return made


_LATE: dict[str, Callable[[str, str, str], list[Cells]]] = {
    "ssd_cla_visits": lambda person, held, row_id: [
        {
            "clav_cla_visit_id": row_id,
            "clav_person_id": person,
            "clav_cla_visit_date": held,
            "clav_cla_visit_seen": "Y",
        }
    ],
    "ssd_cla_health": lambda person, held, row_id: [
        {
            "clah_health_check_id": f"{row_id}-{kind}",
            "clah_person_id": person,
            "clah_health_check_type": kind,
            "clah_health_check_date": held,
            "clah_health_check_status": "Completed",
        }
        for kind in ("Health Assessment", "Dental Check")
    ],
    "ssd_cla_care_plan": lambda person, held, row_id: [
        {
            "lacp_table_id": row_id,
            "lacp_person_id": person,
            "lacp_cla_care_plan_start_date": held,
        }
    ],
    "ext_pathway_plan": lambda person, held, row_id: [{"person_id": person, "plan_date": held}],
}


def _end(episode: Cells) -> date:
    return date.fromisoformat(episode[END]) if episode[END] else FAR


def _by_start(rows: Rows) -> list[Cells]:
    return sorted(rows["ssd_cla_episodes"], key=lambda row: (row[START], len(row[EPISODE])))


def _whole_episodes(rows: Rows) -> Iterator[Cells]:
    """Episodes beside which nothing else runs, under the same legal statuses all the time."""
    for episode in rows["ssd_cla_episodes"]:
        start, end, person = episode[START], str(_end(episode)), episode["clae_person_id"]
        others = [
            (other[START], str(_end(other)))
            for other in rows["ssd_cla_episodes"]
            if other is not episode and other["clae_person_id"] == person
        ]
        statuses = [
            (row["lega_legal_status_start_date"], row["lega_legal_status_end_date"] or str(FAR))
            for row in rows.get("ssd_legal_status", ())
            if row["lega_person_id"] == person
        ]
        if all(a >= end or b <= start for a, b in others) and all(
            (a <= start and b >= end) or a >= end or b <= start for a, b in statuses
        ):
            yield episode


def _day_within(episode: Cells, rng: Random) -> date | None:
    """A day on which the episode runs, after its first: often one that a figure is made on."""
    start, end = date.fromisoformat(episode[START]), min(_end(episode), LAST_DAY)
    nights = (end - start).days
    if nights < 2:
        return None
    inside = [one for one in MONTH_ENDS if start < one < end]
    any_day = day(rng.randrange(1, nights), start)
    return rng.choice([*inside[:6], any_day])


def _go_on(rows: Rows, episode: Cells, at: date, reason: str) -> Cells:
    """End an episode on a day and let another go on from there."""
    second = {**episode, EPISODE: f"{episode[EPISODE]}-{reason}", START: str(at), REASON: reason}
    episode |= {END: str(at), ENDED: "X1"}
    rows["ssd_cla_episodes"].append(second)
    return second


def _placement_of(rows: Rows, episode: Cells) -> Cells:
    return next(
        row
        for row in rows["ssd_cla_placement"]
        if row["clap_cla_placement_id"] == episode[PLACEMENT]
    )


def _add_placement(rows: Rows, home: Cells, episode: Cells, suffix: str) -> Cells:
    made = {**home, "clap_cla_placement_id": f"{home['clap_cla_placement_id']}-{suffix}"}
    episode[PLACEMENT] = made["clap_cla_placement_id"]
    rows["ssd_cla_placement"].append(made)
    return made


def _link_like(rows: Rows, home: Cells, moved: Cells) -> None:
    """The same carer is the same foster household, where the placements name one."""
    links = rows.get("ext_foster_placement", [])
    links += [
        {**link, "placement_id": moved["clap_cla_placement_id"]}
        for link in links
        if link["placement_id"] == home["clap_cla_placement_id"]
    ]

"""Drawn councils: a few children, three workers and some foster homes, as rows of the contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from .care import Stay, histories
from .days import births, day, recent
from .records import (
    ABOUT_CHILD,
    ABOUT_WORKER,
    OFTEN_MISSING,
    WORKERS,
    Cells,
    Drawn,
    approvals,
    written,
)

Rows = dict[str, list[Cells]]

SHORT_RUN = 8
# Ids run across 9 and 10, because E9 comes before E10.
FIRST_NUMBER = 8
ID = {
    "ssd_cla_reviews": "clar_cla_review_id",
    "ssd_cla_visits": "clav_cla_visit_id",
    "ssd_cla_care_plan": "lacp_table_id",
    "ssd_cla_health": "clah_health_check_id",
    "ssd_missing": "miss_table_id",
    "ssd_immigration_status": "immi_immigration_status_id",
    "ssd_cp_plans": "cppl_cp_plan_id",
    "ssd_legal_status": "lega_legal_status_id",
    "ssd_permanence": "perm_table_id",
    "ssd_involvements": "invo_involvements_id",
    "ext_panel": "meeting_id",
}
PERSON = {
    "ssd_cla_visits": "clav_person_id",
    "ssd_cla_care_plan": "lacp_person_id",
    "ssd_cla_health": "clah_person_id",
    "ssd_missing": "miss_person_id",
    "ssd_immigration_status": "immi_person_id",
    "ssd_cp_plans": "cppl_person_id",
    "ssd_legal_status": "lega_person_id",
    "ssd_permanence": "perm_person_id",
    "ssd_care_leavers": "clea_person_id",
    "ssd_involvements": "invo_person_id",
}


@dataclass(frozen=True)
class DrawnChild:
    """A child as drawn, before it has an id."""

    born: date | None
    died: date | None
    stays: Sequence[Stay]
    records: Mapping[str, Sequence[Drawn]]


@dataclass(frozen=True)
class DrawnCouncil:
    """A council as drawn; its records are ``plain`` where every care begins as it should."""

    children: Sequence[DrawnChild]
    households: Sequence[Sequence[Drawn]]
    workers: Sequence[Mapping[str, Drawn]]


_SEVERAL = {
    name: st.lists(row, min_size=1, max_size=5 if name == "ssd_cla_visits" else 3)
    for name, row in ABOUT_CHILD.items()
}
_SEVERAL["ssd_missing"] |= OFTEN_MISSING
_WORKER = st.fixed_dictionaries(ABOUT_WORKER)


@st.composite
def _children(draw: st.DrawFn, plain: bool) -> DrawnChild:
    born = draw(st.one_of(births, births, births, births, st.none()))
    stays = draw(histories(born, plain))
    tables = draw(st.sets(st.sampled_from(sorted(ABOUT_CHILD)), min_size=4, max_size=12))
    if stays[-1].end_reason in ("E11", "E12"):
        tables |= {"ssd_permanence"}
    if stays[-1].end is None:
        tables |= {"ssd_missing"}
    if born and born.year <= 2010:
        tables |= {"ssd_care_leavers", "ext_pathway_plan"}
    records = {name: draw(_SEVERAL[name]) for name in sorted(tables)}
    died = draw(recent) if draw(st.integers(0, 19)) == 19 else None
    return DrawnChild(born, died, stays, records)


_CHILD = {plain: _children(plain) for plain in (True, False)}
_SIZES = st.sampled_from([1, 2, 3, 4, 5, 6, 7])
_HOUSEHOLDS = st.lists(approvals(), max_size=2)


@st.composite
def councils(draw: st.DrawFn) -> DrawnCouncil:
    plain = draw(st.booleans())
    return DrawnCouncil(
        [draw(_CHILD[plain]) for _ in range(draw(_SIZES))],
        draw(_HOUSEHOLDS),
        [draw(_WORKER) for _ in WORKERS],
    )


def draw_councils(number: int, seeded: int) -> list[DrawnCouncil]:
    """The same councils for the same seed, from many short runs.

    In a long run Hypothesis soon repeats parts of what it drew before; here variety is wanted.
    """
    drawn: list[DrawnCouncil] = []
    run = 0
    while len(drawn) < number:
        _draw(drawn, f"{seeded}-{run}")
        run += 1
    return drawn[:number]


def _draw(drawn: list[DrawnCouncil], seeded: str) -> None:
    @seed(seeded)
    @settings(
        max_examples=SHORT_RUN,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(councils())
    def keep(council: DrawnCouncil) -> None:
        if council not in drawn:
            drawn.append(council)

    keep()


def rows_of(council: DrawnCouncil, code: str) -> Rows:
    """The rows of a council's tables; every id begins with the council's code."""
    made: Rows = defaultdict(list)
    for number, child in enumerate(council.children, start=1):
        _add_child(made, child, f"{code}-{number}")
    for number, household in enumerate(council.households, start=1):
        made["ext_foster_household"] += [
            {"household_id": f"{code}-h{number}", **written(row)} for row in household
        ]
    for worker, about in zip(WORKERS, council.workers, strict=True):
        known = f"{code}-{worker}"
        made["ssd_professionals"].append(
            {"prof_professional_id": known, **written(about["ssd_professionals"])}
        )
        made["ext_staff"].append({"professional_id": known, **written(about["ext_staff"])})
    _link_foster_homes(made, code, len(council.households))
    for table, rows in made.items():
        _number(table, rows, code)
    return dict(made)


def _add_child(made: Rows, child: DrawnChild, person: str) -> None:
    born, died = (str(one) if one else "" for one in (child.born, child.died))
    made["ssd_person"].append({"pers_person_id": person, "pers_dob": born, "pers_death_date": died})
    for number, stay in enumerate(child.stays, start=FIRST_NUMBER):
        _add_stay(made, stay, person, number)
    own = [stay.start for stay in child.stays] + [stay.end for stay in child.stays if stay.end]
    for table, rows in child.records.items():
        cells = [written(row, own) for row in rows]
        made[table] += [{**row, **_whose(table, row, person)} for row in cells]


def _whose(table: str, row: Cells, person: str) -> Cells:
    code = person.partition("-")[0]
    if table == "ssd_cla_reviews":
        return {"clar_cla_id": person}
    if table == "ssd_involvements":
        return {
            "invo_person_id": person,
            "invo_professional_id": f"{code}-{row['invo_professional_id']}",
        }
    return {PERSON.get(table, "person_id"): person}


def _add_stay(made: Rows, stay: Stay, person: str, number: int) -> None:
    start, end = str(stay.start), str(stay.end or "")
    episode = f"{person}-E{number}"
    made["ssd_cla_episodes"].append(
        {
            "clae_cla_episode_id": episode,
            "clae_person_id": person,
            "clae_cla_placement_id": f"{person}-P{number}",
            "clae_cla_id": person,
            "clae_cla_episode_start_date": start,
            "clae_cla_episode_start_reason": stay.start_reason,
            "clae_cla_episode_ceased_date": end,
            "clae_cla_episode_ceased_reason": stay.end_reason,
        }
    )
    made["ssd_cla_placement"].append(
        {
            "clap_cla_placement_id": f"{person}-P{number}",
            "clap_cla_id": person,
            "clap_person_id": person,
            "clap_cla_placement_start_date": start,
            "clap_cla_placement_end_date": end,
            "clap_cla_placement_type": stay.home.place,
            "clap_cla_placement_provider": stay.home.provider,
            "clap_cla_placement_urn": stay.home.urn,
            "clap_cla_placement_distance": stay.home.distance,
            "clap_cla_placement_postcode": stay.home.postcode,
        }
    )
    if stay.status_after is not None:
        made["ssd_legal_status"].append(
            {
                "lega_legal_status_id": f"{episode}-L",
                "lega_person_id": person,
                "lega_legal_status": stay.status,
                "lega_legal_status_start_date": str(day(stay.status_after, stay.start)),
                "lega_legal_status_end_date": end,
            }
        )


def _link_foster_homes(made: Rows, code: str, households: int) -> None:
    """Every third foster placement names its household."""
    fostered = [
        row["clap_cla_placement_id"]
        for row in made["ssd_cla_placement"]
        if row["clap_cla_placement_type"].startswith("U")
    ]
    if households:
        made["ext_foster_placement"] = [
            {"placement_id": placement, "household_id": f"{code}-h{1 + number % households}"}
            for number, placement in enumerate(fostered[::3])
        ]


def _number(table: str, rows: Sequence[Cells], code: str) -> None:
    column = ID.get(table)
    if column:
        for number, row in enumerate(rows, start=FIRST_NUMBER):
            row.setdefault(column, f"{code}-{number}")

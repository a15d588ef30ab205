"""Turn a worked example into the extracts of a council of its own.

An example is one document of a YAML file in ``examples/``:

name      what it shows; with the file's name it becomes the council's code
why       the sentence that is true of its figures
month     the reporting month of its only extract
births    birth dates by child; everyone else is born on 2013-01-01
deaths    dates of death by person
care      episodes as the worked examples write them; columns left out, and empty cells, are: rne S,
          ls C2, place U6, prov PR1, rec X1 where another row of the child follows on the same day,
          cla (the care id that reviews name) the child's own id
others    children besides: so many, in a foster home under a care order ``since`` a day; with a
          ``worker`` each is that worker's case (role Allocated Worker) since then, in ``team``
tables    further rows of tables of the contract by name, with only the columns that matter; ids
          left out are numbered
as_903    true where the same facts are also given as SSDA903 files, by a second council
expect    figures: indicator, basis, and what is to be true of them; ``period_end`` is the month's
          last day where it is left out
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from pipeline.contract import TABLES

from .building import Council

FOLDER = Path(__file__).parent / "examples"
BORN = "2013-01-01"
USUAL = {"rne": "S", "ls": "C2", "place": "U6", "prov": "PR1"}
CARE_COLUMNS = ("person", "start", "rne", "ls", "place", "prov", "urn", "post", "end", "rec", "cla")
HISTORY_FROM = "2000-01-01"

Cells = dict[str, str]


@dataclass(frozen=True)
class Example:
    """One example as it is written in YAML."""

    name: str
    why: str
    month: str
    expect: list[dict[str, Any]]
    births: dict[str, str] = field(default_factory=dict)
    deaths: dict[str, str] = field(default_factory=dict)
    care: str = ""
    others: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    as_903: bool = False

    @property
    def la(self) -> str:
        return self.name

    @property
    def la_903(self) -> str:
        return f"{self.name}_as_903"


def read_examples() -> list[Example]:
    """Every example, in the order of the files."""
    return [
        _example(path.stem, document)
        for path in sorted(FOLDER.glob("*.yml"))
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
    ]


def councils_of(example: Example, folder: Path) -> list[Council]:
    """Write the inboxes of an example under ``folder``: one, or two where it is also 903."""
    councils = [Council(example.la, folder / example.la, is_checked=False)]
    _write_ssd(example, councils[0].inbox)
    if example.as_903:
        councils.append(Council(example.la_903, folder / example.la_903, is_checked=False))
        _write_903(example, councils[1].inbox)
    for council in councils:
        _write_reference(example, council)
    return councils


def _example(stem: str, document: Mapping[str, Any]) -> Example:
    values = {key: _as_text(value) for key, value in document.items()}
    part = values.pop("name", "")
    return Example(name=f"{stem}-{part}" if part else stem, **values)


def _as_text(value: Any) -> Any:
    """YAML reads a bare 2023-03-31 as a date; here every date stays as it is written."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return value


def table_rows(text: str) -> list[Cells]:
    """The rows of a table written as CSV, without the space around its cells."""
    return [
        {str(name).strip(): (cell or "").strip() for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text.strip()))
    ]


def _care(example: Example) -> list[Cells]:
    """The episodes with everything filled in, and one row for each of the others."""
    written = table_rows(example.care)
    followed = {(row["person"], row["start"]) for row in written}
    rows = []
    for row in [*written, *_others(example)]:
        unknown = set(row) - set(CARE_COLUMNS)
        assert not unknown, f"{example.name}: care has no column {', '.join(unknown)}"
        full = dict.fromkeys(CARE_COLUMNS, "") | USUAL | {"cla": row["person"]}
        full |= {name: cell for name, cell in row.items() if cell}
        if not full["rec"] and (full["person"], full["end"]) in followed:
            full["rec"] = "X1"
        # "none" is an empty cell where the usual one would stand.
        rows.append({name: "" if cell == "none" else cell for name, cell in full.items()})
    return rows


def _others(example: Example) -> Iterator[Cells]:
    for person, one in _each_other(example):
        yield {"person": person, "start": one["since"]}


def _each_other(example: Example) -> Iterator[tuple[str, dict[str, Any]]]:
    for group, one in enumerate(example.others, start=1):
        for number in range(one["number"]):
            yield f"other{group}-{number}", one


def _cases(example: Example) -> Iterator[Cells]:
    for person, one in _each_other(example):
        if "worker" in one:
            yield {
                "invo_involvements_id": f"I-{person}",
                "invo_professional_id": one["worker"],
                "invo_professional_role_id": "Allocated Worker",
                "invo_professional_team": one.get("team", ""),
                "invo_person_id": person,
                "invo_involvement_start_date": one["since"],
            }


def _write_ssd(example: Example, inbox: Path) -> None:
    care = _care(example)
    made = {
        "ssd_person": [
            {
                "pers_person_id": person,
                "pers_dob": _birth(example, person),
                "pers_death_date": example.deaths.get(person, ""),
            }
            for person in _people(example, care)
        ],
        "ssd_cla_episodes": list(_episodes(care)),
        "ssd_cla_placement": list(_placements(care)),
        "ssd_legal_status": list(_legal_statuses(care)),
    }
    if cases := list(_cases(example)):
        made["ssd_involvements"] = cases
    given = {name: table_rows(text) for name, text in example.tables.items()}
    for name in dict.fromkeys([*made, *given]):
        rows = made.get(name, []) + _numbered(name, given.get(name, []))
        if TABLES[name].family != "reference":
            _write(inbox / example.month / TABLES[name].family, name, rows)


def _birth(example: Example, person: str) -> str:
    born = example.births.get(person, BORN)
    return "" if born == "none" else born


def _people(example: Example, care: Iterable[Cells]) -> list[str]:
    return list(dict.fromkeys([*(row["person"] for row in care), *example.births]))


def _episodes(care: Sequence[Cells]) -> Iterator[Cells]:
    for number, row in enumerate(care, start=1):
        yield {
            "clae_cla_episode_id": f"E{number}",
            "clae_person_id": row["person"],
            "clae_cla_placement_id": f"P{number}",
            "clae_cla_id": row["cla"],
            "clae_cla_episode_start_date": row["start"],
            "clae_cla_episode_start_reason": row["rne"],
            "clae_cla_primary_need_code": "N1",
            "clae_cla_episode_ceased_date": row["end"],
            "clae_cla_episode_ceased_reason": row["rec"],
        }


def _placements(care: Sequence[Cells]) -> Iterator[Cells]:
    for number, row in enumerate(care, start=1):
        yield {
            "clap_cla_placement_id": f"P{number}",
            "clap_cla_id": row["cla"],
            "clap_person_id": row["person"],
            "clap_cla_placement_start_date": row["start"],
            "clap_cla_placement_end_date": row["end"],
            "clap_cla_placement_type": row["place"],
            "clap_cla_placement_provider": row["prov"],
            "clap_cla_placement_urn": row["urn"],
            "clap_cla_placement_postcode": row["post"],
        }


def _legal_statuses(care: Sequence[Cells]) -> Iterator[Cells]:
    for number, row in enumerate(care, start=1):
        if row["ls"]:
            yield {
                "lega_legal_status_id": f"L{number}",
                "lega_person_id": row["person"],
                "lega_legal_status": row["ls"],
                "lega_legal_status_start_date": row["start"],
                "lega_legal_status_end_date": row["end"],
            }


def _write_903(example: Example, inbox: Path) -> None:
    care, folder = _care(example), inbox / example.month / "ssda903"
    header = [{"child": one, "dob": _birth(example, one)} for one in _people(example, care)]
    _write(folder, "ssda903_header", header)
    _write(folder, "ssda903_episodes", list(_episodes_903(care)))
    child_of = {row[one]: row["person"] for row in care for one in ("cla", "person")}
    for name, (source, child_column, convert) in FILES_903.items():
        if source in example.tables:
            rows = [
                {"child": child, "dob": _birth(example, child)} | convert(row)
                for row in table_rows(example.tables[source])
                if (child := child_of.get(row[child_column], "")) and convert(row)
            ]
            _write(folder, name, rows)


def _review_903(row: Cells) -> Cells:
    held = row.get("clar_cla_review_cancelled") != "Y"
    return {"review": row["clar_cla_review_date"]} if held else {}


def _uasc_903(row: Cells) -> Cells:
    is_uasc = row["immi_immigration_status"] == "UASC"
    return {"duc": row["immi_immigration_status_end_date"]} if is_uasc else {}


def _missing_903(row: Cells) -> Cells:
    return {
        "missing": row["miss_missing_episode_type"],
        "mis_start": row["miss_missing_episode_start_date"],
        "mis_end": row["miss_missing_episode_end_date"],
    }


def _ad1_903(row: Cells) -> Cells:
    """An adopted child's row: the decision that was not reversed."""
    if row.get("perm_decision_reversed_date"):
        return {}
    return {
        "date_int": row.get("perm_adm_decision_date", ""),
        "date_match": row.get("perm_matched_date", ""),
        "foster_care": "1" if row.get("perm_adopted_by_carer_flag") == "Y" else "0",
    }


def _sbpfa_903(row: Cells) -> Cells:
    """A decision that a child should be placed for adoption."""
    if not row.get("perm_adm_decision_date"):
        return {}
    return {
        "date_placed": row["perm_adm_decision_date"],
        "date_placed_ceased": row.get("perm_decision_reversed_date", ""),
    }


# Each 903 file besides header and episodes: the table that has the same facts, its column that
# leads to the child, and how a row of it is written; a row that does not belong gives nothing.
FILES_903: dict[str, tuple[str, str, Callable[[Cells], Cells]]] = {
    "ssda903_reviews": ("ssd_cla_reviews", "clar_cla_id", _review_903),
    "ssda903_uasc": ("ssd_immigration_status", "immi_person_id", _uasc_903),
    "ssda903_missing": ("ssd_missing", "miss_person_id", _missing_903),
    "ssda903_ad1": ("ssd_permanence", "perm_person_id", _ad1_903),
    "ssda903_sbpfa": ("ssd_permanence", "perm_person_id", _sbpfa_903),
}


def _episodes_903(care: Iterable[Cells]) -> Iterator[Cells]:
    for row in care:
        yield {
            "child": row["person"],
            "decom": row["start"],
            "rne": row["rne"],
            "ls": row["ls"],
            "cin": "N1",
            "place": row["place"],
            "place_provider": row["prov"],
            "dec": row["end"],
            "rec": row["rec"],
            "pl_post": row["post"],
            "urn": row["urn"],
        }


def _write_reference(example: Example, council: Council) -> None:
    folder = council.inbox / "reference"
    council_row = {"council": council.la, "name": example.name, "history_from": HISTORY_FROM}
    _write(folder, "ref_council", [council_row])
    for name, text in example.tables.items():
        if TABLES[name].family == "reference":
            rows = [row | {"council": council.la} for row in table_rows(text)]
            _write(folder, name, rows)


def _numbered(name: str, rows: list[Cells]) -> list[Cells]:
    """Give a number to rows without an id of their own."""
    ids = [one for one in TABLES[name].key if one not in {key for row in rows for key in row}]
    return [
        row | dict.fromkeys(ids, f"{name}-{number}") for number, row in enumerate(rows, start=1)
    ]


def _write(folder: Path, name: str, rows: Iterable[Cells]) -> None:
    """Write a table with all columns of the contract; other columns than those are a mistake."""
    table = TABLES[name]
    folder.mkdir(parents=True, exist_ok=True)
    written = {column.name: column.written for column in table.read_columns}
    path = folder / f"{table.file_name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(written.values())
        for row in rows:
            unknown = set(row) - set(written) - {"council"}
            assert not unknown, f"{name} has no column {', '.join(sorted(unknown))}"
            writer.writerow([row.get(column, "") for column in written])

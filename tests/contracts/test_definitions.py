"""The catalogue entries of the indicators agree with one another and with the contract."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.contract import TABLES
from pipeline.manifest import versions

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "dbt_project"
FILES = sorted((PROJECT / "models" / "indicators").rglob("ind_*.yml"))
IDS = {file.stem.removeprefix("ind_") for file in FILES}
SECTIONS = (
    "Profile and flow",
    "Plans, reviews and visits",
    "Placements",
    "Health and education",
    "Care leavers",
    "Adoption",
    "Caseloads",
    "IRO service",
    "Fostering",
    "Sufficiency and cost",
)
UNITS = {
    "count": {"count"},
    "people": {"count"},
    "sum": {"count"},
    "percentage": {"percent"},
    "share": {"percent"},
    "rate_per_10000": {"rate_per_10000"},
    "rate_per_10000_mid_year": {"rate_per_10000"},
    "mean": {"days", "years"},
    "ratio": {"children_per_fte"},
}
BASES = {"month_end", "in_month", "fytd", "fy", "rolling_12m", "quarter", "term"}
KNOWN_KEYS = {
    *(
        "title",
        "section",
        "theme",
        "position",
        "ref_2015",
        "ref_2019",
        "ref_2022_23",
        "kind",
        "unit",
    ),
    *("good_is", "timeline", "bases", "headline_basis", "year_to_date_basis", "headline_order"),
    *("breakdown", "further_breakdown", "closed_set", "minimum_events", "last_year_basis"),
    *("kept_only_as_of_now", "kept_only_as_of_now_without", "owner", "needs", "needs_903"),
    *("over_whom", "why", "authority", "caveat", "version", "changes"),
}
KEYS_OF_A_CHANGE = {"version", "from_month", "note"}


def model_in(path: Path) -> dict[str, Any]:
    """Return the one model that an indicator's YAML describes."""
    models: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["models"]
    assert len(models) == 1, f"{path.name}: one YAML, one model"
    return models[0]


def entry_in(path: Path) -> dict[str, Any]:
    """Return the catalogue entry of an indicator."""
    entry: dict[str, Any] = model_in(path)["config"]["meta"]["indicator"]
    return entry


def of_all(key: str) -> list[Any]:
    """Return what the entries give for a key, where they give it."""
    return [entry[key] for entry in map(entry_in, FILES) if key in entry]


def repeated(values: Iterable[Any]) -> list[Any]:
    """Return the values that occur more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


def changes_amiss(version: int, changes: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with the notes of a definition's versions."""
    months = [str(change.get("from_month")) for change in changes]
    notes = [str(change.get("note", "")) for change in changes]
    rules = {
        "each version after the first has one line under changes, in order": [
            change.get("version") for change in changes
        ]
        == list(range(2, version + 1)),
        "from_month is the month of a pack, such as 2026-11, and none goes back": all(
            re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month) for month in months
        )
        and months == sorted(months),
        # It stands within a sentence.
        "note is one plain sentence without a full stop": all(
            re.fullmatch(r"[A-Z0-9][^.;:!?]{10,}[^.;:!? ]", note) for note in notes
        ),
    }
    return [rule for rule, is_kept in rules.items() if not is_kept]


def versions_missing(name: str, version: int, changelog: str) -> list[int]:
    """Return the versions of a definition that the list of changes does not tell of."""
    return [
        number
        for number in range(2, version + 1)
        if f"{name} (version {number})" not in " ".join(changelog.split())
    ]


each_indicator = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def test_an_id_is_given_once() -> None:
    assert not repeated(path.stem for path in FILES)


@pytest.mark.parametrize("key", ["title", "position", "headline_order"])
def test_no_two_indicators_have_the_same(key: str) -> None:
    assert not repeated(of_all(key))


@pytest.mark.parametrize("edition", ["ref_2015", "ref_2019", "ref_2022_23"])
def test_a_reference_is_that_of_one_indicator(edition: str) -> None:
    numbered = [reference for reference in of_all(edition) if reference[0].isdigit()]
    in_a_table = [reference for reference in numbered if not reference.endswith("(text)")]
    assert all(re.fullmatch(r"\d+(\.\d+)+( \(.+\))?", reference) for reference in numbered)
    assert not repeated(in_a_table)


def test_the_headlines_are_numbered_from_one() -> None:
    assert sorted(of_all("headline_order")) == list(range(1, len(of_all("headline_order")) + 1))


@each_indicator
def test_the_file_is_named_for_its_indicator_and_lies_in_its_section(path: Path) -> None:
    section = entry_in(path)["section"]
    assert model_in(path)["name"] == path.stem
    assert section in SECTIONS
    assert path.parent.name == section.lower().replace(",", "").replace(" ", "_")


@each_indicator
def test_the_hundreds_of_the_position_are_the_section(path: Path) -> None:
    entry = entry_in(path)
    assert entry["position"] // 100 == SECTIONS.index(entry["section"])


@each_indicator
def test_unit_and_direction_are_those_of_the_scorecard(path: Path) -> None:
    entry = entry_in(path)
    assert entry["unit"] in UNITS[entry["kind"]]
    assert entry["good_is"] in ("high", "low", "info", "range")
    assert entry.get("timeline", "monthly") in ("monthly", "termly")


@each_indicator
def test_the_headline_is_one_of_the_bases(path: Path) -> None:
    entry = entry_in(path)
    bases = entry["bases"]
    assert set(bases) <= BASES and not repeated(bases)
    assert entry["headline_basis"] in bases
    assert entry.get("year_to_date_basis", bases[0]) in bases
    assert "fy" not in bases or "fytd" in bases, "a financial year has its year to date besides"


@each_indicator
def test_a_basis_has_its_timeline_and_last_year_its_basis(path: Path) -> None:
    entry = entry_in(path)
    assert ("term" in entry["bases"]) == (entry.get("timeline") == "termly")
    assert entry.get("last_year_basis", entry["headline_basis"]) in entry["bases"]


@each_indicator
def test_a_breakdown_is_named_where_parts_are_listed(path: Path) -> None:
    entry = entry_in(path)
    assert "breakdown" in entry or not {"further_breakdown", "closed_set"} & entry.keys()
    assert not repeated(entry.get("closed_set", []))
    assert entry["kind"] != "share" or "breakdown" in entry
    assert entry["kind"] == "people" or "minimum_events" not in entry


@each_indicator
def test_a_figure_that_has_a_base_says_over_whom(path: Path) -> None:
    entry = entry_in(path)
    has_base = entry["kind"] not in ("count", "people", "sum")
    assert has_base == ("over_whom" in entry)


@each_indicator
def test_nothing_is_said_twice(path: Path) -> None:
    entry = entry_in(path)
    said = [model_in(path)["description"], *(entry.get(key, "") for key in ("why", "caveat"))]
    sentences = [s for text in said for s in re.split(r"(?<=\.)\s+", text) if s]
    assert not repeated(sentences)


@each_indicator
def test_what_it_needs_are_tables_of_the_contract(path: Path) -> None:
    entry = entry_in(path)
    needed = [*entry["needs"], *entry.get("needs_903", [])]
    assert entry["needs"] and not set(needed) - set(TABLES)
    assert not [table for table in entry["needs"] if table.startswith("ssda903_")]
    assert not [table for table in entry.get("needs_903", []) if table.startswith("ssd_")]


@each_indicator
def test_the_entry_has_known_keys_and_says_it_in_words(path: Path) -> None:
    entry = entry_in(path)
    assert not entry.keys() - KNOWN_KEYS, "dim_indicator does not read these"
    assert entry["title"].strip() == entry["title"] and not entry["title"].endswith(".")
    assert model_in(path)["description"].endswith(".")
    for key in ("caveat", "why", "over_whom"):
        assert entry.get(key, ".").endswith(".")
    assert entry["owner"] and entry["authority"]
    assert isinstance(entry["version"], int) and entry["version"] >= 1


@each_indicator
def test_a_changed_definition_says_what_changed(path: Path) -> None:
    entry = entry_in(path)
    changes = entry.get("changes", [])
    assert changes_amiss(entry["version"], changes) == []
    assert all(change.keys() == KEYS_OF_A_CHANGE for change in changes)


@each_indicator
def test_a_changed_definition_is_in_the_changelog(path: Path) -> None:
    name, changelog = path.stem.removeprefix("ind_"), (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert versions_missing(f"`{name}`", entry_in(path)["version"], changelog) == []


def test_a_changed_shared_rule_says_what_changed_and_for_whom() -> None:
    given = yaml.safe_load((PROJECT / "dbt_project.yml").read_text("utf-8"))["vars"]
    version, changes = given["spine_version"], given["shared_changes"]
    assert changes_amiss(version, changes) == []
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert versions_missing("Shared rules", version, changelog) == []
    for change in changes:
        assert change.keys() - {"is_counted"} == KEYS_OF_A_CHANGE | {"indicators"}
        assert change["indicators"] == "all" or set(change["indicators"]) <= IDS


@pytest.mark.parametrize(
    ("version", "changes", "amiss"),
    [
        (1, [], 0),
        (2, [{"version": 2, "from_month": "2026-11", "note": "Short stays count as well"}], 0),
        (2, [], 1),
        (1, [{"version": 2, "from_month": "2026-11", "note": "Short stays count as well"}], 1),
        (2, [{"version": 2, "from_month": "2026-13", "note": "Short stays count as well"}], 1),
        (2, [{"version": 2, "from_month": "2026-11", "note": "Short stays count. Also long"}], 1),
        (2, [{"version": 2, "from_month": "2026-11"}], 1),
        (
            3,
            [
                {"version": 2, "from_month": "2026-11", "note": "Short stays count as well"},
                {"version": 3, "from_month": "2026-10", "note": "Short stays count no more"},
            ],
            1,
        ),
    ],
)
def test_what_is_amiss_with_a_change_is_found(
    version: int, changes: list[dict[str, Any]], amiss: int
) -> None:
    assert len(changes_amiss(version, changes)) == amiss


def test_a_version_that_the_changelog_leaves_out_is_found() -> None:
    changelog = "* `lac_count` (version\n  2) and `ceased` (version 3)"
    assert versions_missing("`lac_count`", 2, changelog) == []
    assert versions_missing("`lac_count`", 3, changelog) == [3]
    assert versions_missing("`ceased`", 3, changelog) == [2]


def test_the_version_that_a_manifest_names_is_the_newest_of_the_changelog():
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest and versions()["corporate-parenting"] == newest.group(1)

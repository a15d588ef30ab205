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

INDICATORS = Path(__file__).parents[2] / "dbt_project" / "models" / "indicators"
FILES = sorted(INDICATORS.rglob("ind_*.yml"))
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
    *("over_whom", "why", "authority", "caveat", "version"),
}


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

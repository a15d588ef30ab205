"""The page of definitions: everything the catalogue says, once, and reached from the figures."""

from __future__ import annotations

import html
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from reporting.wording import BASES
from tests.unit.reporting.page_reader import Reader, text_of
from tests.unit.reporting.public_rows import Pack, Render, row_of, tables

INDICATORS = Path(__file__).parents[3] / "dbt_project" / "models" / "indicators"


@pytest.fixture(scope="module")
def read(pack: Pack) -> Reader:
    return Reader(pack.definitions)


def _entry(page: str, indicator_id: str) -> str:
    found = re.search(rf'(?s)<article class="meaning" id="{indicator_id}".*?</article>', page)
    assert found, indicator_id
    return found[0]


def test_every_measure_has_its_entry_under_its_id(pack: Pack) -> None:
    for row in pack.rows["rpt_public_definition"]:
        entry = _entry(pack.definitions, row["indicator_id"])
        for name in ("title", "definition", "why", "authority", "source_tables", "owner"):
            assert html.escape(row[name]) in entry
        assert f'href="#{row["indicator_id"]}"' in pack.definitions
        assert f'href="index.html#{row["indicator_id"]}"' in entry


def test_the_figures_link_to_the_definitions_and_these_to_the_figures(
    pack: Pack, read: Reader
) -> None:
    figures = Reader(pack.page)
    for reader, other, name in ((figures, read, "definitions"), (read, figures, "index")):
        start = f"{name}.html#"
        linked = {a.removeprefix(start) for a in reader.addresses if a.startswith(start)}
        assert linked and linked <= set(other.ids)


def test_a_measure_without_a_definition_is_not_linked_nor_one_without_figures(
    render: Render,
) -> None:
    rows = tables()
    rows["rpt_public_definition"] = [
        row for row in rows["rpt_public_definition"] if row["indicator_id"] != "lac_count"
    ]
    rows["rpt_public_scorecard"] = [
        row for row in rows["rpt_public_scorecard"] if row["indicator_id"] != "admissions"
    ]
    made = render(rows)
    assert 'definitions.html#lac_count"' not in made.page
    assert "index.html#admissions" not in made.definitions


def test_what_the_catalogue_does_not_say_has_no_line(pack: Pack) -> None:
    with_all, without = (
        text_of(_entry(pack.definitions, name))
        for name in ("three_plus_placements_pct", "foster_households")
    )
    for label in ("Over whom", "Breaks in the series", "Broken down by age band, reason"):
        assert label in with_all and label not in without
    assert "Break in series from 2018-12: a new rule." in with_all
    assert "What to know Late discharges stay in." in text_of(_entry(pack.definitions, "lac_count"))


@pytest.mark.parametrize(
    ("indicator_id", "since"),
    [
        (
            "three_plus_placements_pct",
            "May 2015 scorecard (9.2), then February 2019 (8.2) and 2022/23 (4.19) ",
        ),
        ("lac_count", "February 2019 scorecard (6.1, commentary), then 2022/23 (4.1) "),
        ("ceased", "2022/23 scorecard (4.14) "),
        ("admission_average_age", "Published beside the scorecard; "),
    ],
)
def test_since_when_names_the_editions_that_have_it(
    pack: Pack, indicator_id: str, since: str
) -> None:
    assert f"Since when {since}" in text_of(_entry(pack.definitions, indicator_id))


def test_a_changed_definition_says_what_changed_and_since_when(pack: Pack) -> None:
    changed, first = (
        text_of(_entry(pack.definitions, name)) for name in ("three_plus_placements_pct", "ceased")
    )
    told = "Version 2, since the pack of September 2026: Respite of three weeks is no placement."
    assert f"What changed {told}" in changed
    assert "What changed" not in first and "before version" not in first


def test_its_months_stand_under_both_definitions(pack: Pack) -> None:
    entry = text_of(_entry(pack.definitions, "three_plus_placements_pct"))
    assert "Month Before Under version 2 September 2026 11.9% 10.3% August 2026 hidden" in entry


def test_one_sentence_says_that_all_of_them_are_hidden(render: Render) -> None:
    rows = tables()
    hidden = {"old_value": None, "old_value_status": "suppressed"}
    hidden |= {"new_value": None, "new_value_status": "suppressed"}
    rows["rpt_public_definition_change"] = [
        row | hidden for row in rows["rpt_public_definition_change"]
    ]
    entry = _entry(render(rows).definitions, "three_plus_placements_pct")
    assert "The figures before version 2 and under it are hidden" in entry
    assert "readings" not in entry


def test_a_year_end_on_another_basis_says_so(render: Render) -> None:
    rows = tables()
    year_end = {"basis": "fytd", "period_end": date(2026, 3, 31)}
    rows["rpt_public_definition_change"] = [
        row | year_end for row in rows["rpt_public_definition_change"][1:]
    ]
    entry = text_of(_entry(render(rows).definitions, "three_plus_placements_pct"))
    assert "March 2026, year to date 11.9% 10.3%" in entry


def test_targets_in_force_are_shown_and_their_absence_is_said(pack: Pack) -> None:
    rated, unrated = (
        text_of(_entry(pack.definitions, name)) for name in ("reviews_in_timescale_pct", "ceased")
    )
    assert "Higher is better Green 95+ Amber 90-94.9 Red <90" in rated
    assert "Higher is better (no target is set)" in unrated


def test_each_period_in_use_is_explained_once(pack: Pack, read: Reader) -> None:
    explained = [one.removeprefix("period-") for one in read.ids if one.startswith("period-")]
    assert explained == ["month_end", "in_month", "fytd", "rolling_12m"]
    linked = {a for a in read.addresses if a.startswith("#period-")}
    assert linked == {f"#period-{basis}" for basis in explained}
    said = text_of(_entry(pack.definitions, "admissions"))
    assert "Periods In the month (in the month columns), Year to date" in said


def test_every_period_of_the_catalogue_has_its_words() -> None:
    for path in INDICATORS.rglob("ind_*.yml"):
        model = yaml.safe_load(path.read_text("utf-8"))["models"][0]
        assert set(model["config"]["meta"]["indicator"]["bases"]) <= BASES.keys(), path.name


def test_no_sentence_of_the_catalogue_stands_in_a_template() -> None:
    templates = Path(__file__).parents[3] / "reporting" / "templates"
    text = " ".join(" ".join(p.read_text("utf-8").split()) for p in templates.glob("*.j2"))
    for path in INDICATORS.rglob("ind_*.yml"):
        model = yaml.safe_load(path.read_text("utf-8"))["models"][0]
        entry = model["config"]["meta"]["indicator"]
        said = (model["description"], *(entry.get(key, "") for key in ("over_whom", "why")))
        assert not [one for one in said if one and " ".join(one.split()) in text], path.name


def test_tags_are_closed_ids_single_and_links_lead_somewhere(read: Reader) -> None:
    assert not read.open and not read.unclosed
    assert len(read.ids) == len(set(read.ids))
    assert {a[1:] for a in read.addresses if a.startswith("#")} <= set(read.ids)
    away = {a.partition("#")[0] for a in read.addresses if not a.startswith(("#", "data:"))}
    assert away == {"index.html", "data-quality.html"}


def test_headings_go_down_one_level_at_a_time(read: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_runs_nothing_and_asks_the_network_for_nothing(pack: Pack) -> None:
    page = re.sub(r"data:[a-z/+0-9]+;base64,[A-Za-z0-9+/=]+", "", pack.definitions)
    assert not re.search(r"https?:|//[a-z]|@import|<script|<iframe|<img|\son[a-z]+=", page)
    assert "default-src 'none'" in page and '<html lang="en-GB">' in page
    visible = re.sub(r"(?s)<style>.*?</style>", "", page)
    assert not re.search(r"\{[{%#]|[}%#]\}|Undefined|None\b|\bnan\b", visible)


def test_text_from_the_catalogue_is_escaped(render: Render) -> None:
    rows = tables()
    row_of(rows, "rpt_public_definition", "lac_count")["definition"] = "<script>alert(1)</script>"
    page = render(rows).definitions
    assert "<script" not in page and "&lt;script&gt;" in page

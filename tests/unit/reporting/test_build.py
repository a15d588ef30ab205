"""The page: complete, self-contained, safe, and the same twice."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from reporting.page.html import environment
from reporting.rows import PackDataError
from tests.unit.reporting.page_reader import Reader, text_of
from tests.unit.reporting.public_rows import ORIGINAL, Pack, Render, Tables, row_of, tables


@pytest.fixture(scope="module")
def read(pack: Pack) -> Reader:
    return Reader(pack.page)


def test_every_indicator_has_a_line_a_chart_or_a_reason_and_a_table(pack: Pack) -> None:
    for row in pack.rows["rpt_public_scorecard"]:
        card = _card(pack.page, row["indicator_id"])
        assert f'href="#{row["indicator_id"]}"' in pack.page
        assert html.escape(row["title"]) in card
        assert ("<svg" in card) != ("nochart" in card)
        months = re.findall(r'(?s)<table class="months">.*?</table>', card)
        assert [table.count('<th scope="row">') for table in months] == [13]


def _card(page: str, indicator_id: str) -> str:
    found = re.search(rf'(?s)<article class="card" id="{indicator_id}".*?</article>', page)
    assert found, indicator_id
    return found[0]


def test_the_headline_agrees_with_the_table_and_the_chart(pack: Pack) -> None:
    assert (
        "551 children were looked after at 31 October 2026,"
        " 7 more than in September and 23 fewer than a year ago." in text_of(pack.page)
    )
    card = text_of(_card(pack.page, "lac_count"))
    assert "551 at 31 October 2026" in card and "to 551 in October 2026" in card
    assert re.search(r"Oct 2026 551 .*Sep 2026 544 .*Oct 2025 574 ", card)


def test_tags_are_closed_ids_are_single_and_links_lead_somewhere(pack: Pack, read: Reader) -> None:
    assert not read.open and not read.unclosed
    assert len(read.ids) == len(set(read.ids))
    inside = {address[1:] for address in read.addresses if address.startswith("#")}
    assert inside <= set(read.ids)
    files = {a.partition("#")[0] for a in read.addresses if not a.startswith(("#", "data:"))}
    pages = {"definitions.html", "data-quality.html"}
    data = ("scorecard", "trend", "changed_figures", "change_causes", "lateness", "movement")
    assert files == pages | {f"data/{name}.csv" for name in data}
    assert all((pack.paths[0].parent / file).exists() for file in files)


def test_the_page_asks_the_network_for_nothing_and_runs_nothing(pack: Pack) -> None:
    page = re.sub(r"data:[a-z/+0-9]+;base64,[A-Za-z0-9+/=]+", "", pack.page)
    assert not re.search(r"https?:|//[a-z]|@import|<script|<iframe|<img|\son[a-z]+=", page)
    assert all(address == "" for address in re.findall(r"url\(([^)]*)\)", page))
    assert "default-src 'none'" in pack.page


def test_every_chart_has_a_title_that_is_one_sentence(pack: Pack) -> None:
    charts = re.findall(r"(?s)<svg[^>]*>\s*(<title[^>]*>[^<]*</title>)?", pack.page)
    assert charts and all(charts)
    titles = [re.sub(r"<[^>]+>", "", title) for title in charts]
    assert all(title.endswith(".") and "\n" not in title for title in titles)


def test_tables_have_captions_and_scopes_and_scroll_regions_have_names_of_their_own(
    pack: Pack, read: Reader
) -> None:
    assert pack.page.count("<table") == pack.page.count("<caption>")
    assert all(named.get("scope") for tag, named in read.tags if tag == "th")
    regions = [n["aria-label"] for _, n in read.tags if n.get("class") == "scroll"]
    assert all(regions) and len(regions) == len(set(regions))


def test_headings_go_down_one_level_at_a_time(read: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_front_names_what_is_missing_or_refused_and_what_that_takes_away(pack: Pack) -> None:
    found = re.search(r'(?s)<section id="notes".*?</section>', pack.page)
    assert found
    front = text_of(found[0])
    assert "the file ext_foster_household did not arrive" in front
    assert "Not available because of this: Number of foster carers (households)." in front
    assert "the file ssd_sdq_scores was refused (the column csdq_sdq_score is missing)" in front
    assert "7 children have an open episode without a usable legal status" in front
    assert "ext_adoption_tracker" not in front and "ext_adoption_tracker" in pack.page


def test_a_month_with_nothing_to_note_says_so(render: Render) -> None:
    rows = tables() | {"rpt_public_note": [], "rpt_public_gap": []}
    assert "Every file this page needs arrived and was read." in render(rows).page


def test_a_hidden_month_hides_its_rating_its_change_and_its_place_on_the_chart(
    pack: Pack,
) -> None:
    card = _card(pack.page, "ceased_permanence_pct")
    assert "hidden" in card and "No rating" in card
    assert card.count("<circle") == 9
    assert 'class="label value"' not in card


def test_what_the_officers_know_of_a_hidden_month_is_nowhere(render: Render) -> None:
    rows = tables()
    row = row_of(rows, "rpt_public_scorecard", "ceased_permanence_pct")
    row |= {"rag": "green", "change": "down", "change_is": "worse", "denominator": ORIGINAL}
    row_of(rows, "rpt_public_trend", "ceased_permanence_pct")["denominator"] = ORIGINAL
    made = render(rows)
    texts = (made.page, made.definitions, made.data_quality, made.scorecard, made.trend)
    for text in texts:
        assert "37.1" not in text
    assert "Green" not in text_of(_card(made.page, "ceased_permanence_pct"))


def test_a_leaking_model_writes_no_page(render: Render, tmp_path: Path) -> None:
    rows = tables()
    row_of(rows, "rpt_public_scorecard", "ceased_permanence_pct")["month"] = ORIGINAL
    with pytest.raises(PackDataError):
        render(rows, "leak")
    assert not (tmp_path / "leak" / "pack").exists()


def test_text_from_the_data_is_escaped(render: Render) -> None:
    rows = tables()
    attack = '<script>alert("x")</script>'
    row_of(rows, "rpt_public_scorecard", "lac_count")["title"] = attack
    rows["rpt_public_note"][0]["message"] = attack
    rows["rpt_public_gap"][0]["reason"] = attack
    row_of(rows, "rpt_public_scorecard", "lac_rate_10k")["section"] = "a"
    page = render(rows).page
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "Eastmoor &amp; Vale Council" in page


def test_the_same_rows_give_the_same_bytes(render: Render) -> None:
    one, two = render(tables(), "one"), render(_turned_round(tables()), "two")
    for first, second in zip(one.paths, two.paths, strict=True):
        assert first.read_bytes() == second.read_bytes()


def _turned_round(rows: Tables) -> Tables:
    return {table: list(reversed(found)) for table, found in rows.items()}


def test_nothing_of_the_template_is_left_over(pack: Pack) -> None:
    visible = re.sub(r"(?s)<style>.*?</style>", "", pack.page)
    assert not re.search(r"\{[{%#]|[}%#]\}|Undefined|None\b|\bnan\b", visible)


def test_a_misspelt_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ page.no_such_thing }}").render(page=object())


def test_a_pack_without_headlines_notes_or_trends_is_still_a_page(render: Render) -> None:
    rows = tables() | {"rpt_public_trend": [], "rpt_public_extract": [], "rpt_public_note": []}
    for row in rows["rpt_public_scorecard"]:
        row["headline_order"] = None
    assert "Performance on a page" in render(rows).page

"""What stands on the page: the contents in their order, and each part of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reporting.rows import OFFICERS
from tests.pages_of_a_pack import render_pack
from tests.unit.reporting.page_reader import text_of
from tests.unit.reporting.public_rows import (
    LA,
    ORIGINAL,
    Pack,
    Render,
    row_of,
    tables,
    with_officers,
    write_warehouse,
)

ORDER = (
    "notes", "headlines", "scorecard", "looked-after-children", "reviews-plans-visits",
    "placements", "health", "care-leavers", "fostering", "caseloads", "changed", "data-quality",
    "how-to-read", "not-here", "how-made",
)  # fmt: skip


@pytest.fixture(scope="module")
def officers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The officers' edition, rendered once."""
    folder = tmp_path_factory.mktemp("officers")
    render_pack(write_warehouse(folder / "db", tables()), LA, folder, edition=OFFICERS)
    return folder / "restricted" / "pack"


def _part(page: str, part: str) -> str:
    found = re.search(rf'(?s)<section id="{part}".*?</section>', page)
    assert found, part
    return found[0]


def _row(page: str, indicator_id: str) -> str:
    found = re.search(rf'(?s)<tr>\s*<th scope="row">[^\n]*href="#{indicator_id}".*?</tr>', page)
    assert found, indicator_id
    return found[0]


def test_the_contents_stand_in_the_same_order_every_month(pack: Pack) -> None:
    assert tuple(re.findall(r'<section id="([a-z-]+)"', pack.page)) == ORDER
    links = re.findall(r'<a href="#([a-z-]+)"', pack.page.split("</nav>")[0])
    assert tuple(link for link in links if link != "main") == ORDER


def test_the_edition_is_named_on_top_of_every_page(pack: Pack, officers: Path) -> None:
    for page in (pack.page, pack.definitions, pack.data_quality):
        assert '<p class="edition">Public edition: small numbers are hidden</p>' in page
    for name in ("index.html", "definitions.html", "data-quality.html"):
        page = (officers / name).read_text(encoding="utf-8")
        assert "Officers’ edition: nothing is hidden, keep within the team" in page
        assert "Public edition" not in page


def test_the_officers_edition_says_whom_it_is_for_and_where_the_children_are(
    officers: Path, pack: Pack
) -> None:
    page = (officers / "index.html").read_text(encoding="utf-8")
    words = text_of(page)
    assert "Keep this within the team." in words and "restricted/children.csv" in words
    assert 'class="hidden"' not in page and "so that no child can be recognised" not in words
    assert 'class="hidden"' in pack.page
    assert "Keep this within the team." not in pack.page and "children.csv" not in pack.page


def test_the_officers_edition_is_for_its_owner_alone(officers: Path) -> None:
    assert officers.stat().st_mode & 0o077 == 0
    files = [path for path in officers.rglob("*") if path.is_file()]
    assert files and all(path.stat().st_mode & 0o077 == 0 for path in files)


def test_each_edition_is_made_of_its_own_models(tmp_path: Path) -> None:
    rows = with_officers(tables())
    row_of(rows, "rpt_officers_scorecard", "ceased_permanence_pct")["month"] = ORIGINAL
    warehouse = write_warehouse(tmp_path / "db", rows)
    for edition_path in ("pack", "restricted/pack"):
        options = {"edition": OFFICERS} if "restricted" in edition_path else {}
        render_pack(warehouse, LA, tmp_path, **options)  # type: ignore[arg-type]
    assert "37.1%" not in (tmp_path / "pack" / "index.html").read_text(encoding="utf-8")
    restricted = (tmp_path / "restricted" / "pack" / "index.html").read_text(encoding="utf-8")
    assert "37.1%" in restricted


def test_rating_change_and_signal_are_three_columns_in_words(pack: Pack) -> None:
    cells = [text_of(cell) for cell in _row(pack.page, "visits_up_to_date_nms_pct").split("<td")]
    assert [any(word in cell for cell in cells) for word in ("Green", "Improving")] == [True] * 2
    assert not any("Green" in cell and "Improving" in cell for cell in cells)
    assert any("Up, better than in Sep 2026" in re.sub(r"\s+", " ", cell) for cell in cells)


def test_a_measure_without_a_signal_has_a_dash_and_its_card_no_sentence(render: Render) -> None:
    rows = tables() | {"rpt_public_signal": [], "rpt_public_signal_point": []}
    page = render(rows).page
    assert not re.search(r'class="(?:signal|usual|flagged|anew)\b', page.split("how-to-read")[0])


def test_limits_are_drawn_with_the_points_that_met_a_rule(pack: Pack) -> None:
    card = _card(pack.page, "long_term_stability_pct")
    assert card.count('<path class="usual"') == 1 and card.count('<rect class="flagged"') == 1
    assert "signal: getting worse." in card
    assert "Getting worse" in text_of(card)


def _card(page: str, indicator_id: str) -> str:
    found = re.search(rf'(?s)<article class="card" id="{indicator_id}".*?</article>', page)
    assert found, indicator_id
    return found[0]


def test_a_recalculation_is_an_upright_line_and_two_stretches(pack: Pack, render: Render) -> None:
    card = _card(pack.page, "visits_up_to_date_nms_pct")
    assert '<path class="anew"' not in card  # the decision is older than the chart
    rows = tables()
    months = [
        row
        for row in rows["rpt_public_signal_point"]
        if row["indicator_id"] == "visits_up_to_date_nms_pct"
    ]
    months[5]["is_new_segment"] = True
    card = _card(render(rows).page, "visits_up_to_date_nms_pct")
    assert card.count('<path class="anew"') == 1 and card.count('<path class="usual"') == 2


def test_notes_under_the_scorecard_give_repairs_caveats_and_breaks(pack: Pack) -> None:
    words = text_of(_part(pack.page, "scorecard"))
    assert "Note 1. Late discharges stay in." in words
    assert "Visits that are not yet typed up count as late" in words
    assert "Break in series from December 2018: a new rule." in words
    assert "Not available: no fostering extract." in words


def test_a_theme_says_what_its_measures_count_and_who_wrote_its_commentary(pack: Pack) -> None:
    theme = text_of(_part(pack.page, "placements"))
    assert "What three_plus_placements_pct counts." in theme
    assert "Over whom: All children looked after at the month end." in theme
    assert "Why it matters: Why three_plus_placements_pct matters." in theme
    assert "Sentences made from the figures" in theme and "Written by the service" not in theme


def test_a_written_commentary_is_marked_as_written(tmp_path: Path) -> None:
    folder = tmp_path / "commentary" / "2026-10"
    folder.mkdir(parents=True)
    (folder / "placements.md").write_text("Homes are *steadier* now.\n", encoding="utf-8")
    (folder / "summary.md").write_text("A calm month.\n", encoding="utf-8")
    warehouse = write_warehouse(tmp_path / "db", tables())
    paths = render_pack(warehouse, LA, tmp_path, commentary_folders=(folder.parent,))
    page = paths[0].read_text(encoding="utf-8")
    assert "Written by the service Homes are steadier now." in text_of(_part(page, "placements"))
    assert "A calm month." in text_of(_part(page, "headlines"))


def test_the_parts_of_a_figure_are_named_and_hidden_where_small(pack: Pack) -> None:
    card = text_of(_card(pack.page, "lac_count"))
    assert "Number of looked after children (of 551), at 31 October 2026 Age Number Share" in card
    assert "Under 1 hidden hidden 1-4 75 13.6%" in card


def test_the_parts_of_a_measure_without_a_line_stand_in_its_theme(render: Render) -> None:
    rows = tables()
    definition = dict(rows["rpt_public_definition"][4])
    rows["rpt_public_definition"].append(
        definition | {"indicator_id": "ceased_by_reason", "title": "Children ceasing by reason"}
    )
    part = dict(rows["rpt_public_part"][1])
    rows["rpt_public_part"].append(
        part
        | {"indicator_id": "ceased_by_reason", "breakdown": "reason", "part": "E4A"}
        | {"basis": "fytd", "figure": 9, "numerator": 9, "denominator": None}
        | {"denominator_status": "none"}
    )
    theme = text_of(_part(render(rows).page, "looked-after-children"))
    assert "Children ceasing by reason, in the year so far (April to October 2026)" in theme
    assert "Reason for leaving care Number Went home as planned (E4A) 9" in theme


def test_changed_figures_say_what_they_were_what_they_are_and_why(pack: Pack) -> None:
    words = text_of(_part(pack.page, "changed"))
    assert (
        "Two figures of September read otherwise than in last month’s pack."
        " One more changed and is hidden." in words
    )
    assert "Visits up to date Sep 2026 94.1% 95.4% 14 visits were recorded after the month" in words
    assert "visits were changed. Records of episodes of care changed too; how many is" in words
    assert "Behind it: 14 more counted, 7 judged otherwise." in words
    assert "Sep 2026 547 544 Nine episodes of care were changed. Other small numbers are" in words


def test_a_month_without_changed_figures_says_so(render: Render) -> None:
    page = render(tables() | {"rpt_public_changed_figure": []}).page
    assert "No figure of an earlier month reads otherwise" in text_of(_part(page, "changed"))


def test_data_quality_is_told_in_short_with_a_link(pack: Pack) -> None:
    part = _part(pack.page, "data-quality")
    assert 'href="data-quality.html"' in part
    assert "10.5% as recorded, 9.8% after repair." in text_of(part)


def test_how_it_was_made_names_extracts_dates_rows_and_versions(pack: Pack) -> None:
    words = text_of(_part(pack.page, "how-made"))
    assert "SSD_CLA_EPISODES_20261101.csv 3,977 12 Read" in words
    assert "17 definitions, each in its first version." in words
    assert "at the end of October 2026" in words


def test_a_page_of_a_whole_council_stays_small(pack: Pack) -> None:
    assert len(pack.page.encode()) < 500_000

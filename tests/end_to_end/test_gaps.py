"""What is missing from an extract makes its figures not available, never 0, and no others."""

from __future__ import annotations

import pytest

from .building import Build
from .gaps import GAPS


@pytest.mark.parametrize("name", GAPS)
def test_figures_that_need_it_are_not_available_and_say_why(build: Build, name: str) -> None:
    gap = GAPS[name]
    figures = build.figures(f"gap-{name}")
    for (indicator_id, period_end, basis, breakdown), row in figures.items():
        if indicator_id in gap.without:
            where = f"{indicator_id} {period_end} {basis}"
            assert (row.value, row.numerator, row.denominator) == (None, None, None), where
            assert (row.status, breakdown) == ("not_available", ""), where
            assert gap.says in (row.note or "") or "kept only as of now" in (row.note or ""), where
    assert {key[0] for key in figures} >= gap.without


@pytest.mark.parametrize("name", GAPS)
def test_all_other_figures_stay_as_they_are(build: Build, name: str) -> None:
    gone = GAPS[name].without | GAPS[name].may_move

    def others(la: str) -> dict:
        return {key: row for key, row in build.figures(la).items() if key[0] not in gone}

    assert others(f"gap-{name}") == others("plain")
    assert len(others("plain")) > 10


@pytest.mark.parametrize("name", [name for name in GAPS if name != "no_population"])
def test_front_page_names_what_was_not_delivered(build: Build, name: str) -> None:
    la, gap = f"gap-{name}", GAPS[name]
    titles = dict(build.rows("select indicator_id, title from dim_indicator"))
    gaps = build.rows("select reason, indicators from rpt_public_gap where la = ?", la)
    told = {title for reason, text in gaps if gap.says in reason for title in text.split("; ")}
    assert told == {titles[one] for one in gap.without}

"""A sentence names the measures whose words it uses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reporting.commentary.names import named
from reporting.rows import Indicator
from tests.unit.reporting.commentary_files import catalogue, public_rows


@pytest.fixture(scope="module")
def indicators(tmp_path_factory: pytest.TempPathFactory) -> tuple[Indicator, ...]:
    folder: Path = tmp_path_factory.mktemp("names")
    first = public_rows(folder).indicators[0]
    return tuple(
        replace(first, indicator_id=name, title=entry["title"])
        for name, entry in catalogue().items()
    )


def test_every_measure_is_named_by_its_title(indicators: tuple[Indicator, ...]) -> None:
    assert len(indicators) > 60
    for row in indicators:
        assert row.indicator_id in named(f"On {row.title} we say this.", indicators)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("551 children were in care.", {"lac_count"}),
        ("Dental checks were at 84.9%.", {"dental_up_to_date_pct"}),
        ("Of all reviews 102 were on time.", {"reviews_in_timescale_pct"}),
        ("The youth justice service works with 9.", {"lac_yot"}),
        ("The A2 indicator was 157.", {"adoption_a2_days"}),
        ("The panel met and was content.", set()),
    ],
)
def test_a_sentence_names_measures(
    indicators: tuple[Indicator, ...], sentence: str, names: set[str]
) -> None:
    assert named(sentence, indicators) == names

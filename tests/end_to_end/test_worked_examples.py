"""Each worked example is a council of its own, from its extract to its figures.

The first fourteen files in ``examples/`` are the published worked examples of the fourteen
figures, row for row; the others hold the boundaries of the conventions.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from .building import Build, Key, Row, last_day
from .examples import Example, read_examples

EXAMPLES = read_examples()
FOURTEEN = {
    "lac_count",
    "lac_rate_10k",
    "admissions",
    "ceased",
    "ceased_by_reason",
    "ceased_permanence_pct",
    "three_plus_placements_pct",
    "long_term_stability_pct",
    "family_based_pct",
    "reviews_in_timescale_pct",
    "visits_up_to_date_nms_pct",
    "health_assessment_up_to_date_pct",
    "cl_suitable_accommodation_pct",
    "foster_households",
}
ABOUT = {"indicator", "basis", "breakdown", "period_end", "is"}


def names(examples: list[Example]) -> list[str]:
    return [example.name for example in examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=names(EXAMPLES))
def test_example_gives_the_figures_worked_by_hand(build: Build, example: Example) -> None:
    compare(example, build.figures(example.la))


AS_903 = [example for example in EXAMPLES if example.as_903]


@pytest.mark.parametrize("example", AS_903, ids=names(AS_903))
def test_same_facts_as_903_give_the_same_figures(build: Build, example: Example) -> None:
    compare(example, build.figures(example.la_903))


def test_every_one_of_the_fourteen_has_its_worked_example() -> None:
    assert set(names(EXAMPLES)) >= FOURTEEN


def test_every_figure_is_expected_of_somebody() -> None:
    assert {one["indicator"] for example in EXAMPLES for one in example.expect} == FOURTEEN


def compare(example: Example, figures: dict[Key, Row]) -> None:
    """Hold all expected figures against the computed ones, and tell all that differ at once."""
    found = [(one, figures.get(key(example, one))) for one in example.expect]
    wrong = [f"{one}\n  but found {row}" for one, row in found if not is_as_expected(one, row)]
    assert not wrong, "\n".join([example.why, *wrong])


def key(example: Example, one: dict[str, Any]) -> Key:
    period_end = last_day(one.get("period_end", example.month)[:7])
    return one["indicator"], period_end, one["basis"], one.get("breakdown", "")


def is_as_expected(one: dict[str, Any], row: Row | None) -> bool:
    if row is None or "is" in one:
        return row is None and one.get("is") == "absent"
    expected = {name: value for name, value in one.items() if name not in ABOUT}
    assert expected, f"nothing is expected of {one}"
    status = expected.get("status", "ok")
    return row.status == status and all(
        is_equal(name, value, row) for name, value in expected.items()
    )


def is_equal(name: str, expected: Any, row: Row) -> bool:
    found = getattr(row, name)
    if name == "value" and found is not None and expected is not None:
        return rounded(found) == rounded(expected)
    return bool(found == expected)


def rounded(value: float) -> Decimal:
    """One decimal, half up (C18)."""
    return Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

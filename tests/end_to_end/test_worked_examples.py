"""Each worked example is a council of its own, from its extract to its figures.

The published worked examples are here row for row; those of one family, and the boundaries of the
conventions, stand beside them.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from pipeline.dbt_build import DBT_PROJECT

from .building import Build, Key, Row, last_day
from .examples import Example, read_examples

EXAMPLES = read_examples()
INDICATORS = {
    path.stem.removeprefix("ind_") for path in (DBT_PROJECT / "models").rglob("ind_*.sql")
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


def test_every_indicator_is_expected_of_somebody() -> None:
    assert {one["indicator"] for example in EXAMPLES for one in example.expect} == INDICATORS


def compare(example: Example, figures: dict[Key, Row]) -> None:
    """Hold all expected figures against the computed ones, and tell all that differ at once."""
    found = [(one, figures.get(key(example, one))) for one in example.expect]
    wrong = [f"{one}\n  but found {row}" for one, row in found if not is_as_expected(one, row)]
    assert not wrong, "\n".join([example.why, *wrong])


def key(example: Example, one: dict[str, Any]) -> Key:
    stated = one.get("period_end")
    period_end = date.fromisoformat(stated) if stated else last_day(example.month)
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

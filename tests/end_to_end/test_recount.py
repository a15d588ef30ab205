"""The warehouse and a recount written from the definitions alone give the same figures.

The recount reads the extracts itself and goes through them one child at a time; it shares no code
with the warehouse.
"""

from __future__ import annotations

import pytest

from tests.recount.catalogue import MEASURES

from .building import Build, Council, month_ends
from .comparing import answered, differences, recounted
from .inboxes import RANDOM

# The first snapshot also fills the two years before it (ruling A2).
FIRST_MONTHS_BACK, LATER_MONTHS_BACK = 24, 2
# Of a large council the last whole year besides.
LAST_MARCH_BACK = 7


@pytest.mark.parametrize("la", RANDOM)
def test_small_council_counts_as_in_plain_python(
    build: Build, councils: dict[str, Council], la: str
) -> None:
    """Every period end that each snapshot gives: two years from the first, then three months."""
    council = councils[la]
    months_back = FIRST_MONTHS_BACK
    for month in map(str, council.months):
        ends = answered(council.inbox, month, months_back)
        wrong = differences(build.computed(la, month), recounted(council.inbox, month, ends))
        assert not wrong, f"{len(wrong)} differ\n" + "\n".join(wrong)
        months_back = LATER_MONTHS_BACK


def test_large_council_counts_as_in_plain_python(
    build: Build, councils: dict[str, Council]
) -> None:
    council = councils["large"]
    month = str(council.months[-1])
    ends = answered(council.inbox, month, LATER_MONTHS_BACK) + month_ends(month, [LAST_MARCH_BACK])
    recount = recounted(council.inbox, month, ends)
    wrong = differences(build.computed("large", month), recount)
    assert not wrong, "\n".join(wrong)
    assert recount["lac_count", council.months[-1].last_day, "month_end", ""].numerator > 400


def test_random_councils_have_what_the_definitions_turn_on(
    build: Build, councils: dict[str, Council]
) -> None:
    """The random extracts hold the odd rows that the comparison is for."""
    wanted = {
        "care that ended on the 18th birthday": "is_ended_at_eighteen",
        "care that begins in the middle": "not is_admission",
    }
    for what, condition in wanted.items():
        found = build.rows(
            "select count(*) from intermediate.int_periods_of_care "
            f"where la like 'random%' and {condition}"
        )
        assert found[0][0] > 5, what
    temporary = build.rows(
        "select count(*) from intermediate.int_temporary_stays where la like 'random%'"
    )
    assert temporary[0][0] > 20


def test_every_indicator_of_the_catalogue_is_recounted(build: Build) -> None:
    ids = {indicator_id for (indicator_id,) in build.rows("select indicator_id from dim_indicator")}
    assert {measure.indicator_id for measure in MEASURES} == ids


def test_random_councils_make_every_figure_differ(build: Build) -> None:
    """A figure that is always the same would agree with any definition."""
    found = build.rows(
        """
        select indicator_id, count(distinct value), count(distinct numerator)
        from fct_computed_value where la like 'random%' and status = 'ok' group by indicator_id
        """
    )
    dull = [(one, values, parts) for one, values, parts in found if max(values, parts) < 3]
    assert dull == []
    assert {one for one, _, _ in found} == {measure.indicator_id for measure in MEASURES}

"""The warehouse and a recount written from the definitions alone give the same figures.

The recount reads the extracts itself and goes through them one child at a time; it shares no code
with the warehouse.
"""

from __future__ import annotations

import pytest

from .building import Build, Council, month_ends
from .comparing import differences, recounted

RANDOM = [f"random{seed}" for seed in range(1, 13)]
# Of a large council the three months that each snapshot gives, and the last whole year.
MONTHS_BACK = (0, 1, 2, 7)


@pytest.mark.parametrize("la", RANDOM)
def test_small_council_counts_as_in_plain_python(
    build: Build, councils: dict[str, Council], la: str
) -> None:
    """All month ends that each snapshot gives: 25 from the first, three from a later one."""
    council = councils[la]
    for month in map(str, council.months):
        computed = build.computed(la, month)
        ends = sorted({period_end for _, period_end, _, _ in computed})
        wrong = differences(computed, recounted(council.inbox, month, ends))
        assert not wrong, "\n".join(wrong)


def test_large_council_counts_as_in_plain_python(
    build: Build, councils: dict[str, Council]
) -> None:
    council = councils["large"]
    month = str(council.months[-1])
    recount = recounted(council.inbox, month, month_ends(month, MONTHS_BACK))
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

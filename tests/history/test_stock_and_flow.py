"""Stock and flow add up from one extract to the next, with what the next one tells otherwise."""

from __future__ import annotations

from itertools import pairwise

import pytest

from .conftest import PUBLISHED
from .running import rows
from .test_restatements import children

pytestmark = pytest.mark.slow


def test_every_closing_follows_from_the_one_before_and_what_was_told_otherwise(all_at_once):
    """Fourteen pairs of extracts; what was told otherwise is counted child by child."""
    steps = rows(
        all_at_once.warehouse,
        """
        select snapshot_month, closing_before, told.children, admissions, unexplained_starts,
            ceased, closing
        from fct_stock_flow
        left join (
            select snapshot_month,
                count(*) filter (change = 'added') - count(*) filter (change = 'removed')
                    as children
            from fct_cohort_change
            where indicator_id = 'lac_count' and basis = 'month_end'
                and period_end = cast(snapshot_month || '-01' as date) - 1
            group by snapshot_month
        ) as told using (snapshot_month)
        where closing_before is not null
        order by snapshot_month
        """,
    )
    assert len(steps) == 14
    for month, before, told, admitted, unexplained, ceased, closing in steps:
        assert before + (told or 0) + admitted + unexplained - ceased == closing, month
    assert sum(step[2] is not None for step in steps) >= 4
    assert sum(step[4] for step in steps) <= 3


def test_the_same_follows_from_the_lists_of_children_that_were_published(month_by_month):
    """From children.csv of two months, each as it was published."""
    for earlier, later in pairwise(PUBLISHED[1:]):
        was, now = (children(month_by_month.folders[month]) for month in (earlier, later))
        opening_day = ("lac_count", earlier.last_day, "month_end")
        closed, opened = (persons(one[opening_day]) for one in (was, now))
        closing = persons(now["lac_count", later.last_day, "month_end"])
        admitted = now.get(("admissions", later.last_day, "in_month"), {})
        ceased = now.get(("ceased", later.last_day, "in_month"), {})
        unexplained = closing - opened - persons(admitted)
        came, gone = opened - closed, closed - opened
        total = len(closed) + len(came) - len(gone) + len(admitted) + len(unexplained)
        assert total - len(ceased) == len(closing)


def persons(cohort: dict[tuple, bool]) -> set[str]:
    return {person for person, _ in cohort}

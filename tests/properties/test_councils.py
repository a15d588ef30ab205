"""Every invariant holds of every drawn council."""

from __future__ import annotations

from pathlib import Path

import pytest

from .batch import COUNCILS, SEED, Batch, run_dbt
from .invariants import INVARIANTS, Invariant, broken


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda one: one.says)
def test_it_is_so_that(batch: Batch, invariant: Invariant) -> None:
    wrong = broken(batch.build, invariant, batch.drawn)
    assert not wrong, f"{wrong[:10]}\n{batch.told(row[0] for row in wrong)}"


def test_every_data_test_holds_of_every_council(batch: Batch) -> None:
    """Grains, accepted values, and the stock against the flow with its unexplained starts."""
    failed = [one for one in run_dbt(batch.build, "test") if str(one.status) == "fail"]
    if failed:
        compiled = [Path(one.node.compiled_path).read_text(encoding="utf-8") for one in failed]
        rows = [row for sql in compiled for row in batch.build.rows(f"select * from ({sql})")]
        named = [cell for row in rows for cell in row if cell in batch.rows]
        raise AssertionError(
            f"{[one.node.name for one in failed]}\n{rows[:10]}\n{batch.told(named or batch.drawn)}"
        )


def test_the_batch_holds_what_the_definitions_turn_on(batch: Batch) -> None:
    """Enough of everything that is odd, so that an invariant which holds says something."""
    if (COUNCILS, SEED) != (64, 0):
        pytest.skip("another batch than the usual one")
    for what, sql in ODD.items():
        found = batch.build.rows(f"select count(*) from {sql}")[0][0]
        assert found >= 5, f"{what}: {found}"


_CARE, _STAYS = "intermediate.int_periods_of_care", "intermediate.int_temporary_stays"
_COUNTED = "fct_computed_cohort where in_numerator and indicator_id = "
ODD = {
    "care that ended on the 18th birthday": f"{_CARE} where is_ended_at_eighteen",
    "care that begins in the middle": f"{_CARE} where not is_admission",
    "temporary stays that count as placements": f"{_STAYS} where is_own_placement",
    "children away at a month end": f"{_STAYS} where end_date is null",
    "births on 29 February": "intermediate.int_people where strftime(birth_date, '%m%d') = '0229'",
    "rows of no night": "intermediate.int_recorded_episodes where start_date = end_date",
    "children stable for two years": f"{_COUNTED} 'long_term_stability_pct'",
    "children with three placements": f"{_COUNTED} 'three_plus_placements_pct'",
    "visits up to date": f"{_COUNTED} 'visits_up_to_date_nms_pct'",
    "care leavers": f"{_COUNTED} 'care_leavers'",
    "adoptions": f"{_COUNTED} 'adoptions'",
    "children missing more than three times": f"{_COUNTED} 'missing_children_over3'",
    "foster homes recruited": f"{_COUNTED} 'foster_recruited'",
}

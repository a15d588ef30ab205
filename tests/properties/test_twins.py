"""What was done to a council's records moves nothing, or moves what it should in one direction."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from .batch import RESPELLED, TOGETHER, Batch

# As many digits as a mean keeps, whatever the order its parts are added in.
DIGITS = 9
KEY = "indicator_id, period_end, basis, breakdown"
STABILITY = ("long_term_stability_pct", "three_plus_placements_pct")
# C20: L, T and U do not restart the clock of visits; temporary placements do not stop it.
CLOCKS = (*STABILITY, "visits_up_to_date_nms_pct")
# What is counted where it runs at D: from its start on, and until the day before its end (C2).
RUNNING = (
    *("lac_uasc", "lac_ehcp", "lac_yot", "lac_count_pending_discharge", "caseload_max"),
    *("caseload_avg_lac_1_3", "caseload_avg_lac_4_5"),
)
RISING = {
    *("visits_up_to_date_nms_pct", "visits_up_to_date_local_pct", "visits_reg28_strict_pct"),
    *("health_assessment_up_to_date_pct", "dental_up_to_date_pct", "care_plan_up_to_date_pct"),
    *("pathway_plan_has_pct", "pathway_plan_up_to_date_pct", "pathway_plan_up_to_date_lac_pct"),
}
SURE_TO_RISE = {
    *("visits_up_to_date_nms_pct", "health_assessment_up_to_date_pct", "dental_up_to_date_pct"),
    "care_plan_up_to_date_pct",
}
# An assessment recorded late may be the initial one.
EITHER_WAY = {"iha_within_20wd_pct"}

# The figures and the people behind them of a council (``/`` and the kind of its twin left out).
FIGURES = f"""
    select {{la}}, {KEY}, round(value, {DIGITS}), round(numerator, {DIGITS}),
        round(denominator, {DIGITS}), status
    from fct_computed_value
"""
COHORTS = """
    select {la}, indicator_id, period_end, basis, person_id, event_id, category, further_category,
        in_numerator, amount, base_amount
    from fct_computed_cohort
"""


def changes(batch: Batch, kind: str, select: str, only: Iterable[str] = ()) -> list[tuple]:
    """Rows that a council and its twin do not have alike, of indicators or of all of them."""
    months = f"(select distinct period_end from fct_computed_value where la like '%/{kind}')"
    ids = ", ".join(f"'{one}'" for one in only)
    where = f"period_end in {months}" + (f" and indicator_id in ({ids})" if only else "")
    drawn = f"{select.format(la='la')} where {where} and la similar to 'c[0-9]+'"
    twins = f"{select.format(la=SHORT)} where {where} and la like '%/{kind}'"
    return batch.build.rows(
        f"(({drawn}) except all ({twins})) union all (({twins}) except all ({drawn}))"
    )


SHORT = "split_part(la, '/', 1)"


@pytest.mark.parametrize("select", [FIGURES, COHORTS], ids=["figures", "people"])
@pytest.mark.parametrize("kind", ["again", "split"])
def test_nothing_changes(batch: Batch, kind: str, select: str) -> None:
    """Rows in another order and twice; an episode of the same home and order as two."""
    wrong = changes(batch, kind, select)
    assert not wrong, f"{wrong[:10]}\n{batch.told(f'{row[0]}/{kind}' for row in wrong)}"


@pytest.mark.parametrize(
    ("kind", "figures"),
    [("split", CLOCKS), ("same-carer", CLOCKS), ("away", CLOCKS), ("earlier", RUNNING)],
)
def test_these_figures_do_not_change(batch: Batch, kind: str, figures: tuple[str, ...]) -> None:
    wrong = changes(batch, kind, FIGURES, figures)
    assert not wrong, f"{wrong[:10]}\n{batch.told(f'{row[0]}/{kind}' for row in wrong)}"


def test_what_is_recorded_late_only_raises(batch: Batch) -> None:
    """Visits, checks of health and teeth, and plans: their percentages rise, nothing else moves."""
    sides = batch.build.rows(
        f"""
        select late.la, {KEY}, coalesce(drawn.value, 0), coalesce(late.value, 0),
            (drawn.status, round(drawn.numerator, {DIGITS}), drawn.denominator)
            is not distinct from (late.status, round(late.numerator, {DIGITS}), late.denominator)
        from (select *, la || '/late' as twin from fct_computed_value) as drawn
        inner join fct_computed_value as late using ({KEY})
        where late.la = drawn.twin
        """
    )
    wrong = [
        row
        for row in sides
        if not (row[6] >= row[5] if row[1] in RISING else row[7] or row[1] in EITHER_WAY)
    ]
    assert not wrong, f"{wrong[:10]}\n{batch.told(row[0] for row in wrong)}"
    risen = {row[1] for row in sides if row[6] > row[5]}
    assert risen >= SURE_TO_RISE & {row[1] for row in sides}, f"only {risen} rose"


@pytest.mark.parametrize("la", RESPELLED)
@pytest.mark.parametrize("select", [FIGURES, COHORTS], ids=["figures", "people"])
def test_tables_in_other_spellings_change_nothing(batch: Batch, la: str, select: str) -> None:
    plain, spelled = (
        set(batch.build.rows(f"{select.format(la=0)} where la = ?", one)) for one in (TOGETHER, la)
    )
    assert len(plain) > 300
    assert plain == spelled, sorted(map(str, plain ^ spelled))[:10]

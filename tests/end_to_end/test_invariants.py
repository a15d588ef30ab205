"""What must hold of any council's figures, whatever its records say (the worked examples' list)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from .building import Build, Key, Row

AS_MADE = ["large", "plain", "random1", "random3", "random5", "random7", "random9", "random11"]
EVENTS = ("admissions", "ceased")


def own_snapshot(build: Build, la: str) -> dict[Key, Row]:
    """All that the first snapshot gives: its own month and the 24 before."""
    month = build.rows("select min(snapshot_month) from fct_computed_value where la = ?", la)
    return build.computed(la, month[0][0])


def numerators(figures: dict[Key, Row], indicator_id: str, basis: str) -> dict[date, int]:
    return {
        key[1]: int(row.numerator or 0)
        for key, row in figures.items()
        if key[0] == indicator_id and key[2] == basis and key[3] == "" and row.status == "ok"
    }


@pytest.mark.parametrize("la", AS_MADE)
def test_stock_is_the_stock_before_and_who_came_less_who_left(build: Build, la: str) -> None:
    figures = own_snapshot(build, la)
    stock = numerators(figures, "lac_count", "month_end")
    came, left = (numerators(figures, one, "in_month") for one in EVENTS)
    for day, children in stock.items():
        before = day.replace(day=1) - timedelta(days=1)
        if before in stock:
            assert children == stock[before] + came[day] - left[day], day
    assert len(stock) == 25


@pytest.mark.parametrize("la", AS_MADE)
def test_events_of_the_year_to_date_are_the_sum_of_its_months(build: Build, la: str) -> None:
    figures = own_snapshot(build, la)
    for indicator_id in (*EVENTS, "ceased_permanence_pct", "reviews_in_timescale_pct"):
        months = numerators(figures, indicator_id, "in_month")
        for day, so_far in numerators(figures, indicator_id, "fytd").items():
            april = date(day.year - (day.month < 4), 4, 1)
            in_year = [number for end, number in months.items() if april <= end <= day]
            if april > min(months):
                assert so_far == sum(in_year), (indicator_id, day)


def test_reasons_add_up_to_all_who_ceased(build: Build) -> None:
    wrong = build.rows(
        """
        select la, period_end, basis,
            sum(numerator) filter (breakdown <> '') as parts,
            max(numerator) filter (breakdown = '') as whole
        from fct_indicator_value where indicator_id = 'ceased_by_reason' and status = 'ok'
        group by all having coalesce(parts, 0) <> whole
        """
    )
    assert wrong == []
    unlike = build.rows(
        """
        select reasons.la, reasons.period_end, reasons.value, ceased.value
        from fct_indicator_value as reasons
        inner join fct_indicator_value as ceased using (la, period_end, basis)
        where reasons.indicator_id = 'ceased_by_reason' and ceased.indicator_id = 'ceased'
            and reasons.breakdown = '' and reasons.value is distinct from ceased.value
        """
    )
    assert unlike == []


def test_permanence_is_a_part_of_those_who_ceased(build: Build) -> None:
    wrong = build.rows(
        """
        select la, period_end, basis, permanence.numerator, permanence.denominator, ceased.value
        from fct_indicator_value as permanence
        inner join fct_indicator_value as ceased using (la, period_end, basis)
        where permanence.indicator_id = 'ceased_permanence_pct' and ceased.indicator_id = 'ceased'
            and permanence.status = 'ok'
            and (permanence.numerator > ceased.value or permanence.denominator <> ceased.value)
        """
    )
    assert wrong == []


def test_everyone_looked_after_is_in_the_denominators(build: Build) -> None:
    wrong = build.rows(
        """
        select la, share.indicator_id, period_end
        from fct_indicator_value as share
        inner join fct_indicator_value as stock using (la, period_end, snapshot_month)
        where stock.indicator_id = 'lac_count' and share.status = 'ok' and (
            (share.indicator_id = 'lac_rate_10k' and share.numerator <> stock.value)
            or (share.denominator <> stock.value and share.indicator_id in (
                'family_based_pct', 'three_plus_placements_pct', 'visits_up_to_date_nms_pct'
            ))
            or (share.denominator > stock.value and share.indicator_id in (
                'long_term_stability_pct', 'health_assessment_up_to_date_pct'
            ))
        )
        """
    )
    assert wrong == []


def test_every_figure_is_its_numerator_over_its_denominator(build: Build) -> None:
    wrong = build.rows(
        """
        select la, indicator_id, period_end, basis, breakdown, value, numerator, denominator
        from fct_computed_value
        where not coalesce(case
            when status = 'not_available'
                then value is null and numerator is null and denominator is null
            when unit = 'count' then value = numerator and value >= 0 and denominator is null
            when unit = 'percent' and denominator = 0 then value is null and numerator = 0
            when unit = 'percent'
                then numerator between 0 and denominator
                    and abs(value - 100 * numerator / denominator) < 1e-9
            else abs(value - 10000 * numerator / denominator) < 1e-9
        end, false)
        """
    )
    assert wrong == []


def test_rows_recorded_late_only_raise_visits_and_health(build: Build) -> None:
    """More visits and assessments, and nothing else: no figure falls, no other figure moves."""
    before, after = build.figures("plain"), build.figures("recorded_late")
    raised = set()
    assert before.keys() == after.keys()
    for key, row in before.items():
        if key[0] not in ("visits_up_to_date_nms_pct", "health_assessment_up_to_date_pct"):
            assert after[key] == row, key
        elif row.numerator is not None and row.value is not None:
            assert (after[key].value or 0) >= row.value, key
            if (after[key].value or 0) > row.value:
                raised.add(key[0])
    assert raised == {"visits_up_to_date_nms_pct", "health_assessment_up_to_date_pct"}

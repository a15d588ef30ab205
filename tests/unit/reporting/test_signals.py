"""The words of a signal: one for each, never of a change, and what a target means for chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reporting.rows import Figure, Signal
from reporting.signals import Said, said, target
from tests.unit.reporting.one_measure import measure

SIGNAL = Signal(
    "visits", "xmr", "no_change", "", "", 27, date(2024, 8, 31), 92.05, 84.25, 99.85, "", ""
)


VISITS = measure("visits", unit="percent", good_is="high", green="95+")


def test_chance_alone_is_said_with_its_range_and_what_it_means_for_the_target() -> None:
    found = said(replace(SIGNAL, assurance="varies"), VISITS)
    assert found == Said(
        "No clear change",
        "no-change",
        "No clear change: it moves between 84.3% and 99.8% by chance alone. The target of 95% is"
        " within that range, so it will be met in some months and missed in others.",
    )


@pytest.mark.parametrize(
    ("signal", "good_is", "rule", "sentence"),
    [
        ("getting_worse", "high", "run", "the last seven months were all below the average"),
        ("getting_worse", "low", "run", "the last seven months were all above the average"),
        ("improving", "low", "run", "the last seven months were all below the average"),
        ("improving", "high", "outside_limits", "the latest month is above the usual range of"),
        ("getting_worse", "high", "trend", "each of the last six months was lower than the month"),
        ("improving", "high", "trend", "each of the last six months was higher than the month"),
        ("improving", "high", "two_of_three", "two of the last three months were far above the"),
    ],
)
def test_better_and_worse_are_said_with_the_rule_that_was_met(
    signal: str, good_is: str, rule: str, sentence: str
) -> None:
    one = replace(SIGNAL, signal=signal, rule=rule)
    found = said(one, measure(unit="percent", good_is=good_is))
    assert found.word == {"improving": "Improving", "getting_worse": "Getting worse"}[signal]
    assert found.kind == signal.replace("_", "-")
    assert found.sentence.startswith(f"{found.word}: {sentence}")


@pytest.mark.parametrize(
    ("rule", "value", "change", "says"),
    [
        ("run", 99.0, "down", "all above the average of 92.0%"),
        ("run", 60.0, "up", "all below the average of 92.0%"),
        ("trend", 60.0, "up", "higher than the month before"),
        ("trend", 60.0, "down", "lower than the month before"),
        ("trend", 60.0, "", "further than the month before"),
        ("outside_limits", 60.0, "", "below the usual range of 84.3% to 99.8%"),
        ("outside_limits", None, "", "outside the usual range of 84.3% to 99.8%"),
        ("run", None, "", "all on one side of the average of 92.0%"),
    ],
)
def test_where_nothing_is_good_in_itself_it_is_unusual(
    rule: str, value: float | None, change: str, says: str
) -> None:
    info = measure(unit="percent", good_is="info", month=Figure(value, "ok"), change=change)
    found = said(replace(SIGNAL, signal="unusual", rule=rule, centre=92.04), info)
    assert (found.word, found.kind) == ("Unusual", "unusual")
    assert says in found.sentence


def test_the_range_is_said_again_with_the_target_where_the_rule_did_not_name_it() -> None:
    found = said(replace(SIGNAL, signal="getting_worse", rule="run", assurance="missed"), VISITS)
    assert found.sentence.endswith(
        "The usual range of 84.3% to 99.8% is on the wrong side of the target of 95%, so in a usual"
        " month it is missed."
    )


def test_a_target_that_is_always_met() -> None:
    easy = measure(unit="percent", good_is="low", green="<100")
    assert said(replace(SIGNAL, assurance="met"), easy).sentence.endswith(
        " That range is on the right side of the target of under 100%, so in a usual month it is"
        " met."
    )


@pytest.mark.parametrize(
    ("unit", "green", "words"),
    [
        ("percent", "95+", "95%"),
        ("percent", "<8", "under 8%"),
        ("percent", "<=8.5", "8.5% or under"),
        ("days", ">30", "over 30"),
        ("children_per_fte", "14-20", "14-20"),
        ("percent", "", ""),
    ],
)
def test_a_target_in_words(unit: str, green: str, words: str) -> None:
    assert target(measure(unit=unit, green=green)) == words


def test_a_printed_end_of_the_range_is_always_a_figure_within_it() -> None:
    count = measure(unit="count", good_is="info", green="")
    one = replace(SIGNAL, centre=495.37, lower_limit=478.4, upper_limit=512.7)
    assert "between 479 and 512 by" in said(one, count).sentence
    on_it = replace(SIGNAL, centre=50.0, lower_limit=44.7, upper_limit=55.3)
    assert "between 44.7% and 55.3% by" in said(on_it, VISITS).sentence
    narrow = replace(SIGNAL, centre=50.05, lower_limit=50.02, upper_limit=50.08)
    assert "between 50.0% and 50.1% by" in said(narrow, VISITS).sentence


def test_a_series_that_never_moves_stays() -> None:
    still = replace(SIGNAL, centre=85.0, lower_limit=85.0, upper_limit=85.0)
    assert said(still, VISITS).sentence == "No clear change: it has stayed at 85.0%."


def test_too_few_says_why() -> None:
    one = replace(
        SIGNAL,
        signal="too_few",
        centre=None,
        lower_limit=None,
        upper_limit=None,
        why="most months are small numbers",
    )
    found = said(one, VISITS)
    assert found == Said(
        "Too few to test", "too-few", "Too few to test: most months are small numbers."
    )


def test_what_no_chart_fits_is_not_called_few() -> None:
    one = replace(
        SIGNAL, chart="none", signal="too_few", centre=None, why="it is measured once a term"
    )
    assert said(one) == Said("Not tested", "none", "Not tested: it is measured once a term.")


def test_no_signal_has_no_words() -> None:
    assert said(None) == Said("", "none", "")


def test_what_limits_rest_on_and_who_started_them_again_is_said() -> None:
    one = replace(
        SIGNAL,
        why="limits rest on 15 months",
        decision="New limits from 2025-08, decided by Head of service on 2025-09-01: a new team",
    )
    assert said(one, VISITS).sentence.endswith(
        " by chance alone. Limits rest on 15 months. New limits from 2025-08, decided by Head of"
        " service on 2025-09-01: a new team."
    )


def test_without_its_row_a_signal_is_said_without_unit_and_target() -> None:
    one = replace(SIGNAL, signal="improving", rule="outside_limits", assurance="varies")
    assert said(one).sentence == (
        "Improving: the latest month is outside the usual range of 84.3 to 99.8. The target is"
        " within that range, so it will be met in some months and missed in others."
    )

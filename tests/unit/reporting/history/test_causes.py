"""Why a figure changed, in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reporting.history.causes import NO_RECORD, one_of, sentence, why
from reporting.history.rows import ChangeCause
from reporting.rows import ChangedFigure, Figure

HIDDEN, NONE = Figure(None, "suppressed"), Figure(None, "none")
TABLES = Path(__file__).parents[4] / "dbt_project" / "macros" / "recorded_tables.sql"


def _ok(value: float) -> Figure:
    return Figure(value, "ok")


NOTHING = _ok(0)
AUGUST = date(2026, 8, 31)
ROW = ChangedFigure(
    "visits", "Visits in date", "percent", AUGUST, "month_end", "later extract", 1, _ok(94.1),
    _ok(96.8), *[NOTHING] * 3,
)  # fmt: skip


def _cause(table: str = "visits", team: str = "", **numbers: Any) -> ChangeCause:
    none = dict.fromkeys(
        ("records_added", "records_changed", "records_removed", "records_late", "children"), NOTHING
    )
    days = {"median_days_late": NONE, "longest_days_late": NONE}
    texts = ("visits", AUGUST, "month_end", f"ssd_{table}", table, team)
    return ChangeCause(*texts, **none | days | numbers)


LATE = _cause(
    records_added=_ok(14),
    records_late=_ok(14),
    median_days_late=_ok(12),
    longest_days_late=_ok(41),
)
TEAM_1 = _cause(team="team 1", records_late=_ok(5))
TEAM_3 = _cause(team="team 3", records_late=_ok(9))


def _why(*causes: ChangeCause, **row: Any) -> str:
    return why(replace(ROW, **row), causes, "October 2026")


def test_late_records_are_counted_with_their_team_and_their_days() -> None:
    assert _why(LATE, TEAM_1, TEAM_3) == (
        "14 visits were recorded after the month end, 9 of them by team 3: half of them within"
        " 12 days, the longest after 41."
    )


@pytest.mark.parametrize(
    ("causes", "said"),
    [
        ([_cause(records_added=_ok(1), records_late=_ok(1), median_days_late=_ok(1),
                 longest_days_late=_ok(1))],
         "One visit was recorded after the month end, 1 day late."),
        ([_cause(records_added=_ok(1), records_late=_ok(1)),
          _cause(team="team 3", records_late=_ok(1))],
         "One visit was recorded after the month end, by team 3."),
        ([_cause(records_added=_ok(2), records_late=_ok(2)),
          _cause(team="team 3", records_late=_ok(2))],
         "Two visits were recorded after the month end, all of them by team 3."),
        ([_cause(records_added=_ok(16), records_late=_ok(14), records_changed=_ok(7),
                 records_removed=_ok(1))],
         "14 visits were recorded after the month end. Two more visits were added. Seven visits"
         " were changed. One visit was taken out."),
        ([_cause("people", records_changed=_ok(1))], "One person was changed."),
        ([_cause(records_changed=_ok(2)), _cause("reviews", records_removed=_ok(3))],
         "Two visits were changed. Three reviews were taken out."),
        ([_cause(records_changed=_ok(9)),
          *(_cause(f"{name}s", records_changed=_ok(2)) for name in "abc")],
         "Nine visits, two as and two bs were changed. Records of cs changed too."),
    ],
)  # fmt: skip
def test_records_are_counted_in_plain_words(causes: list[ChangeCause], said: str) -> None:
    assert _why(*causes) == said


@pytest.mark.parametrize(
    ("causes", "said"),
    [
        ([_cause(records_added=HIDDEN, records_late=HIDDEN)],
         "Records of visits changed; how many is hidden."),
        ([_cause(records_added=_ok(9), records_late=HIDDEN)],
         "Nine visits were added. Other small numbers are hidden."),
        ([_cause(records_changed=_ok(9)), _cause("reviews", records_changed=HIDDEN)],
         "Nine visits were changed. Records of reviews changed too; how many is hidden."),
    ],
)  # fmt: skip
def test_hidden_numbers_are_left_out_and_said_to_be(causes: list[ChangeCause], said: str) -> None:
    assert _why(*causes) == said


def test_a_new_definition_explains_a_figure_alone() -> None:
    told = _why(LATE, reason="definition", definition_version=2)
    assert told == "Its definition changed: it is counted by version 2 now."


def test_an_extract_that_came_again_is_named_before_its_records() -> None:
    told = _why(LATE, reason="delivered again")
    assert told.startswith("The extract of October 2026 was delivered again. 14 visits were")
    assert _why(reason="delivered again").endswith(f"again. {NO_RECORD}")


def test_where_no_record_changed_a_rule_did() -> None:
    assert _why() == NO_RECORD


def test_where_the_rows_are_hidden_no_cause_is_known_and_none_is_denied() -> None:
    assert _why(rows_removed=HIDDEN) == "Small numbers of records changed, which are hidden."


def test_records_without_a_team_are_nobodys_even_where_they_are_most() -> None:
    told = _why(LATE, _cause(team="no team recorded", records_late=_ok(11)), TEAM_1)
    assert "5 of them by team 1" in told
    assert ", " not in _why(LATE, _cause(team="no team recorded", records_late=_ok(14)))[:50]


def test_of_a_hidden_figure_nothing_is_told() -> None:
    assert _why(LATE, before=HIDDEN, now=HIDDEN) == "–"


def test_the_whole_sentence_names_the_figure_its_month_and_both_readings() -> None:
    assert sentence(ROW, "Why.", "in last month’s pack") == (
        "Visits in date for August 2026: 94.1% in last month’s pack, 96.8% now. Why."
    )


def test_every_table_has_a_word_for_one_of_its_records() -> None:
    titles = set(re.findall(r"'title': '([^']+)'", TABLES.read_text(encoding="utf-8")))
    assert len(titles) > 15
    assert all(one_of(title) != title for title in titles)
    heads = {one_of(title).split(" ")[0] for title in titles}
    assert not {head for head in heads if head.endswith("s")} - {"missing"}

"""The same facts in any spelling of the contract give the same figures."""

from __future__ import annotations

import pytest

from .building import Build
from .spellings import SPELLINGS

FIGURES = "select * exclude (la) from fct_indicator_value where la = ? order by all"
CHILDREN = """
    select indicator_id, period_end, basis, person_id, event_id, in_numerator
    from fct_indicator_cohort where la = ? order by all
"""


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spelling_changes_no_figure_and_no_child(build: Build, spelling: str) -> None:
    la = f"spelled-{spelling}"
    for sql in (FIGURES, CHILDREN):
        plain, spelled = build.rows(sql, "plain"), build.rows(sql, la)
        assert len(plain) > 500
        assert sorted({*map(str, plain)} ^ {*map(str, spelled)}) == []
        assert len(plain) == len(spelled)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spelling_sends_no_row_to_quarantine(build: Build, spelling: str) -> None:
    count = "select table_name, column_name, reason from lake.quarantine where la = ?"
    assert build.rows(count, f"spelled-{spelling}") == build.rows(count, "plain")

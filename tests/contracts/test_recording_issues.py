"""The catalogue of recording issues: complete, in plain words, and the same on the page."""

from __future__ import annotations

import pytest

from pipeline.dbt_build import DBT_PROJECT
from pipeline.recording_issues import PAGE, page, read_issues, read_issues_not_in_data
from pipeline.snapshots import definition_versions

ISSUES = read_issues()
INDICATORS = set(definition_versions(DBT_PROJECT)) - {issue.id for issue in ISSUES}
SEVERITIES = {"high", "medium", "low"}


def test_each_issue_of_the_catalogue_has_a_rule_or_a_reason_why_not() -> None:
    with_rule = [issue.id for issue in ISSUES]
    without = [issue["id"] for issue in read_issues_not_in_data()]
    assert sorted(with_rule + without) == [f"DQ{number:02d}" for number in range(1, 46)]


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.id)
def test_an_entry_is_whole(issue) -> None:
    assert issue.model.startswith(f"dq_{issue.id[2:]}_")
    assert issue.severity in SEVERITIES
    assert set(issue.affects) <= INDICATORS
    told = (issue.title, issue.description, issue.owner, issue.found, issue.effect)
    assert all(told) and issue.repaired and issue.to_do
    assert not issue.title.endswith(".")


def test_the_page_is_that_of_the_catalogue() -> None:
    again = "python -m pipeline.recording_issues"
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it again: {again}"

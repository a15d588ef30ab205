"""The known recording issues as a page of documentation, made from the YAML beside each rule.

``python -m pipeline.recording_issues`` writes ``docs/recording-issues.md`` again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.dbt_build import DBT_PROJECT

PAGE = Path(__file__).resolve().parents[2] / "docs" / "recording-issues.md"
_OPENING = """\
# The known recording issues

What breaks the figures of children's services is seldom arithmetic: it is known faults in how
care is recorded. Each has a rule of its own that finds it, one row a fault, in
`dbt_project/models/data_quality/`. Only where it is safe do the figures use another value than
the recorded one; a row of the extract itself is never changed. `make pack REPAIRS=off` builds
without repairs.

This page is made from the YAML beside each rule; change it there and run
`python -m pipeline.recording_issues`.
"""


@dataclass(frozen=True)
class RecordingIssue:
    """One issue of the catalogue, as its rule's YAML has it; ``model`` is the rule."""

    id: str
    title: str
    description: str
    severity: str
    owner: str
    affects: tuple[str, ...]
    found: str
    effect: str
    repaired: str
    not_done: tuple[str, ...]
    to_do: str
    version: int
    model: str
    is_told_once: bool = False


def read_issues(project: Path = DBT_PROJECT) -> list[RecordingIssue]:
    """Return every issue that has a rule, in the order of the catalogue."""
    files = (project / "models" / "data_quality").rglob("dq_*.yml")
    models = [model for path in files for model in _models(path)]
    return sorted((_issue(model) for model in models), key=lambda issue: issue.id)


def read_issues_not_in_data(project: Path = DBT_PROJECT) -> list[dict[str, str]]:
    """Return the issues that no row of an extract can show: id, title and what is done instead."""
    (model,) = _models(project / "models" / "marts" / "dim_recording_issue.yml")
    found: list[dict[str, str]] = model["config"]["meta"]["not_in_data"]
    return found


def page(project: Path = DBT_PROJECT) -> str:
    """Return the whole page as Markdown."""
    issues = read_issues(project)
    parts = [_OPENING, _table(issues), *(_section(issue) for issue in issues)]
    return "\n".join([*parts, _not_in_data(read_issues_not_in_data(project))])


def _models(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return found


def _issue(model: dict[str, Any]) -> RecordingIssue:
    about = dict(model["config"]["meta"]["recording_issue"])
    about["affects"], about["not_done"] = tuple(about["affects"]), tuple(about["not_done"])
    return RecordingIssue(**about, description=model["description"], model=model["name"])


def _table(issues: Iterable[RecordingIssue]) -> str:
    rows = (
        f"| [{issue.id}](#{issue.id.lower()}) | {issue.title} | {issue.severity} | {issue.owner} |"
        for issue in issues
    )
    return "\n".join(["| | issue | severity | owner |", "|---|---|---|---|", *rows, ""])


def _section(issue: RecordingIssue) -> str:
    return "\n".join(_lines(issue))


def _lines(issue: RecordingIssue) -> Iterator[str]:
    yield f'<a id="{issue.id.lower()}"></a>\n'
    yield f"## {issue.id}: {issue.title}\n"
    yield f"{_text(issue.description)}\n"
    facts = {
        "How it is found": issue.found,
        "What it does to the figures": issue.effect,
        "Measures it can move": ", ".join(f"`{one}`" for one in issue.affects) or "none",
        "What the figures do about it": issue.repaired,
        "What its owner is asked to do": f"{_text(issue.to_do)} ({issue.owner})",
    }
    yield from (f"- **{label}.** {_text(text)}" for label, text in facts.items())
    if issue.not_done:
        yield "- **What is not done.** " + " ".join(_text(one) for one in issue.not_done)
    yield f"- **Rule.** `{issue.model}`, version {issue.version}\n"


def _not_in_data(issues: Iterable[dict[str, str]]) -> str:
    lines = ["## Issues that no row of an extract can show\n"]
    lines += [
        f"- **{issue['id']}: {issue['title']}.** {_text(issue['instead'])}" for issue in issues
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

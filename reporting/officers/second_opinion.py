"""The page of the second opinion: by child, our findings beside the national rules.

Restricted, so it names children; it is no part of the pack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.second_opinion.findings import Finding, OurIssue
from pipeline.second_opinion.validator import NOT_RUN, RUN, Opinion, Rule
from reporting import assets
from reporting.page.html import environment


@dataclass(frozen=True)
class Said:
    """One line about a child: a code, what it says, of how many rows; ``unsure`` of some rules."""

    code: str
    words: str
    rows: int
    unsure: bool = False


@dataclass(frozen=True)
class Child:
    """What we and the validator say of one child."""

    id: str
    ours: tuple[Said, ...]
    theirs: tuple[Said, ...]


@dataclass(frozen=True)
class SecondOpinionPage:
    """Everything on the page; ``has_ours`` is false where the month is not published."""

    council: str
    month: str
    version: str
    rules_of: str
    rules_run: int
    finding_count: int
    has_ours: bool
    ours_without_child: int
    both: int
    only_ours: int
    only_theirs: int
    children: tuple[Child, ...]
    unsure: tuple[Rule, ...]
    not_run: tuple[Rule, ...]


def render(
    month: str, opinion: Opinion, found: Sequence[Finding], ours: Sequence[OurIssue] | None
) -> str:
    """Return the page; the same answers give the same bytes."""
    template = environment().get_template("second-opinion.html.j2")
    page = build_second_opinion(month, opinion, found, ours)
    return template.render(page=page, fonts=assets.fonts(), icons=assets.icons())


def build_second_opinion(
    month: str, opinion: Opinion, found: Sequence[Finding], ours: Sequence[OurIssue] | None
) -> SecondOpinionPage:
    """Lay out the answers of the rules and our own findings, child by child."""
    unsure = tuple(rule for rule in opinion.with_status(RUN) if rule.why)
    children = _children(found, ours or (), {rule.code for rule in unsure})
    return SecondOpinionPage(
        council="Restricted: for those who keep these records",
        month=month,
        version=opinion.version,
        rules_of=f"{opinion.rules_of - 1} to {opinion.rules_of}",
        rules_run=len(opinion.with_status(RUN)),
        finding_count=len(found),
        has_ours=ours is not None,
        ours_without_child=sum(not one.child for one in ours or ()),
        both=sum(bool(one.ours and one.theirs) for one in children),
        only_ours=sum(not one.theirs for one in children),
        only_theirs=sum(not one.ours for one in children),
        children=children,
        unsure=unsure,
        not_run=opinion.with_status(NOT_RUN),
    )


def _children(
    found: Sequence[Finding], ours: Sequence[OurIssue], unsure: set[str]
) -> tuple[Child, ...]:
    by_rule = Counter((one.child, one.rule, one.words) for one in found)
    by_issue = Counter((one.child, one.issue, one.detail) for one in ours if one.child)
    theirs: dict[str, list[Said]] = {}
    for (child, rule, words), rows in sorted(by_rule.items()):
        theirs.setdefault(child, []).append(Said(rule, words, rows, rule in unsure))
    said: dict[str, list[Said]] = {}
    for (child, issue, detail), rows in sorted(by_issue.items()):
        said.setdefault(child, []).append(Said(issue, detail, rows))
    return tuple(
        Child(child, tuple(said.get(child, ())), tuple(theirs.get(child, ())))
        for child in sorted({*said, *theirs})
    )

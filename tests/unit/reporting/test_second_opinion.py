"""The restricted page of the second opinion: by child, ours beside theirs, nothing hidden."""

from __future__ import annotations

from pipeline.second_opinion.findings import Finding, OurIssue
from pipeline.second_opinion.validator import NOT_RUN, RUN, Opinion, Rule
from reporting.officers.second_opinion import Said, build_second_opinion, render
from tests.unit.reporting.page_reader import Reader, text_of

RULES = (
    Rule("101", "Sex is not valid.", RUN, "", 0.1, {"Header": [0, 1]}),
    Rule("142", "Ended <again>.", RUN, "not sure: the order", 0.1, {"Episodes": [0]}),
    Rule("229", "Provider & place.", NOT_RUN, "it crashed: KeyError: 'URN'", 0.0, {}),
)
OPINION = Opinion("0.1", 2027, RULES)
FOUND = (
    Finding("<b>a", "101", "Sex is not valid.", "header", "header.csv:2"),
    Finding("<b>a", "101", "Sex is not valid.", "header", "header.csv:9"),
    Finding("c", "142", "Ended <again>.", "episodes", "episodes.csv:2"),
)
OURS = (
    OurIssue("<b>a", "DQ01", "e1", "The end date was copied."),
    OurIssue("d", "DQ02", "e2", "Still open."),
    OurIssue("", "DQ30", "h1", "About a household."),
)


def test_each_child_stands_once_with_what_both_say() -> None:
    page = build_second_opinion("2026-10", OPINION, FOUND, OURS)
    assert [one.id for one in page.children] == ["<b>a", "c", "d"]
    assert page.children[0].ours == (Said("DQ01", "The end date was copied.", 1),)
    assert page.children[0].theirs == (Said("101", "Sex is not valid.", 2),)
    assert page.children[1].theirs == (Said("142", "Ended <again>.", 1, unsure=True),)
    assert (page.both, page.only_ours, page.only_theirs) == (1, 1, 1)
    assert page.ours_without_child == 1


def test_it_says_what_it_is_and_names_what_did_not_run() -> None:
    words = text_of(render("2026-10", OPINION, FOUND, OURS))
    assert "This is a second opinion, not our findings." in words
    assert "2 rules ran and 1 did not" in words
    assert "229 it crashed: KeyError: 'URN' Provider & place." in words
    assert "142 not sure: the order Ended <again>." in words
    assert "<b>a DQ01 The end date was copied. 101 Sex is not valid. (2 rows)" in words


def test_a_month_that_is_not_published_has_theirs_alone() -> None:
    page = build_second_opinion("2026-10", OPINION, FOUND, None)
    assert not page.has_ours
    words = text_of(render("2026-10", OPINION, FOUND, None))
    assert "so our findings are not shown beside it" in words
    assert "of ours alone" not in words


def test_nothing_found_and_every_rule_sure_is_said_too() -> None:
    words = text_of(render("2026-10", Opinion("0.1", 2027, RULES[:1]), (), ()))
    for told in ("Neither has found anything.", "Every rule ran.", "gave the same answer"):
        assert told in words


def test_the_page_is_escaped_closed_and_labelled_and_asks_for_nothing() -> None:
    made = render("2026-10", OPINION, FOUND, OURS)
    page = Reader(made)
    assert not page.open and not page.unclosed
    assert len(page.ids) == len(set(page.ids))
    assert all(address.startswith(("#", "data:")) for address in page.addresses)
    assert {one[1:] for one in page.addresses if one.startswith("#")} <= set(page.ids)
    assert "<b>a" not in made and "<again>" not in made
    tables = sum(tag == "table" for tag, _ in page.tags)
    assert tables == sum(tag == "caption" for tag, _ in page.tags) == 3
    assert all(named.get("scope") for tag, named in page.tags if tag == "th")
    assert made == render("2026-10", OPINION, FOUND, OURS)

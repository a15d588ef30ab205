import os
from datetime import UTC, datetime, timedelta

import pytest

import steps
from pipeline.refusal import PublicationRefused
from pipeline.rendering import Rendered
from pipeline.sign_off import question, require_approval
from tests.unit.pipeline import small_pack
from tests.unit.pipeline.small_lake import OCTOBER, settings_in


@pytest.fixture
def asked(tmp_path):
    settings, folder = settings_in(tmp_path), tmp_path / "folder"
    small_pack.write_edition(folder, "pack")
    lines = ["indicator_id,snapshot_month", "lac_count,2026-10", "ceased,2026-10", "ceased,2026-09"]
    (folder / "restatements.csv").write_text("\n".join(lines) + "\n")

    def ask(scorecard=small_pack.SCORECARD, **not_made):
        (folder / "pack" / "data" / "scorecard.csv").write_text(scorecard)
        return question(settings, OCTOBER, folder, Rendered(not_made=not_made)).splitlines()

    ask.out, ask.folder = settings.out, folder
    return ask


def test_the_question_says_what_would_be_published(asked):
    assert asked() == [
        f"The pack of 2026-10 is made and checked, and waits in `{asked.folder}`.",
        "It would be published for the first time.",
        "- 1 of 1 measures have a figure for the month.",
        "- 1 measure (Children looked after) is red.",
        "- 2 figures of earlier months read otherwise than in the extract before.",
        "Approve: it is published. Reject: nothing is, and what is published stays as it is.",
    ]


def test_it_says_whether_a_published_pack_would_be_replaced(asked):
    (asked.out / "2026-10").mkdir(parents=True)
    assert asked()[1] == "It would replace the pack of this month that is published now."


def test_it_says_what_is_missing_and_why(asked):
    assert "- pdf is missing: There is no PDF: install it" in asked(
        pdf="There is no PDF: install it"
    )


def test_many_red_measures_are_named_in_part(asked):
    row = small_pack.SCORECARD.splitlines()[1]
    rows = [row.replace(small_pack.TITLE, f"Measure {number}") for number in range(14)]
    scorecard = "\n".join((small_pack.SCORECARD.splitlines()[0], *rows)) + "\n"
    (said,) = [line for line in asked(scorecard) if line.endswith(" red.")]
    assert said.startswith("- 14 measures (Measure 0; ")
    assert said.endswith("Measure 11; 2 more) are red.")


def test_no_red_measure_is_said_too(asked):
    assert "- No measures are red." in asked(small_pack.SCORECARD.replace(",red", ",green"))


@pytest.mark.parametrize(
    ("named", "users"), [("", []), (" head, deputy,,head ", ["head", "deputy"])]
)
def test_the_users_who_may_approve_are_named_in_the_environment(monkeypatch, named, users):
    monkeypatch.setenv("PACK_SIGN_OFF_BY", named)
    assert steps.approvers() == [{"id": user, "name": user} for user in users]


MADE = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def waiting(tmp_path):
    """The settings of a pack that was made at half past nine and waits to be published."""
    settings = settings_in(tmp_path)
    settings.build.mkdir(parents=True)
    Rendered().save(settings)
    os.utime(settings.build / "rendered.json", (MADE.timestamp(), MADE.timestamp()))
    return settings


ANNA = {"id": "1", "name": "anna"}


def answer(at, *options):
    return {"chosen_options": list(options), "responded_at": at, "responded_by_user": ANNA}


@pytest.mark.parametrize("at", [MADE, "2026-11-02T09:31:00+00:00", "2026-11-02T10:31:00+01:00"])
def test_what_was_approved_after_it_was_made_may_be_published(waiting, at):
    assert require_approval(waiting, OCTOBER, answer(at, "Approve")) == "anna"


@pytest.mark.parametrize(
    "given",
    [
        None,
        "Approve",
        {},
        {"chosen_options": ["Approve"]},
        answer(MADE),
        answer(MADE, "Reject"),
        answer(MADE, "Approve", "Reject"),
        answer(MADE - timedelta(seconds=1), "Approve"),
    ],
)
def test_without_an_approval_of_this_very_pack_nothing_is_published(waiting, given):
    with pytest.raises(PublicationRefused, match="2026-10: nobody has approved this pack"):
        require_approval(waiting, OCTOBER, given)

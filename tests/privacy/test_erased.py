"""A delivery that brings an erased person back is landed without them."""

from __future__ import annotations

import pytest

from pipeline.casting import empty_table
from pipeline.contract import TABLES
from pipeline.lake import LedgerRow
from pipeline.landed_table import LandedTable
from pipeline.privacy.erased import add_erased, keep_out, read_erased
from pipeline.privacy.person import Person, find
from pipeline.settings import Settings
from tests.privacy.small_council import ONE, ROWS, TWO
from tests.unit.pipeline.small_lake import LA


def delivered(*tables: str, **more: list[dict[str, object]]) -> list[LandedTable]:
    """The small council's rows as a family that was read and waits to be written."""
    return [
        LandedTable(
            TABLES[name],
            empty_table(TABLES[name]).from_pylist(
                [
                    {"source_file": f"{name}.csv", "source_row": at, **row}
                    for at, row in enumerate(more.get(name, ROWS[name]), start=2)
                ],
                schema=empty_table(TABLES[name]).schema,
            ),
            LedgerRow("social_care", name, "landed", "", f"{name}.csv", 2, 0, "abc"),
        )
        for name in tables
    ]


@pytest.fixture
def erased(published: Settings) -> Settings:
    add_erased(published, LA, find(published.lake, LA, ONE))
    return published


def test_nothing_changes_where_nobody_was_erased(settings: Settings) -> None:
    tables = delivered("ssd_person", "ssd_cla_reviews")
    assert keep_out(settings, LA, tables) is tables
    assert not (settings.private / "erasure.key").exists()


def test_the_list_holds_no_id(erased: Settings) -> None:
    known = read_erased(erased)
    assert known and known.holds(LA, "person", ONE) and not known.holds(LA, "person", TWO)
    text = (erased.private / "erased.json").read_text()
    assert not [one for one in (ONE, "care-1", "r1") if one in text]
    key = erased.private / "erasure.key"
    assert key.stat().st_mode & 0o777 == 0o600


def test_rows_of_an_erased_person_stay_out_also_by_way_of_a_link(erased: Settings) -> None:
    tables = keep_out(erased, LA, delivered(*ROWS))
    left = {one.table.name: one.rows.to_pylist() for one in tables}
    assert [row["pers_person_id"] for row in left["ssd_person"]] == [TWO]
    assert [row["clar_cla_id"] for row in left["ssd_cla_reviews"]] == ["care-2"]
    assert [row["person_id"] for row in left["ext_iro_activity"]] == [TWO, None]
    assert [row["placement_id"] for row in left["ext_placement_cost"]] == ["p2", "shared"]
    assert len(left["ext_staff"]) == 1


def test_a_family_that_knows_no_person_is_kept_clean_by_the_list(erased: Settings) -> None:
    (reviews,) = keep_out(erased, LA, delivered("ssd_cla_reviews"))
    assert reviews.rows.column("clar_cla_id").to_pylist() == ["care-2"]


def test_a_new_period_of_care_is_followed_within_the_delivery(erased: Settings) -> None:
    again = {"ssd_cla_episodes": [{"clae_person_id": ONE, "clae_cla_id": "care-9"}]}
    reviews = {"ssd_cla_reviews": [{"clar_cla_review_id": "r9", "clar_cla_id": "care-9"}]}
    tables = keep_out(
        erased, LA, delivered("ssd_cla_episodes", "ssd_cla_reviews", **again, **reviews)
    )
    assert [one.rows.num_rows for one in tables] == [0, 0]


def test_quarantine_says_which_row_stayed_out_and_nothing_of_it(erased: Settings) -> None:
    (people,) = keep_out(erased, LA, delivered("ssd_person"))
    (line,) = people.quarantine
    assert (line.file, line.row_number, line.reason) == ("ssd_person.csv", 2, "erased")
    assert (line.column_name, line.value, line.effect) == (None, None, "row refused")


def test_the_ledger_is_that_of_the_file_so_no_figure_is_computed_again(erased: Settings) -> None:
    before, after = delivered("ssd_person"), keep_out(erased, LA, delivered("ssd_person"))
    assert [one.ledger for one in before] == [one.ledger for one in after]


def test_the_list_grows_and_forgets_nobody(erased: Settings) -> None:
    add_erased(erased, LA, Person(TWO))
    known = read_erased(erased)
    assert known and all(known.holds(LA, "person", one) for one in (ONE, TWO))

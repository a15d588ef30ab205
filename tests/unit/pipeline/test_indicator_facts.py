from pathlib import Path

import duckdb
import pytest

from pipeline import publications
from pipeline.archive import Computation
from pipeline.indicator_facts import Marts, NothingToShow, figure_before, members_met
from pipeline.month import Month
from pipeline.settings import Settings
from tests.unit.pipeline.small_marts import THREE_PLUS, write_marts


@pytest.fixture
def marts(tmp_path):
    write_marts(tmp_path)
    return Marts(tmp_path)


def test_the_published_month_is_taken_where_none_is_asked_for(marts):
    facts = marts.facts(THREE_PLUS)
    assert facts.month == Month(2026, 10)
    assert (facts.headline["value"], facts.headline["numerator"]) == (50, 2)
    assert figure_before(facts.headline, facts.figures_before)["value"] == 25
    assert facts.scorecard["rag"] == "red"


def test_the_members_are_those_of_the_figures_own_extract_and_latest_computation(marts):
    facts = marts.facts(THREE_PLUS)
    assert {row["person_id"] for row in facts.members} == {
        *("stayed-in", "came-in", "new-child", "never-in"),
    }
    assert members_met(facts.members) == {"stayed-in", "came-in"}
    assert members_met(facts.members_before) == {"stayed-in", "[b]:smile:"}


def test_an_earlier_month_has_its_own_figures_and_members_but_no_rating(marts):
    facts = marts.facts(THREE_PLUS, "2026-09")
    assert facts.headline["value"] == 25
    assert members_met(facts.members_before) == {"in-august"}
    assert facts.restatements and not facts.scorecard


def test_the_children_behind_an_old_figure_are_read_from_the_archive(tmp_path):
    write_marts(tmp_path)
    settings = Settings(inbox=tmp_path, out=tmp_path)
    old, corrected, unpublished = (Computation("2026-05", number, "ab") for number in (1, 2, 3))
    for one, child in ((old, "stale"), (corrected, "in-march"), (unpublished, "rejected")):
        path = settings.lake / "archive_cohort" / "la=X1" / "snapshot_month=2026-05" / one.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        duckdb.sql(
            f"select '{THREE_PLUS}' as indicator_id, date '2026-03-31' as period_end, "
            f"'rolling_12m' as basis, '{child}' as person_id, 'e1' as event_id, "
            "null as category, null as further_category, true as in_numerator, "
            "null as amount, null as base_amount"
        ).write_parquet(str(path))
    publications.confirm(settings, "X1", "2026-05", [old, corrected])
    assert members_met(Marts(tmp_path).facts(THREE_PLUS, "2026-03").members) == {"in-march"}


def test_an_archive_that_cannot_be_read_is_said(tmp_path):
    write_marts(tmp_path)
    with pytest.raises(NothingToShow, match="those of the extract of 2026-05"):
        Marts(tmp_path).facts(THREE_PLUS, "2026-03")


def test_a_term_and_a_financial_year_stand_until_the_next_has_ended(marts):
    term = marts.facts("pep_termly_pct")
    assert (term.headline["value"], len(term.figures)) == (90, 1)
    assert not figure_before(term.headline, term.figures_before)
    july = marts.facts("pep_termly_pct", "2026-07")
    assert figure_before(july.headline, july.figures_before)["value"] == 80
    year = [row for row in marts.facts("admissions").figures if row["basis"] == "fy"]
    assert [row["value"] for row in year] == [195]


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("three_plus", "Did you mean three_plus_placements_pct?"),
        ("Familybased_pct", "Did you mean family_based_pct"),
        ("xyz", "`make indicator` lists them all."),
    ],
)
def test_an_unknown_id_is_answered_with_what_is_near_it(marts, asked, hint):
    with pytest.raises(NothingToShow, match=f"There is no indicator '{asked}'. ") as stopped:
        marts.facts(asked)
    assert hint in str(stopped.value)


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2026-11", "no figure of 2026-11: the published month is 2026-10"),
        ("october", "MONTH: 'october' is not a month"),
    ],
)
def test_a_month_without_a_figure_is_said_to_be_none(marts, month, said):
    with pytest.raises(NothingToShow, match=said):
        marts.facts(THREE_PLUS, month)


def test_without_a_published_pack_there_is_nothing_to_show(tmp_path):
    with pytest.raises(NothingToShow, match=r"No pack is published in .* yet: run `make pack`"):
        Marts(tmp_path)


def test_who_may_not_read_restricted_is_told_so(tmp_path, monkeypatch):
    write_marts(tmp_path)

    def closed(path, *mode):
        raise PermissionError(path)

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(NothingToShow, match="is closed to you"):
        Marts(tmp_path)


def test_where_the_warehouse_is_closed_the_marts_are_read(tmp_path, monkeypatch):
    marts = write_marts(tmp_path)
    private = tmp_path / "private"
    private.mkdir()
    (private / "warehouse.duckdb").write_bytes(marts.read_bytes())
    assert not Marts(tmp_path).facts(THREE_PLUS).are_pseudonyms
    opened = Path.open

    def closed(path, *mode):
        if path.name == "warehouse.duckdb":
            raise PermissionError(path)
        return opened(path, *mode)

    monkeypatch.setattr(Path, "open", closed)
    assert Marts(tmp_path).facts(THREE_PLUS).are_pseudonyms


def test_marts_of_an_older_version_ask_for_a_new_publication(tmp_path):
    with duckdb.connect(str(write_marts(tmp_path))) as connection:
        connection.execute("drop table dim_publication")
    with pytest.raises(NothingToShow, match="an older version: publish the month again"):
        Marts(tmp_path).facts(THREE_PLUS)

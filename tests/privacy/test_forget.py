"""One person is taken out of everything, and no published figure moves."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.landing_step import has_nothing_new
from pipeline.month import Month
from pipeline.privacy import forget as forgetting
from pipeline.privacy.forget import Erasure, forget, main
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from tests.privacy.conftest import MONTHS
from tests.privacy.published_output import is_public
from tests.privacy.small_council import ONE, TWO, land, landed, publish, rows_of
from tests.unit.pipeline.small_lake import LA, OCTOBER, definitions


@pytest.fixture
def council(published: Settings, tmp_path: Path) -> Settings:
    """The small council, with September delivered again and a worklist of an older month."""
    land(published, Month(2026, 9), "second")
    folder = published.out / "2026-06" / "restricted"
    (folder / "notes.csv").write_text(
        f'person_id,row_id,text\n{ONE},e1,"theirs,\n and two lines"\n'
        f'{TWO},e2,"beside {ONE}, here"\n'
        f",e1,a row of theirs\n,e9,of nobody\n"
    )
    opinion = published.out / "restricted" / "second-opinion" / "2026-10"
    opinion.mkdir(parents=True)
    (opinion / "findings.csv").write_text(f"child,rule\n{ONE},1\n")
    (published.private / "logs").mkdir(exist_ok=True)
    (published.private / "logs" / "old.log").write_text(f"stumbled over {ONE}\n")
    return published


def public_bytes(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and is_public(path, out)
    }


def still_named(out: Path) -> list[str]:
    """Every file in whose bytes the id stands; so few rows are not packed."""
    return [
        str(path.relative_to(out))
        for path in sorted(out.rglob("*"))
        if path.is_file() and ONE.encode() in path.read_bytes()
    ]


def places(erasure: Erasure) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in erasure.found:
        found[one.place] = found.get(one.place, 0) + one.rows
    return found


def test_a_dry_run_counts_the_same_rows_and_changes_nothing(council: Settings) -> None:
    before = {path: path.read_bytes() for path in council.out.rglob("*") if path.is_file()}
    counted = forget(council, ONE, dry_run=True)
    after = {path: path.read_bytes() for path in council.out.rglob("*") if path.is_file()}
    assert before == after
    assert places(counted) == places(forget(council, ONE, dry_run=False))


def test_no_byte_of_the_output_names_them_any_more(council: Settings) -> None:
    assert len(still_named(council.out)) > 15
    erasure = forget(council, ONE, dry_run=False)
    # The list of staff has an id of its own that happens to be the same: a worker, not this child.
    assert {name.split("/")[2] for name in still_named(council.out)} <= {"ext_staff"}
    assert erasure.left == ()


def test_rows_of_others_stay_also_where_a_link_is_shared(council: Settings) -> None:
    forget(council, ONE, dry_run=False)
    for month in MONTHS:
        assert [row["pers_person_id"] for row in landed(council, month, "ssd_person")] == [TWO]
        placements = landed(council, month, "ssd_cla_placement")
        assert [row["clap_cla_placement_id"] for row in placements] == ["p2", "shared"]
        prices = landed(council, month, "ext_placement_cost")
        assert [row["placement_id"] for row in prices] == ["p2", "shared"]
        reviews = landed(council, month, "ssd_cla_reviews")
        assert [row["clar_cla_id"] for row in reviews] == ["care-2"]
        work = landed(council, month, "ext_iro_activity")
        assert [row["person_id"] for row in work] == [TWO, None]
    found = rows_of(council.warehouse, "select person_id from fct_indicator_cohort order by all")
    assert found == [(TWO,), (TWO,), (None,)]
    assert rows_of(council.warehouse, "from intermediate.int_placements") == [("p2",)]
    assert rows_of(council.warehouse, "select person_id from people") == [(TWO,)]


def test_a_list_keeps_every_other_line_as_it_was(council: Settings) -> None:
    forget(council, ONE, dry_run=False)
    text = (council.out / "2026-06" / "restricted" / "notes.csv").read_text()
    assert list(csv.reader(io.StringIO(text))) == [
        ["person_id", "row_id", "text"],
        [TWO, "e2", "erased"],
        ["", "e9", "of nobody"],
    ]


def test_officers_see_that_somebody_was_erased_and_nothing_else(council: Settings) -> None:
    forget(council, ONE, dry_run=False)
    page = (council.out / "2026-10" / "restricted" / "data-quality.html").read_text()
    assert f"<li><b>erased</b></li><li><b>{TWO}</b> came</li>" in page
    assert not (council.out / "restricted" / "second-opinion" / "2026-10").exists()


def test_published_files_stay_byte_for_byte(council: Settings) -> None:
    before = public_bytes(council.out)
    forget(council, ONE, dry_run=False)
    assert public_bytes(council.out) == before


def test_nothing_is_computed_again_and_the_archive_adds_up(
    council: Settings, tmp_path: Path
) -> None:
    cohorts = sorted(council.lake.glob("archive_co*/la=X1/*/*.parquet"))
    values = {path: path.read_bytes() for path in council.lake.glob("archive_value/*/*/*")}
    rows = {path: rows_in(path) for path in cohorts}
    waiting = plan_run(council, LA, OCTOBER, definitions(tmp_path)).pending
    forget(council, ONE, dry_run=False)
    assert plan_run(council, LA, OCTOBER, definitions(tmp_path)).pending == waiting
    assert {path: path.read_bytes() for path in values} == values
    for path, before in rows.items():
        after = rows_in(path)
        assert len(after) == len(before) > 0
        assert all(row["person_id"] is None for row in after)
        assert all(str(row["event_id"]).startswith("erased-") for row in after)
        left = [{name: row[name] for name in row if name[-2:] != "id"} for row in (*before, *after)]
        assert left[: len(before)] == left[len(before) :]


def test_the_same_row_has_the_same_word_in_every_month(council: Settings) -> None:
    forget(council, ONE, dry_run=False)
    words = {
        row["event_id"]
        for path in council.lake.glob("archive_cohort/la=X1/*/*.parquet")
        for row in rows_in(path)
    }
    assert len(words) == 1


def test_the_report_counts_and_does_not_name(council: Settings) -> None:
    forget(council, ONE, dry_run=False)
    report = council.private / "erasures.csv"
    rows = list(csv.DictReader(report.open()))
    assert {row["person"][:2] for row in rows} == {"x-"} and len({r["person"] for r in rows}) == 1
    assert {row["newest_month"] for row in rows} == {"2026-10"}
    assert report.stat().st_mode & 0o777 == 0o600


def test_the_month_can_be_published_again(council: Settings, tmp_path: Path) -> None:
    forget(council, ONE, dry_run=False)
    publish(council, OCTOBER, tmp_path)


def test_an_extract_that_is_in_the_lake_is_not_landed_again_because_of_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.landing import land_family

    month = Month(2026, 10)
    file = settings.inbox / "2026-10" / "care_leavers" / "ext_pathway_plan.csv"
    file.parent.mkdir(parents=True)
    file.write_text(
        f"person_id,plan_date,plan_type\n{ONE},2026-10-01,First\n{TWO},2026-09-30,Review\n"
    )
    for family in ("social_care", "care_leavers"):
        land_family(settings, month, family)
    forget(settings, ONE, dry_run=False)
    assert has_nothing_new(settings, month, "care_leavers")
    file.write_text(f"{file.read_text()}{TWO},2026-10-02,Review\n")
    again = land_family(settings, month, "care_leavers")
    assert [row.reason for row in again.refused_rows] == ["erased"]
    assert {row.rows for row in again.ledger if row.table_name == "ext_pathway_plan"} == {3}


def test_cut_off_in_the_middle_a_second_call_finds_the_rest(
    council: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(forgetting, "erase_quarantine", cut_off)
    with pytest.raises(KeyboardInterrupt):
        forget(council, ONE, dry_run=False)
    monkeypatch.undo()
    forget(council, ONE, dry_run=False)
    assert {name.split("/")[2] for name in still_named(council.out)} <= {"ext_staff"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [(("no-such-id",), "No row of this person"), ((), "Say who"), ((ONE, "--dry-run"), "Would be")],
)
def test_what_is_asked_is_answered_in_words(
    council: Settings, asked: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PERSON", raising=False)
    told = io.StringIO()
    status = main([*asked, "--out", str(council.out)], told)
    assert said in told.getvalue() and ONE not in told.getvalue()
    assert status == (0 if "--dry-run" in asked else 1)


def test_an_output_with_nothing_landed_is_refused(settings: Settings) -> None:
    with pytest.raises(PublicationRefused, match="nothing has been landed"):
        forget(settings, ONE, dry_run=True)


def rows_in(path: Path) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, object]] = pq.ParquetFile(path).read().to_pylist()
    return rows

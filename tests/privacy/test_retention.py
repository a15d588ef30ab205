"""What is older than the council's rule goes; published figures stay, and stay the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline import publications
from pipeline.landing_step import has_nothing_new, land_month
from pipeline.month import Month
from pipeline.privacy.retention import Rule, main, retain, rule_in_words
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from pipeline.snapshots import plan_run
from tests.privacy.conftest import MONTHS
from tests.privacy.small_council import ONE, land, publish
from tests.privacy.test_forget import public_bytes, rows_in
from tests.unit.pipeline.small_lake import LA, OCTOBER, definitions

JUNE, JULY = MONTHS[:2]
SHORT = Rule(extracts=1, restricted=1, least=3)


def months_of(settings: Settings, table: str) -> list[str]:
    folders = (settings.lake / table / f"la={LA}").glob("snapshot_month=*")
    return sorted(folder.name[-7:] for folder in folders)


def test_without_a_rule_everything_is_kept_and_said(published: Settings) -> None:
    before = {path: path.read_bytes() for path in published.out.rglob("*") if path.is_file()}
    assert retain(published, Rule()) == []
    after = {path: path.read_bytes() for path in published.out.rglob("*") if path.is_file()}
    assert before == after
    assert all("all are kept" in line for line in rule_in_words(Rule()))


def test_old_extracts_go_with_all_that_has_values_of_theirs(published: Settings) -> None:
    land(published, JUNE, "second")
    retain(published, Rule(extracts=1, least=3))
    for table in ("ssd_person", "ssd_cla_reviews", "quarantine"):
        assert months_of(published, table) == ["2026-08", "2026-09", "2026-10"], table
    assert not list((published.lake / "_superseded").rglob(f"snapshot_month={JUNE}/*.parquet"))
    assert {path.name for path in (published.door / f"la={LA}").iterdir()} == {
        *("2026-08", "2026-09", "2026-10"),
    }
    assert months_of(published, "ledger") == [str(month) for month in MONTHS]


@pytest.mark.parametrize(("keep", "kept"), [(1, 3), (3, 3), (4, 4), (5, 5), (60, 5)])
def test_the_rule_counts_back_from_the_newest_month_and_has_a_floor(
    published: Settings, keep: int, kept: int
) -> None:
    retain(published, Rule(extracts=keep, least=3))
    assert months_of(published, "ssd_person") == [str(month) for month in MONTHS[-kept:]]


def test_the_floor_is_two_months_and_those_computed_again() -> None:
    assert Rule.from_environment({"RERUN_MONTHS": "0"}).least == 2
    assert Rule.from_environment({}).least == 4
    sparse = [Month(2025, 1), Month(2025, 6), Month(2026, 10)]
    assert Rule(extracts=1, least=2).oldest_kept(sparse, 1) == Month(2025, 6)


def test_an_extract_that_was_never_published_stays(settings: Settings) -> None:
    for month in MONTHS:
        land(settings, month)
    assert retain(settings, SHORT) == []
    assert months_of(settings, "ssd_person") == [str(month) for month in MONTHS]


def test_published_files_and_figures_of_the_archive_stay_byte_for_byte(
    published: Settings,
) -> None:
    before = public_bytes(published.out)
    values = {path: path.read_bytes() for path in published.lake.glob("archive_value/*/*/*")}
    retain(published, SHORT)
    assert public_bytes(published.out) == before
    assert {path: path.read_bytes() for path in values} == values


def test_a_run_of_the_newest_month_computes_nothing_and_gives_the_same(
    published: Settings, tmp_path: Path
) -> None:
    plan_before = plan_run(published, LA, OCTOBER, definitions(tmp_path))
    before = public_bytes(published.out / "2026-10")
    retain(published, SHORT)
    plan = plan_run(published, LA, OCTOBER, definitions(tmp_path))
    assert [one.month for one in plan.snapshots] == [one.month for one in plan_before.snapshots]
    assert plan.pending == plan_before.pending == ()
    assert [one.fingerprint == "" for one in plan.snapshots] == [True, True, False, False, False]
    assert [one.fingerprint for one in plan.snapshots][2:] == [
        one.fingerprint for one in plan_before.snapshots
    ][2:]
    publish(published, OCTOBER, tmp_path)
    again = public_bytes(published.out / "2026-10")
    assert {name for name in before if before[name] != again[name]} <= {"manifest.json"}


def test_with_new_definitions_a_deleted_extract_is_not_computed_from_nothing(
    published: Settings, tmp_path: Path
) -> None:
    retain(published, SHORT)
    plan = plan_run(published, LA, OCTOBER, definitions(tmp_path, version=2))
    assert [one.month for one in plan.pending] == ["2026-08", "2026-09", "2026-10"]


def test_a_deleted_month_is_refused_and_not_landed_again(
    published: Settings, tmp_path: Path
) -> None:
    (published.inbox / "reference").mkdir(parents=True)
    (published.inbox / "reference" / "ref_council.csv").write_text(f"la,name\n{LA},Eastmoor\n")
    file = published.inbox / str(JUNE) / "care_leavers" / "ext_pathway_plan.csv"
    file.parent.mkdir(parents=True)
    file.write_text(f"person_id,plan_date,plan_type\n{ONE},2026-06-01,First\n")
    retain(published, SHORT)
    with pytest.raises(PublicationRefused, match="rule of retention has deleted"):
        plan_run(published, LA, JUNE, definitions(tmp_path))
    assert has_nothing_new(published, JUNE, "care_leavers")
    with pytest.raises(PublicationRefused, match="rule of retention has deleted"):
        land_month(published, JUNE, "care_leavers")
    assert months_of(published, "ext_pathway_plan") == []


def test_lists_of_old_months_go_and_packs_stay(published: Settings) -> None:
    opinion = published.out / "restricted" / "second-opinion" / str(JUNE)
    opinion.mkdir(parents=True)
    (opinion / "findings.csv").write_text(f"child,rule\n{ONE},1\n")
    retain(published, Rule(restricted=1, least=3))
    assert not (published.out / str(JUNE) / "restricted").exists()
    assert not opinion.exists()
    assert (published.out / str(JUNE) / "pack" / "index.html").exists()
    assert (published.out / "2026-10" / "restricted" / "children.csv").exists()
    assert months_of(published, "ssd_person") == [str(month) for month in MONTHS]


def test_the_archive_of_old_months_counts_and_names_nobody(published: Settings) -> None:
    retain(published, Rule(restricted=1, least=3))
    for path in published.lake.glob(f"archive_cohort/la={LA}/*/*.parquet"):
        old = path.parent.name[-7:] < "2026-08"
        assert [row["person_id"] for row in rows_in(path)] == [None if old else ONE]
        assert [str(row["event_id"])[:7] == "erased-" for row in rows_in(path)] == [old]


def test_what_went_is_written_down_once(published: Settings) -> None:
    lines = retain(published, SHORT)
    assert retain(published, SHORT) == []
    path = published.private / "retention.csv"
    rows = list(csv.DictReader(path.open()))
    assert len(rows) == len(lines) > 10
    landed = [row for row in rows if row["place"] == "landed extract"]
    people = [row for row in landed if row["table"] == "ssd_person"]
    assert [(row["month"], row["rows"], row["newest_month"]) for row in people] == [
        (str(JUNE), "2", "2026-10"),
        (str(JULY), "2", "2026-10"),
    ]
    assert {row["rule"] for row in people} == {"PACK_KEEP_EXTRACTS_MONTHS=1"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert ONE not in path.read_text()
    assert len(publications.published(published, LA)) == len(MONTHS)


def test_cut_off_in_the_middle_a_second_call_completes_it(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.privacy import retention

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(retention, "remove_extract", cut_off)
    with pytest.raises(KeyboardInterrupt):
        retain(published, SHORT)
    monkeypatch.undo()
    retain(published, SHORT)
    assert months_of(published, "ssd_person") == ["2026-08", "2026-09", "2026-10"]


@pytest.mark.parametrize(
    ("given", "said", "status"),
    [
        ({}, "Nothing was old enough", 0),
        ({"PACK_KEEP_EXTRACTS_MONTHS": "1", "RERUN_MONTHS": "1"}, "deleted: landed extract of", 0),
        ({"PACK_KEEP_EXTRACTS_MONTHS": "0"}, "give a whole number of months", 1),
        ({"PACK_KEEP_RESTRICTED_MONTHS": "ten"}, "give a whole number of months", 1),
    ],
)
def test_make_retention_says_what_it_did(
    published: Settings,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, str],
    said: str,
    status: int,
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    told = io.StringIO()
    assert main(["--out", str(published.out)], told) == status
    assert said in told.getvalue()

"""Landing a family, as its DAG does: what is in the lake afterwards, and what the ledger says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.casting import empty_table
from pipeline.contract import TABLES, tables_of
from pipeline.lake import LedgerRow, partition
from pipeline.landed import LandedFamily
from pipeline.landing import land_family
from pipeline.month import Month
from pipeline.settings import Settings

WriteFile = Callable[[str, str], Path]
PATHWAY = "2026-10/care_leavers/ext_pathway_plan.csv"
PLANS = "person_id,plan_date,plan_type\n007,2026-10-01,First\n8,2026-09-30,Review\n"


@pytest.fixture(scope="session", autouse=True)
def _load_great_expectations_once() -> None:
    import expectations.door  # noqa: F401  (seconds, so not within a test's own time)


def landed_rows(settings: Settings, table: str, month: Month) -> list[dict[str, object]]:
    path = partition(settings.lake, table, "unknown", month)
    rows: list[dict[str, object]] = pq.ParquetFile(path).read().to_pylist()
    return rows


def entry(landed: LandedFamily, table: str) -> LedgerRow:
    return {row.table_name: row for row in landed.ledger}[table]


def plans(settings: Settings, month: Month) -> tuple[LandedFamily, LedgerRow]:
    landed = land_family(settings, month, "care_leavers")
    return landed, entry(landed, "ext_pathway_plan")


def test_readable_rows_land_and_the_ledger_counts_them(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file(PATHWAY, PLANS)
    _, ledger = plans(settings, month)
    assert (ledger.status, ledger.rows, ledger.refused_rows) == ("landed", 2, 0)
    assert ledger.file == "ext_pathway_plan.csv"
    assert [row["person_id"] for row in landed_rows(settings, "ext_pathway_plan", month)] == [
        "007",
        "8",
    ]


def test_a_bad_cell_is_quarantined_with_its_place(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    many = "".join(f"{n},2026-10-01,Review\n" for n in range(20))
    write_file(PATHWAY, PLANS + many + "9,soon,Review\n")
    landed, ledger = plans(settings, month)
    (bad,) = landed.refused_rows
    assert (bad.file, bad.row_number, bad.column_name, bad.value, bad.row_count, bad.effect) == (
        "ext_pathway_plan.csv",
        24,
        "plan_date",
        "soon",
        1,
        "row refused",
    )
    assert (ledger.status, ledger.rows, ledger.refused_rows) == ("landed", 22, 1)


def test_rows_in_another_order_are_the_same_rows(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file(PATHWAY, PLANS)
    plans(settings, month)
    first = {row["person_id"] for row in landed_rows(settings, "ext_pathway_plan", month)}
    head, one, two = PLANS.splitlines()
    write_file(PATHWAY, "\n".join([head, two, one]) + "\n")
    plans(settings, month)
    again = {row["person_id"] for row in landed_rows(settings, "ext_pathway_plan", month)}
    assert first == again


def test_landing_the_same_files_twice_changes_nothing_and_checks_nothing(
    settings: Settings, month: Month, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(PATHWAY, PLANS)
    first, _ = plans(settings, month)
    before = {path: path.stat().st_mtime_ns for path in settings.private.rglob("*.*")}
    monkeypatch.setitem(sys.modules, "expectations.door", None)
    second, _ = plans(settings, month)
    assert before == {path: path.stat().st_mtime_ns for path in settings.private.rglob("*.*")}
    assert (first.unchanged, second.unchanged) == (False, True)
    assert second.ledger == first.ledger


def test_a_partition_that_was_lost_is_landed_again(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file(PATHWAY, PLANS)
    plans(settings, month)
    partition(settings.lake, "ext_pathway_plan", "unknown", month).unlink()
    landed, _ = plans(settings, month)
    assert not landed.unchanged
    assert len(landed_rows(settings, "ext_pathway_plan", month)) == 2


def test_a_corrected_delivery_takes_the_place_of_the_first_which_is_kept(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file(PATHWAY, PLANS)
    plans(settings, month)
    write_file(PATHWAY, PLANS.replace("2026-09-30", "2026-09-29"))
    plans(settings, month)
    kept = settings.lake / "_superseded/ext_pathway_plan/la=unknown/snapshot_month=2026-10"
    earlier = pq.ParquetFile(kept / "1.parquet").read().to_pylist()
    now = landed_rows(settings, "ext_pathway_plan", month)
    assert (str(earlier[1]["plan_date"]), str(now[1]["plan_date"])) == ("2026-09-30", "2026-09-29")


def test_a_missing_required_column_refuses_the_file_by_name(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file(PATHWAY, "person_id,Remarks\n1,x\n")
    _, ledger = plans(settings, month)
    assert ledger.status == "refused"
    assert "ext_pathway_plan.csv lacks the required columns plan_date, plan_type" in ledger.reason
    assert landed_rows(settings, "ext_pathway_plan", month) == []


def test_more_than_a_fifth_of_rows_unreadable_refuses_the_table(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    rows = [f"{n},2026-10-01,Review" for n in range(8)]
    head = PLANS.splitlines()[0]
    write_file(PATHWAY, "\n".join([head, *rows, "8,x,", "9,x,"]) + "\n")
    assert plans(settings, month)[1].status == "landed"
    write_file(PATHWAY, "\n".join([head, *rows, "8,x,", "9,x,", "10,x,"]) + "\n")
    landed, ledger = plans(settings, month)
    assert (ledger.status, ledger.rows, ledger.refused_rows) == ("refused", 0, 3)
    assert "more than 20% of rows" in ledger.reason
    assert len(landed.refused_rows) == 3


def test_an_empty_extract_refuses_a_required_table_and_not_an_optional_one(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    names = ",".join(column.written for column in TABLES["ssd_care_leavers"].columns)
    write_file("2026-10/care_leavers/ssd_care_leavers.csv", names + "\n")
    write_file(PATHWAY, PLANS.splitlines()[0] + "\n")
    landed, ledger = plans(settings, month)
    assert ledger.status == "landed"
    assert entry(landed, "ssd_care_leavers").status == "refused"
    assert "has no row" in entry(landed, "ssd_care_leavers").reason


def test_two_different_files_of_one_table_are_refused_naming_both(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file(PATHWAY, PLANS)
    write_file(PATHWAY.replace(".csv", "_v2.csv"), PLANS.replace("007", "7"))
    _, ledger = plans(settings, month)
    assert ledger.status == "refused"
    assert "ext_pathway_plan.csv and ext_pathway_plan_v2.csv" in ledger.reason


def test_two_files_with_the_same_bytes_count_once(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file(PATHWAY, PLANS)
    write_file(PATHWAY.replace(".csv", "_v2.csv"), PLANS)
    _, ledger = plans(settings, month)
    assert (ledger.status, ledger.rows) == ("landed", 2)
    assert "ext_pathway_plan_v2.csv has the same content" in ledger.reason


def test_unknown_files_and_extra_columns_are_reported_and_do_no_harm(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file("2026-10/care_leavers/read me.docx", "x")
    text = PLANS.replace("plan_type", "plan_type,Forename").replace("First", "First,Ann")
    write_file(PATHWAY, text.replace("Review", "Review,Bob"))
    landed, ledger = plans(settings, month)
    assert landed.unknown == ("read me.docx",)
    assert landed.extra_columns == ("ext_pathway_plan.csv: Forename",)
    assert ledger.status == "landed"


def test_an_absent_family_gives_a_ledger_and_empty_tables_of_full_width(
    settings: Settings, month: Month
) -> None:
    landed = land_family(settings, month, "fostering")
    assert {row.status for row in landed.ledger} == {"absent"}
    assert landed.ledger[0].reason == "no files in 2026-10/fostering/"
    for table in tables_of("fostering"):
        path = partition(settings.lake, table.name, "unknown", month)
        schema = pq.ParquetFile(path).read().schema
        assert schema.equals(empty_table(table).schema)


def test_a_file_that_cannot_be_opened_refuses_its_table_alone(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file("2026-10/care_leavers/ssd_care_leavers.xlsx", "no workbook")
    write_file(PATHWAY, PLANS)
    landed, ledger = plans(settings, month)
    assert ledger.status == "landed"
    assert "cannot be opened as an Excel workbook" in entry(landed, "ssd_care_leavers").reason


def test_903_files_land_with_social_care_and_stand_for_three_families(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file("2026-10/ssda903/header.csv", "CHILD,SEX,DOB,ETHNIC\n1,1,01/02/2015,WBRI\n")
    social_care = land_family(settings, month, "social_care")
    assert entry(social_care, "ssda903_header").rows == 1
    assert entry(social_care, "ssd_person").reason == "given by ssda903"
    care_leavers = land_family(settings, month, "care_leavers")
    assert {row.reason for row in care_leavers.ledger} == {"given by ssda903"}
    fostering = land_family(settings, month, "fostering")
    assert fostering.ledger[0].reason == "no files in 2026-10/fostering/"


def test_both_kinds_of_extract_in_one_month_are_refused_naming_both(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file("2026-10/ssda903/header.csv", "CHILD,SEX,DOB,ETHNIC\n1,1,01/02/2015,WBRI\n")
    write_file(PATHWAY, PLANS)
    for family in ("social_care", "care_leavers"):
        landed = land_family(settings, month, family)
        of_903 = [row for row in landed.ledger if row.family in ("ssda903", "care_leavers")]
        assert {row.status for row in of_903} == {"refused"}
        assert "2026-10/ssda903/ and 2026-10/care_leavers/" in of_903[0].reason


def test_without_903_its_tables_are_absent(settings: Settings, month: Month) -> None:
    landed = land_family(settings, month, "social_care")
    assert entry(landed, "ssda903_episodes").reason == "no ssda903 folder"
    assert landed_rows(settings, "ssda903_episodes", month) == []


def test_only_the_four_families_are_landed(settings: Settings, month: Month) -> None:
    with pytest.raises(ValueError, match="'ssda903' is no family"):
        land_family(settings, month, "ssda903")


REAL_903 = Path(__file__).resolve().parents[4] / "shared" / "data" / "ssda903"


@pytest.mark.skipif(not REAL_903.is_dir(), reason="the invented 903 return is not beside the code")
def test_an_invented_903_return_of_another_project_lands_whole(settings: Settings) -> None:
    elsewhere = Settings(REAL_903, settings.out, shipped_reference=settings.shipped_reference)
    landed = land_family(elsewhere, Month(2018, 3), "social_care")
    rows = {row.table_name: row.rows for row in landed.ledger if row.family == "ssda903"}
    assert (rows["ssda903_header"], rows["ssda903_episodes"]) == (1331, 2491)
    assert (rows["ssda903_sbpfa"], rows["ssda903_prevperm"]) == (10, 1331)
    assert landed.refused_rows == ()
    assert "header.csv: UPN" in landed.extra_columns

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.contract import tables_of
from pipeline.lake import partition
from pipeline.month import Month
from pipeline.reference import (
    ReferenceUnreadable,
    council_code,
    land_reference,
    postcode_areas,
)
from pipeline.settings import SHIPPED_REFERENCE, Settings

WriteFile = Callable[[str, str], Path]
POPULATION = "la,estimate_date,published_on,pop_0_17\n{la},2025-06-30,2026-06-30,50000\n"


def rows(settings: Settings, table: str, la: str, month: Month) -> list[dict[str, object]]:
    path = partition(settings.lake, table, la, month)
    found: list[dict[str, object]] = pq.ParquetFile(path).read().to_pylist()
    return found


def ship(settings: Settings, name: str, text: str) -> None:
    (settings.shipped_reference / name).write_text(text)


def test_the_council_is_that_of_ref_council(settings: Settings, write_file: WriteFile) -> None:
    write_file("reference/ref_council.csv", "la,name\n372,Rotherham\n")
    write_file("reference/ref_population.csv", POPULATION.format(la="999"))
    assert council_code(settings) == "372"


def test_else_it_is_the_only_one_of_the_inboxs_own_population(
    settings: Settings, write_file: WriteFile
) -> None:
    write_file("reference/ref_population.csv", POPULATION.format(la="372"))
    assert council_code(settings) == "372"
    write_file("reference/ref_population.csv", POPULATION.format(la="372") + "999,,,1\n")
    assert council_code(settings) == "unknown"


def test_shipped_files_about_the_invented_council_say_nothing_about_another(
    settings: Settings, month: Month
) -> None:
    ship(settings, "ref_population.csv", POPULATION.format(la="X99"))
    ship(settings, "ref_council.csv", "la,name,history_from\nX99,Example,\n")
    assert council_code(settings) == "unknown"
    land_reference(settings, month)
    assert rows(settings, "ref_population", "unknown", month) == []
    assert rows(settings, "ref_council", "unknown", month) == []


def test_several_councils_in_ref_council_are_refused(
    settings: Settings, write_file: WriteFile
) -> None:
    write_file("reference/ref_council.csv", "la,name\n372,Rotherham\n373,Sheffield\n")
    with pytest.raises(ReferenceUnreadable, match="372, 373"):
        council_code(settings)


def test_an_inboxs_file_takes_the_place_of_the_shipped_one(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    ship(settings, "ref_rec.csv", "source_value,code\nAdopted,E11\nDied,E2\n")
    ship(settings, "ref_series_break.csv", "indicator_id,from_month,note\nadmissions,2018-12,new\n")
    write_file("reference/ref_rec.csv", "Source Value,Code\nAdoption,E12\n")
    landed = land_reference(settings, month)
    assert [row["code"] for row in rows(settings, "ref_rec", "unknown", month)] == ["E12"]
    status = {row.table_name: (row.status, row.reason) for row in landed.ledger}
    assert status["ref_rec"] == ("landed", "")
    assert status["ref_series_break"] == ("landed", "shipped with this software")
    assert status["ref_term"][0] == "absent"
    assert rows(settings, "ref_term", "unknown", month) == []


def test_reference_data_lands_once_unless_asked_again(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file("reference/ref_rec.csv", "source_value,code\nAdopted,E11\n")
    land_reference(settings, month)
    write_file("reference/ref_rec.csv", "source_value,code\nAdopted,E12\n")
    assert land_reference(settings, month).unchanged
    assert rows(settings, "ref_rec", "unknown", month)[0]["code"] == "E11"
    land_reference(settings, month, again=True)
    assert rows(settings, "ref_rec", "unknown", month)[0]["code"] == "E12"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("term,start_date\nspring,2026-01-05\n", "ref_term.csv lacks the columns end_date"),
        ("term,start_date,end_date\nspring,soon,\n", "row 2, column start_date: 'soon' is not a"),
        ("term,start_date,end_date\nspring\n", "row 2: has 1 values"),
    ],
)
def test_an_unreadable_file_is_named_with_row_and_column(
    settings: Settings, month: Month, write_file: WriteFile, text: str, says: str
) -> None:
    write_file("reference/ref_term.csv", text)
    with pytest.raises(ReferenceUnreadable, match=says):
        land_reference(settings, month)
    assert not settings.lake.exists()


def test_a_status_group_not_given_is_the_codes_letter(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    text = "source_value,code\nInterim care order,C1\nFreed,D1\nSpecial guardianship,SGO\n"
    write_file("reference/ref_legal_status.csv", text)
    land_reference(settings, month)
    landed = rows(settings, "ref_legal_status", "unknown", month)
    assert [row["status_group"] for row in landed] == ["C", "E", None]


def test_targets_need_no_printed_text(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    text = "indicator_id,red,amber,green,valid_from,valid_to\nx,<87,87+,95+,2022-04-01,\n"
    write_file("reference/ref_target.csv", text)
    land_reference(settings, month)
    assert rows(settings, "ref_target", "unknown", month)[0]["printed"] is None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("lac_count,2026-04,2026-05-02,,a new team", "decided_by"),
        ("lac_count,2026-04,2026-05-02,Head of service,", "reason"),
        ("lac_count,2026-04,,Head of service,a new team", "decided_on"),
    ],
)
def test_a_decision_on_limits_needs_its_date_its_reason_and_a_name(
    settings: Settings, month: Month, write_file: WriteFile, row: str, column: str
) -> None:
    header = "indicator_id,from_month,decided_on,decided_by,reason"
    write_file("reference/ref_spc_decision.csv", f"{header}\n{row}\n")
    with pytest.raises(ReferenceUnreadable, match=f"row 2, column {column}: is empty"):
        land_reference(settings, month)


@pytest.mark.parametrize(
    ("name", "header", "rest"),
    [
        ("ref_series_break.csv", "indicator_id,from_month,note", "a new rule"),
        (
            "ref_spc_decision.csv",
            "indicator_id,from_month,decided_on,decided_by,reason",
            "2026-05-02,Head of service,a new team",
        ),
    ],
)
@pytest.mark.parametrize(
    ("indicator_id", "from_month", "says"),
    [
        ("lac_count", "2026-13", "column from_month: '2026-13' is not a month: write it as 2026-"),
        ("lac_count", "2026-4", "column from_month: '2026-4' is not a month"),
        ("lac_count", "2026-04-01", "column from_month: '2026-04-01' is not a month"),
        ("lac_count", "Apr-26", "column from_month: 'Apr-26' is not a month"),
        ("lac_cuont", "2026-04", "column indicator_id: 'lac_cuont' is not the id of an indicator"),
    ],
)
def test_a_break_or_decision_of_no_month_or_indicator_is_refused(
    settings: Settings,
    month: Month,
    write_file: WriteFile,
    name: str,
    header: str,
    rest: str,
    indicator_id: str,
    from_month: str,
    says: str,
) -> None:
    rows = f"admissions,2026-04,{rest}\n{indicator_id},{from_month},{rest}\n"
    write_file(f"reference/{name}", f"{header}\n{rows}")
    with pytest.raises(ReferenceUnreadable, match=f"{name} row 3, {says}"):
        land_reference(settings, month)
    assert not settings.lake.exists()


def test_a_break_without_a_month_is_refused(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    text = "indicator_id,from_month,note\nlac_count,,a new rule\n"
    write_file("reference/ref_series_break.csv", text)
    with pytest.raises(ReferenceUnreadable, match="row 2, column from_month: is empty"):
        land_reference(settings, month)


def test_areas_are_those_landed_with_the_snapshot(
    settings: Settings, month: Month, write_file: WriteFile
) -> None:
    write_file("reference/ref_postcode_la.csv", "postcode_prefix,la\ns60,372\n")
    assert postcode_areas(settings, "unknown", month).to_pylist() == [
        {"prefix": "S60", "council": "372"}
    ]
    land_reference(settings, month)
    write_file("reference/ref_postcode_la.csv", "not,readable\n")
    assert postcode_areas(settings, "unknown", month).num_rows == 1


def test_the_shipped_files_can_all_be_read(settings: Settings, month: Month) -> None:
    if not SHIPPED_REFERENCE.is_dir():
        pytest.skip("no reference data is shipped yet")
    landed = land_reference(Settings(settings.inbox, settings.out), month)
    assert {row.status for row in landed.ledger} == {"landed"}
    assert len(landed.ledger) == len(tables_of("reference"))

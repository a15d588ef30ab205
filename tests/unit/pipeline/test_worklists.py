import duckdb
import openpyxl
import pytest

from pipeline.worklists import COLUMNS, write_worklists
from tests.unit.pipeline.small_lake import LA, OCTOBER, build, land, plan, settings_in

HEADINGS = [heading for heading, _, _ in COLUMNS]


@pytest.fixture
def warehouse(tmp_path):
    settings = settings_in(tmp_path)
    land(settings, OCTOBER)
    return build(settings, plan(settings, OCTOBER, tmp_path))


@pytest.fixture
def written(warehouse, tmp_path):
    return write_worklists(warehouse, LA, tmp_path / "folder")


def add(warehouse, **changes):
    """Add the first fault again with some of its columns changed."""
    replaced = ", ".join(f"{value!r} as {column}" for column, value in changes.items())
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            f"insert into rpt_dq_issue select * replace ({replaced}) from rpt_dq_issue "
            "where issue_id = 'DQ01' limit 1"
        )


def sheet_of(path, name="Worklist"):
    return openpyxl.load_workbook(path)[name]


def lines_of(path):
    header, *rows = sheet_of(path).iter_rows(values_only=True)
    assert list(header) == HEADINGS
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_each_owner_has_a_workbook_named_for_them(written):
    assert [path.name for path in written] == ["lcs-team-supplier.xlsx", "placement-team.xlsx"]


def test_a_line_says_what_to_look_at_what_to_type_and_since_when(written):
    (line,) = lines_of(written[0])
    assert line == {
        "Case id": "child-1",
        "Issue": "DQ01",
        "What it is": "Copied end date",
        "Severity": "high",
        "Table": "ssd_cla_episodes",
        "Row id": "007",
        "Column": "clae_cla_episode_ceased_date",
        "Recorded value": "2026-09-01",
        "What is wrong": "Ended on 2026-06-01.",
        "What to look at and to type": "Type the end.",
        "What shows it": "Extract of 2026-08.",
        "Our figures meanwhile use": "2026-06-01",
        "Open since": "2026-09",
        "Months open": 1,
    }


def test_what_is_not_recorded_is_said(written):
    (line,) = lines_of(written[1])
    assert line["Case id"] == "(no one child)"
    assert line["Recorded value"] == "(nothing recorded)"
    assert line["Our figures meanwhile use"] == "the recorded value"


def test_no_text_of_a_record_becomes_a_formula_or_loses_its_zeros(written):
    for path in written:
        for sheet in openpyxl.load_workbook(path):
            kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
            assert kinds <= {"s", "n"}
    (line,) = lines_of(written[1])
    assert line["Row id"] == "=1+1" and line["What is wrong"] == "@sum(a1) <script>"
    assert line["What to look at and to type"] == "-cmd"
    cells = sheet_of(written[0])
    assert (cells["A2"].number_format, cells["F2"].number_format) == ("@", "@")


def test_the_severe_and_the_old_come_first(warehouse, tmp_path):
    add(warehouse, severity="low", months_open=40, person_id="low")
    add(warehouse, months_open=9, person_id="older")
    add(warehouse, issue_id="DQ02", person_id="other-issue")
    add(warehouse, person_id="child-0")
    path = write_worklists(warehouse, LA, tmp_path / "folder")[0]
    people = [line["Case id"] for line in lines_of(path)]
    assert people == ["older", "child-0", "child-1", "other-issue", "low"]


def test_the_first_sheet_says_how_to_use_it_and_counts_by_issue(warehouse, tmp_path):
    add(warehouse, person_id="child-2", months_open=5)
    path = write_worklists(warehouse, LA, tmp_path / "folder")[0]
    rows = list(sheet_of(path, "About").iter_rows(values_only=True))
    assert rows[0][0] == "Worklist: LCS team & supplier"
    assert rows[1][0] == "Eastmoor, extract of October 2026"
    assert rows[-1] == ("DQ01 Copied end date", 2, 5)
    assert "case ids" in " ".join(str(row[0]) for row in rows)


def test_the_list_can_be_filtered_and_prints_with_its_headings(written):
    sheet = sheet_of(written[0])
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:N2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0


def test_writing_twice_gives_the_same_bytes(written, warehouse, tmp_path):
    again = write_worklists(warehouse, LA, tmp_path / "again")
    assert [one.read_bytes() for one in written] == [one.read_bytes() for one in again]


def test_worklists_are_for_their_owner_alone(written):
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    assert written[0].parent.stat().st_mode & 0o777 == 0o700
    assert written[0].parent.parent.stat().st_mode & 0o777 == 0o700


def test_the_list_of_an_owner_who_has_put_everything_right_is_gone(written, warehouse, tmp_path):
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("delete from rpt_dq_issue where issue_id = 'DQ26'")
    write_worklists(warehouse, LA, tmp_path / "folder")
    assert [path.name for path in written[0].parent.iterdir()] == ["lcs-team-supplier.xlsx"]


def test_another_councils_faults_are_not_in_the_list(warehouse, tmp_path):
    add(warehouse, la="X2", person_id="elsewhere")
    path = write_worklists(warehouse, LA, tmp_path / "folder")[0]
    assert [line["Case id"] for line in lines_of(path)] == ["child-1"]

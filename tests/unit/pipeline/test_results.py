import duckdb
import pytest

from pipeline.results import plain, published, write_results
from tests.unit.pipeline.small_lake import LA, OCTOBER, build, land, plan, settings_in


@pytest.fixture
def warehouse(tmp_path):
    settings = settings_in(tmp_path)
    land(settings, OCTOBER)
    return build(settings, plan(settings, OCTOBER, tmp_path))


@pytest.fixture
def folder(warehouse, tmp_path):
    write_results(warehouse, LA, tmp_path / "folder")
    return tmp_path / "folder"


def lines(path):
    assert b"\r" not in path.read_bytes()
    return path.read_text(encoding="utf-8").splitlines()


def test_indicators_hold_the_published_value_and_the_numerator_as_it_is(folder):
    assert lines(folder / "indicators.csv") == [
        "indicator_id,period_end,basis,breakdown,value,numerator,denominator,unit,status,note,"
        "snapshot_month,first_published_value,first_published_snapshot",
        "lac_count,2026-10-31,month_end,,551,551,,count,ok,,2026-10,551,2026-10",
        "three_plus_placements_pct,2026-10-31,rolling_12m,,77.0,424,551,percent,ok,,2026-10,77.0,"
        "2026-10",
    ]


def test_the_parquet_holds_the_exact_value_of_this_council_alone(folder):
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select indicator_id, value from '{folder / 'indicators.parquet'}'"
        ).fetchall()
    assert rows == [("lac_count", 551.0), ("three_plus_placements_pct", 77.04999)]


def test_the_scorecard_keeps_formulas_out_of_a_spreadsheet(folder):
    header, row = lines(folder / "scorecard.csv")
    found = dict(zip(header.split(","), row.split(","), strict=True))
    assert header.startswith("indicator_id,ref,title,section,unit,good_is,timeline,month_minus_2")
    assert header.endswith("region,data_note,numerator,denominator,rag_basis")
    assert (found["red"], found["amber"], found["month"]) == ("<=5", "'=5", "551")
    assert (found["month_minus_1"], found["stat_neighbour_average"]) == ("", "98.7")


def test_restatements_are_sorted_by_figure_and_snapshot(folder):
    assert lines(folder / "restatements.csv")[1:] == [
        "lac_count,2026-08-31,month_end,,548,2026-08,548,549,2026-09,1,0,0",
        "lac_count,2026-08-31,month_end,,548,2026-08,549,550,2026-10,1,0,0",
    ]


def test_children_keep_the_leading_zeros_of_their_ids(folder):
    assert lines(folder / "restricted" / "children.csv")[1:] == [
        "foster_households,2026-10-31,month_end,,h1,true",
        "lac_count,2026-10-31,month_end,child-1,007,true",
    ]


def test_each_child_behind_a_changed_figure_stands_with_the_record_that_explains_it(folder):
    assert lines(folder / "restricted" / "restated_children.csv") == [
        "indicator_id,period_end,basis,person_id,event_id,change,was_in_numerator,in_numerator,"
        "cause,table,row_id,event_date,days_late,team,previous_snapshot_month,snapshot_month",
        "lac_count,2026-09-30,month_end,child-0,008,removed,true,,no record of the child changed,"
        ",,,,,2026-09,2026-10",
        "lac_count,2026-09-30,month_end,child-1,007,added,,true,recorded late,ssd_cla_episodes,"
        "0071,2026-09-30,31,lac team 1,2026-09,2026-10",
    ]


def test_lateness_stands_by_extract_table_and_team_with_all_teams_first(folder):
    assert lines(folder / "restricted" / "lateness.csv") == [
        "snapshot_month,table,title,team,records,records_late,median_days,ninth_decile_days",
        "2026-10,ssd_cla_visits,visits,,541,83,19.5,33",
        "2026-10,ssd_cla_visits,visits,lac team 1,90,83,19.5,33",
    ]


def test_a_refused_value_stands_as_it_came_and_in_quotes(folder):
    assert lines(folder / "restricted" / "quarantine.csv") == [
        "family,table,file,row,column,value,reason,rows,effect",
        'social_care,ssd_person,ssd_person.csv,3,pers_dob,"=1+1, ""x""",not a date,1,row refused',
    ]


def test_restricted_files_are_for_their_owner_alone(folder):
    assert (folder / "restricted").stat().st_mode & 0o777 == 0o700
    modes = {path.stat().st_mode & 0o777 for path in (folder / "restricted").iterdir()}
    assert modes == {0o600}


def test_writing_twice_gives_the_same_bytes(folder, warehouse, tmp_path):
    write_results(warehouse, LA, tmp_path / "again")
    for path in folder.rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(folder)).read_bytes()


def test_recording_issues_stand_by_child_with_what_the_figures_use(folder):
    assert lines(folder / "restricted" / "dq_issues.csv") == [
        "issue_id,severity,person_id,table,row_id,column,value,detail,owner,affects,repaired,"
        "repaired_value,repair_id,evidence",
        "DQ01,high,child-1,ssd_cla_episodes,007,clae_cla_episode_ceased_date,2026-09-01,"
        "Ended on 2026-06-01.,LCS team & supplier,ceased;lac_count,true,2026-06-01,DQ01-1,"
        "Extract of 2026-08.",
        "DQ26,medium,,ssd_cla_placement,'=1+1,distance,,'@sum(a1) <script>,Placement team,"
        "over_20_miles,false,,,",
    ]


def test_writing_again_beside_the_worklists_leaves_their_folder_open(folder, warehouse):
    (folder / "restricted" / "worklists").mkdir(mode=0o700)
    write_results(warehouse, LA, folder)
    assert (folder / "restricted" / "worklists").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (5.25, "percent", "5.3"),
        (5.0, "count", "5"),
        (98.7, "count", "98.7"),
        (12.0, "days", "12.0"),
        (-3.0, "count", "-3"),
        (None, "count", ""),
    ],
)
def test_a_figure_is_written_as_published(value, unit, text):
    assert published(value, {"unit": unit}) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("=a", "'=a"), ("+1", "'+1"), ("a,b", '"a,b"'), (7.5, "7.5"), (-4.0, "-4"), (False, "false")],
)
def test_other_values_are_written_as_they_are(value, text):
    assert plain(value, {}) == text

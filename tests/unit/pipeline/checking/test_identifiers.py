from datetime import date

import pytest

from pipeline import lake
from pipeline.casting import empty_table
from pipeline.checking.identifiers import Identifiers, dates_in, of_month
from pipeline.contract import TABLES
from tests.unit.pipeline.small_lake import LA, OCTOBER, settings_in

PEOPLE = (
    ("7", date(2012, 2, 3)),
    ("123456", date(2023, 12, 5)),
    ("ABCD", date(2012, 2, 29)),
    ("C-1", None),
    ("C-1001", date(2012, 2, 28)),
)


@pytest.fixture
def found(tmp_path):
    settings, folder = settings_in(tmp_path), tmp_path / "folder"
    (folder / "restricted").mkdir(parents=True)
    (folder / "restricted" / "children.csv").write_text("person_id\n'=earlier\n\n12345\n")
    land(
        settings,
        "ssd_person",
        pers_person_id=[p for p, _ in PEOPLE],
        pers_dob=[b for _, b in PEOPLE],
    )
    land(
        settings,
        "ssd_involvements",
        invo_involvements_id=["E1234", "E12", "row 12345", "words", "1234567"],
        invo_professional_id=["worker-1"] * 5,
        invo_person_id=["care leaver", "longer", "7", "7", "7"],
    )
    return of_month(settings, LA, OCTOBER, folder)


def land(settings, name, **columns):
    """Land a table that is empty but for some columns."""
    table = empty_table(TABLES[name])
    many = len(next(iter(columns.values())))
    rows = [{column: columns[column][at] for column in columns} for at in range(many)]
    filled = type(table).from_pylist(rows, schema=table.schema)
    lake.write(settings.lake, lake.partition(settings.lake, name, LA, OCTOBER), filled)


def test_ids_of_children_and_records_are_read_where_their_shape_is_their_own(found):
    people = {"123456", "ABCD", "C-1001", "=earlier", "care leaver", "longer"}
    assert found.ids == people | {"E1234", "1234567"}


def test_dates_of_birth_are_read_but_for_those_of_the_packs_own_kind(found):
    assert found.births == {date(2012, 2, 3), date(2012, 2, 28)}


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("a 123456 b", True), ("1,123456", False), ("123456.7", False), ("2026-123456", False),
        ("A C-1001.", True), ("XC-1001", False), ("C-10012", False), ("C 1001", False),
        ("a care leaver", True), ("a careleaver", False), ("1001", False),
    ],
)  # fmt: skip
def test_an_id_is_found_as_a_whole_word_only(text, is_there):
    identifiers = Identifiers(frozenset({"123456", "C-1001", "care leaver"}))
    assert identifiers.stand_in(text) is is_there


def test_ids_that_share_a_word_are_told_apart():
    identifiers = Identifiers(frozenset({"LAC-1001", "LAC-1002", "1001/LAC"}))
    assert not identifiers.stand_in("LAC 1001, LAC-1003 and 1002/LAC")
    assert identifiers.stand_in("see 1001/LAC")


def test_dates_are_read_in_three_spellings():
    day = date(2014, 5, 1)
    assert dates_in("2014-05-01") == dates_in("1/5/2014") == dates_in("x 1 May 2014.") == {day}
    assert dates_in("01 May\n2014") == {day}
    assert dates_in("2014-13-01, 32/01/2014, 1 may 2014, May 2014, 12014-05-01") == set()


def test_a_date_of_birth_is_found():
    identifiers = Identifiers(frozenset(), frozenset({date(2014, 5, 1)}))
    assert identifiers.births_in("on 1 May 2014") == {date(2014, 5, 1)}
    assert identifiers.births_in("on 2 May 2014") == set()

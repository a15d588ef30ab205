import pytest

from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.second_opinion.returns import VALIDATOR_NAMES, collection_year, read_returns

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"


@pytest.fixture
def header(settings, month, write_file):
    """What the validator is given of a header file with this text."""

    def read(text, name="header.csv"):
        write_file(f"{month}/ssda903/{name}", text)
        (file,) = read_returns(settings.inbox, month)
        return file

    return read


def test_a_return_runs_from_april_to_march():
    assert collection_year(Month(2026, 3)) == 2026
    assert collection_year(Month(2026, 4)) == collection_year(Month(2027, 3)) == 2027


def test_dates_come_as_dfe_writes_them_whatever_their_spelling(header):
    rows = "007,1,2015-04-30,WBRI,A1,0,\nb,2,30/04/2015,WBRI,A2,1,42124\n"
    assert header(HEADER + rows).content == (
        HEADER + "007,1,30/04/2015,WBRI,A1,0,\nb,2,30/04/2015,WBRI,A2,1,30/04/2015\n"
    )


def test_columns_come_in_dfe_order_from_any_header_and_separator(header):
    text = "Our header file\n\nsex; dob;Child ;Ethnic;Mother;MC DOB;upn;Nickname\n"
    file = header(text + "1;30/04/2015;a;WBRI;0;;A1;x\n", "HEADER_20261101.csv")
    assert file.content == HEADER + "a,1,30/04/2015,WBRI,A1,0,\n"
    assert (file.child(0), file.places, file.absent) == ("a", ("HEADER_20261101.csv:4",), ())


def test_a_date_that_cannot_be_read_stays_as_it_came_and_none_is_invented(header):
    file = header(HEADER + "a,1,31/02/2015,,,,\nb,1,01/01/1900,,,,\n")
    assert file.content == HEADER + "a,1,31/02/2015,,,,\nb,1,,,,,\n"


def test_a_column_that_is_not_given_is_named_and_blank(header):
    file = header("CHILD,SEX,DOB,ETHNIC\na,1,,WBRI\n")
    assert file.absent == ("UPN", "MOTHER", "MC_DOB")
    assert file.content == HEADER + "a,1,,WBRI,,,\n"


def test_every_file_of_the_return_is_known_by_its_names(settings, month, write_file):
    names = set(VALIDATOR_NAMES) - {"sbpfa", "prevperm"}
    for name in (*names, "placed_for_adoption", "previous_permanence", "notes"):
        write_file(f"{month}/ssda903/{name}.csv", "CHILD\na\n")
    assert {file.table for file in read_returns(settings.inbox, month)} == set(VALIDATOR_NAMES)


def test_a_file_without_rows_is_given_but_not_an_empty_header(settings, month, write_file):
    write_file(f"{month}/ssda903/header.csv", HEADER)
    write_file(f"{month}/ssda903/uasc.csv", "CHILD,SEX,DOB,DUC\n")
    assert [file.table for file in read_returns(settings.inbox, month)] == ["uasc"]


def test_full_postcodes_reach_the_validator(settings, month, write_file):
    write_file(f"{month}/ssda903/episodes.csv", "CHILD,HOME_POST\na,EG19 7TT\n")
    assert "EG19 7TT" in read_returns(settings.inbox, month)[0].content


def test_last_years_return_is_read_where_the_inbox_has_its_march(settings, month, write_file):
    for folder in (month, "2026-03", "2025-03", "2026-09"):
        write_file(f"{folder}/ssda903/header.csv", HEADER + f"from {folder},1,,,,,\n")
    this, last = read_returns(settings.inbox, month)
    assert (this.is_last_year, this.child(0)) == (False, "from 2026-10")
    assert (last.is_last_year, last.child(0)) == (True, "from 2026-03")
    assert last.places == ("2026-03/header.csv:2",)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"social_care/ssd_person.csv": "x"}, "there are no SSDA903 files of 2026-10"),
        ({"ssda903/header.csv": "SEX\n1\n"}, "header.csv has no column CHILD"),
        ({"ssda903/header.xlsx": "no workbook"}, "header.xlsx "),
        (
            {"ssda903/uasc.csv": "CHILD\na\n", "ssda903/uasc_v2.csv": "CHILD\nb\n"},
            "uasc.csv and uasc_v2.csv are both uasc and differ",
        ),
    ],
)
def test_files_that_cannot_be_asked_about_are_refused(settings, month, write_file, files, told):
    for name, text in files.items():
        write_file(f"{month}/{name}", text)
    with pytest.raises(PublicationRefused, match=told):
        read_returns(settings.inbox, month)

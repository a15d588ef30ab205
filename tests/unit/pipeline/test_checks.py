import zipfile

import pytest

from pipeline.checks import REQUIRED, check_folder, person_ids
from pipeline.refusal import PublicationRefused

IDS = ("C-1001", "ABCD", "123456", "777", "12345", "'=odd")


@pytest.fixture
def folder(tmp_path):
    for name in REQUIRED:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("indicator_id,value,numerator\nlac_count,551,551\n")
    rows = [f"lac_count,{one}" for one in IDS]
    (tmp_path / "restricted" / "children.csv").write_text(
        "\n".join(["indicator_id,person_id", *rows]) + "\n"
    )
    (tmp_path / "pack" / "index.html").write_text("<h1>551 children</h1>")
    return tmp_path


def test_a_complete_folder_passes(folder):
    check_folder(folder)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(PublicationRefused, match=f"not made: {name}"):
        check_folder(folder)


def test_a_scorecard_without_rows_is_refused(folder):
    (folder / "scorecard.csv").write_text("indicator_id\n")
    with pytest.raises(PublicationRefused, match=r"scorecard\.csv has no rows"):
        check_folder(folder)


@pytest.mark.parametrize("page", ["index.html", "definitions.html"])
@pytest.mark.parametrize("left", ["{{ value }}", "{% if %}"])
def test_a_page_with_a_part_of_its_template_is_refused(folder, page, left):
    (folder / "pack" / page).write_text(f"<p>{left}</p>")
    with pytest.raises(PublicationRefused, match=f"pack/{page}.*a part of its template"):
        check_folder(folder)


def test_braces_of_a_style_sheet_are_no_leftovers(folder):
    (folder / "pack" / "index.html").write_text("<style>@media print{a{top:0}}</style><p>551</p>")
    check_folder(folder)


@pytest.mark.parametrize(
    "text", ["moved: C-1001.", "(ABCD)", "child 123456 moved", "<td>123456</td>", "of =odd"]
)
def test_a_page_with_the_id_of_a_child_is_refused(folder, text):
    (folder / "pack" / "index.html").write_text(f"<p>{text}</p>")
    with pytest.raises(PublicationRefused, match=r"pack/index\.html.*the id of a child"):
        check_folder(folder)


@pytest.mark.parametrize(
    "text",
    [
        "XC-10011",
        "ABCDE",
        "1,123456 and 123456.5",
        "777 or 12345 children",
        '<a class="ABCD">',
        "2026-123456",
    ],
)
def test_what_only_resembles_an_id_passes(folder, text):
    (folder / "pack" / "index.html").write_text(f"<p>{text}</p>")
    check_folder(folder)


def test_an_id_in_a_public_csv_is_found_but_a_population_is_none(folder):
    path = folder / "pack" / "data.csv"
    path.write_text("indicator_id,denominator\nlac_rate_10k,123456\n")
    check_folder(folder)
    path.write_text("indicator_id,note\nlac_count,123456\n")
    with pytest.raises(PublicationRefused, match=r"pack/data\.csv"):
        check_folder(folder)


def test_an_id_in_a_workbook_is_found(folder):
    with zipfile.ZipFile(folder / "pack" / "pack.xlsx", "w") as workbook:
        workbook.writestr("xl/sharedStrings.xml", "<sst><si><t>C-1001</t></si></sst>")
    with pytest.raises(PublicationRefused, match=r"pack\.xlsx"):
        check_folder(folder)


def test_ids_too_short_to_be_told_from_figures_are_not_looked_for(folder):
    assert person_ids(folder / "restricted" / "children.csv") == {
        "C-1001",
        "ABCD",
        "123456",
        "=odd",
    }

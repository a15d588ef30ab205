from datetime import date

import pikepdf
import pytest

from pipeline.checking.identifiers import Identifiers
from pipeline.checks import PDF, REQUIRED, check_folder
from pipeline.refusal import PublicationRefused
from tests.unit.pipeline import small_pack
from tests.unit.pipeline.small_pack import EDITIONS, ROW, TABLE, page, write_edition

IDENTIFIERS = Identifiers(
    frozenset({"C-1001", "ABCD", "123456", "=odd", "x1 2"}), frozenset({date(2014, 5, 1)})
)


@pytest.fixture
def folder(tmp_path):
    for edition in EDITIONS:
        write_edition(tmp_path, edition)
    for name in REQUIRED:
        path = tmp_path / name
        if not path.exists():
            path.write_text(small_pack.RESULTS)
    (tmp_path / "restricted" / "data-quality.html").write_text(page("<p>C-1001</p>"))
    return tmp_path


def check(folder, not_made=()):
    check_folder(folder, IDENTIFIERS, not_made)


def index(folder, body, edition="pack"):
    (folder / edition / "index.html").write_text(page(body))


def test_a_complete_folder_passes(folder):
    check(folder)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(PublicationRefused, match=f"not made: {name}"):
        check(folder)


def test_both_editions_have_all_four_forms():
    forms = ("index.html", "pack.pdf", "pack.xlsx", "cover-report.docx")
    assert {f"{edition}/{form}" for edition in EDITIONS for form in forms} <= set(REQUIRED)


def test_a_pdf_that_could_not_be_made_here_is_not_missed(folder):
    for edition in EDITIONS:
        (folder / edition / PDF).unlink()
    check(folder, {f"{edition}/{PDF}" for edition in EDITIONS})


def test_a_scorecard_without_rows_is_refused(folder):
    (folder / "scorecard.csv").write_text("indicator_id\n")
    with pytest.raises(PublicationRefused, match=r"scorecard\.csv has no rows"):
        check(folder)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_message_names_file_line_and_what_is_wrong(folder, edition):
    index(folder, f'{TABLE}\n<p><a href="gone.html">x</a></p>', edition)
    with pytest.raises(PublicationRefused) as refusal:
        check(folder)
    assert str(refusal.value) == (
        f"{edition}/index.html has a link that leads nowhere: line 2: the link to 'gone.html' "
        "leads to a file that is not there. Nothing was published; report this as a fault of the "
        "program."
    )


def test_of_many_faults_the_first_three_are_told(folder):
    index(folder, TABLE + '<a href="#gone">x</a>' * 5)
    with pytest.raises(PublicationRefused) as refusal:
        check(folder)
    assert str(refusal.value).count("the link to") == 3


def test_a_page_that_not_everybody_can_read_is_refused(folder):
    index(folder, f'{TABLE}<img src="data:,">')
    with pytest.raises(PublicationRefused, match=r"cannot be read by everybody: .*a picture"):
        check(folder)


def test_a_figure_that_the_page_lacks_is_refused(folder):
    index(folder, TABLE.replace("1,551", "1,552"), "restricted/pack")
    with pytest.raises(PublicationRefused, match="does not show every figure: lac_count"):
        check(folder)


@pytest.mark.parametrize("left", ["{{ value }}", "{% if %}", "<b>None</b>", "nan%"])
def test_a_page_with_a_part_of_its_template_is_refused(folder, left):
    index(folder, f"{TABLE}<p>{left}</p>")
    with pytest.raises(PublicationRefused, match=r"pack/index\.html still holds a part"):
        check(folder)


def test_a_workbook_a_report_and_a_pdf_with_a_part_of_a_template_are_refused(folder):
    for write, name in (
        (small_pack.write_workbook, "pack.xlsx"),
        (small_pack.write_report, "cover-report.docx"),
        (small_pack.write_pdf, "pack.pdf"),
    ):
        path = folder / "restricted" / "pack" / name
        before = path.read_bytes()
        write(path, f"{small_pack.TITLE} {{{{ month }}}}")
        with pytest.raises(PublicationRefused, match=f"pack/{name} still holds a part"):
            check(folder)
        path.write_bytes(before)
    check(folder)


def test_braces_of_a_style_sheet_are_no_leftovers(folder):
    index(folder, f"<style>@media print{{a{{top:0}}}}</style>{TABLE}")
    check(folder)


@pytest.mark.parametrize(
    "text",
    [
        "moved: C-1001.", "(ABCD)", "child 123456 moved", "<b>123456</b>", "of =odd",
        '<img alt="C-1001" src="data:,">', '<a href="#top" title="ABCD">x</a>', "<!-- ABCD -->",
        "<script>ABCD</script>", "C-&#49;001", "as x1 2, too",
    ],
)  # fmt: skip
def test_a_page_with_the_id_of_a_child_is_refused_without_quoting_it(folder, text):
    index(folder, f'<p id="top">{text}</p>{TABLE}')
    with pytest.raises(PublicationRefused, match=r"pack/index\.html.*the id of a child") as refusal:
        check(folder)
    assert not any(one in str(refusal.value) for one in IDENTIFIERS.ids)


@pytest.mark.parametrize("text", ["born 2014-05-01", "1 May 2014", "on 01/05/2014."])
def test_a_page_with_a_date_of_birth_is_refused(folder, text):
    index(folder, f"<p>{text}</p>{TABLE}")
    with pytest.raises(PublicationRefused, match="a date on which a child was born") as refusal:
        check(folder)
    assert "2014" not in str(refusal.value)


def test_a_date_that_stands_in_the_definitions_is_no_date_of_birth(folder):
    body = '<h2 id="lac_count">Since 1 May 2014</h2>'
    (folder / "pack" / "definitions.html").write_text(page(body))
    index(folder, f"<p>2014-05-01</p>{TABLE}")
    check(folder)


@pytest.mark.parametrize(
    "text",
    [
        "XC-10011", "ABCDE", "1,123456 and 123456.5", "777 or 12345 children", "2026-123456",
        '<b class="ABCD">x</b>', "May 2014", "11 May 2014",
    ],
)  # fmt: skip
def test_what_only_resembles_an_id_passes(folder, text):
    index(folder, f"<p>{text}</p>{TABLE}")
    check(folder)


def test_the_officers_edition_is_not_searched_for_children(folder):
    index(folder, f"<p>C-1001</p>{TABLE}", "restricted/pack")
    check(folder)


def test_an_id_in_a_public_csv_is_found_but_a_population_is_none(folder):
    path = folder / "pack" / "data" / "more.csv"
    path.write_text("indicator_id,denominator\nlac_rate_10k,123456\n")
    check(folder)
    path.write_text("indicator_id,note\nlac_count,123456\n")
    with pytest.raises(PublicationRefused, match=r"pack/data/more\.csv"):
        check(folder)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("pack.xlsx", small_pack.write_workbook),
        ("cover-report.docx", small_pack.write_report),
        ("pack.pdf", small_pack.write_pdf),
    ],
)
def test_an_id_in_a_workbook_a_report_or_a_pdf_is_found(folder, name, write):
    write(folder / "pack" / name, f"{small_pack.TITLE}: child C-1001")
    with pytest.raises(PublicationRefused, match=f"pack/{name}.*the id of a child"):
        check(folder)


def test_a_line_that_only_the_rows_heading_has_in_part_is_no_line(folder):
    index(folder, TABLE.replace(ROW, ROW.replace("looked", "cooked")))
    with pytest.raises(PublicationRefused, match="lac_count has no line in the scorecard"):
        check(folder)


def test_a_pdf_or_workbook_without_a_measure_is_refused(folder):
    for write, name in (
        (small_pack.write_workbook, "pack.xlsx"),
        (small_pack.write_pdf, "pack.pdf"),
    ):
        path = folder / "pack" / name
        before = path.read_bytes()
        write(path, "Children we look after")
        with pytest.raises(PublicationRefused, match=f"pack/{name} lacks a measure.*lac_count"):
            check(folder)
        path.write_bytes(before)


def test_a_pdf_whose_words_cannot_be_read_is_refused(folder):
    path = folder / "pack" / "pack.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].Resources.Font["/F1"].ToUnicode
        pdf.save(path)
    with pytest.raises(PublicationRefused, match="its words cannot be read back"):
        check(folder)

import io
import zipfile

import pytest

from pipeline.checking.documents import texts
from tests.unit.pipeline.small_pack import write_pdf, write_zip


def words(path):
    return "\n".join(texts(path)).split("\n")


def test_numbers_in_number_cells_of_a_workbook_are_left_out(tmp_path):
    sheet = (
        '<c r="A1" s="2"><v>123456</v></c><c r="A2" t="s"><v>123456</v></c>'
        '<c r="A3" t="str"><f>x</f><v>Red</v></c><c t="inlineStr"><is><t>here</t></is></c>'
        "<oddFooter>&amp;LFoot</oddFooter>"
    )
    write_zip(tmp_path / "w.xlsx", "xl/worksheets/sheet1.xml", sheet)
    found = "\n".join(words(tmp_path / "w.xlsx"))
    assert "123456" not in found
    assert "Red" in found and "here" in found and "&LFoot" in found


def test_a_text_cut_into_pieces_is_read_as_one(tmp_path):
    write_zip(
        tmp_path / "a.xlsx", "xl/sharedStrings.xml", "<si><r><t>C-</t></r><r><t>1</t></r></si>"
    )
    assert "C-1" in words(tmp_path / "a.xlsx")
    report = "<w:p><w:r><w:t>C-</w:t></w:r><w:r><w:t>1</w:t></w:r></w:p><w:p><w:t>next</w:t></w:p>"
    write_zip(tmp_path / "a.docx", "word/document.xml", report)
    assert {"C-1", "next"} <= set(words(tmp_path / "a.docx"))


@pytest.mark.parametrize(
    ("part", "source", "said"),
    [
        ("xl/drawings/drawing1.xml", '<xdr:cNvPr name="n" descr="A &amp; B"/>', "A & B"),
        ("xl/workbook.xml", '<sheet name="Children"/>', "Children"),
        ("xl/_rels/a.xml.rels", '<Relationship Target="https://x.uk/1"/>', "https://x.uk/1"),
        ("word/footnotes.xml", "<w:p><w:t>foot</w:t></w:p>", "foot"),
        ("docProps/core.xml", "<dc:title>The title</dc:title>", "The title"),
        ("word/document.xml", '<w:tblCaption w:val="cap"/>', "cap"),
        ("xl/charts/chart1.xml", "<c:pt><c:v>label</c:v></c:pt>", "label"),
    ],
)
def test_every_part_of_a_zipped_file_is_read(tmp_path, part, source, said):
    write_zip(tmp_path / "a.docx", part, source)
    assert said in words(tmp_path / "a.docx")


def test_the_numbers_a_chart_keeps_are_left_out(tmp_path):
    source = "<c:numCache><c:pt><c:v>123456</c:v></c:pt></c:numCache>"
    write_zip(tmp_path / "a.xlsx", "xl/charts/chart1.xml", source)
    assert "123456" not in words(tmp_path / "a.xlsx")


def test_a_workbook_inside_a_report_is_read(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as parts:
        parts.writestr("xl/sharedStrings.xml", "<si><t>C-1001</t></si>")
    write_zip(tmp_path / "a.docx", "word/embeddings/a.xlsx", inner.getvalue())
    assert "C-1001" in words(tmp_path / "a.docx")


def test_a_table_is_read_without_its_columns_of_figures(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("﻿id,numerator,note,denominator\nx,1,a,2\ny\n".encode())
    assert words(path) == ["x", "a", "y"]


def test_a_pdf_is_read_with_what_is_read_out(tmp_path):
    write_pdf(tmp_path / "a.pdf", "Child C-1", alt="A chart of C-2")
    assert {"Child C-1", "A chart of C-2"} <= set(words(tmp_path / "a.pdf"))


def test_the_words_of_a_pdf_are_those_weasyprint_was_given(tmp_path):
    weasyprint = pytest.importorskip("weasyprint", exc_type=OSError)
    drawing = "<svg width='90' height='20'><title>of 12</title><text y='9'>in July 9</text></svg>"
    html = f"<h1>Title</h1><p>Child <b>C-1001</b> moved; AVA To &amp; We.</p>{drawing}"
    weasyprint.HTML(string=html).write_pdf(tmp_path / "a.pdf", pdf_variant="pdf/ua-1")
    found = {one.strip() for one in words(tmp_path / "a.pdf")}
    assert {"Title", "C-1001", "moved; AVA To & We.", "in July 9", "of 12"} <= found


def test_a_manifest_is_read_without_its_numbers_and_hashes(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text('{"inputs": [{"file": "C-1001.csv", "rows": 123456, "sha256": "abcd12"}]}')
    assert words(path) == ["inputs", "file", "C-1001.csv", "rows"]

import pytest

from reporting import forms
from reporting.cover.report import TEMPLATE
from reporting.pdf.document import PdfNotPossible
from reporting.rows import OFFICERS, PUBLIC
from tests.unit.reporting.public_rows import LA, tables, with_officers, write_warehouse

FORMS = ("index.html", "definitions.html", "data-quality.html", "pack.pdf", "pack.xlsx")
REASON = "no PDF: libpango-1.0-0 is missing; to have one: apt-get install libpango-1.0-0"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    rows = with_officers(tables())
    for row in rows["rpt_officers_scorecard"]:
        # A figure that only the officers see has no rating in these rows, so it has no target.
        if not row["rag"]:
            row |= {"red": "", "amber": "", "green": ""}
    return write_warehouse(tmp_path_factory.mktemp("forms") / "warehouse.duckdb", rows)


@pytest.fixture
def write(warehouse, tmp_path, monkeypatch):
    """Write an edition; the PDF is a stand-in, or not possible."""

    def written(edition, is_possible=True, commentary=()):
        def write_pdf(page, definitions, period_end, path):
            if not is_possible:
                raise PdfNotPossible(REASON)
            path.write_text("PDF")

        monkeypatch.setattr(forms, "write_pdf", write_pdf)
        return forms.write_edition(warehouse, LA, tmp_path, edition, commentary, TEMPLATE)

    return written


@pytest.mark.parametrize(
    ("edition", "where"),
    [(PUBLIC, "pack"), (OFFICERS, "restricted/pack")],
    ids=["public", "officers"],
)
def test_an_edition_has_every_form_and_its_page_leads_to_them(write, tmp_path, edition, where):
    made = write(edition)
    names = {
        path.relative_to(tmp_path / where).as_posix() for path in (tmp_path / where).rglob("*.*")
    }
    data = ("scorecard", "trend", "changed_figures", "change_causes", "lateness", "movement")
    assert names == {*FORMS, "cover-report.docx", *(f"data/{name}.csv" for name in data)}
    assert made.not_made == {}
    page = (tmp_path / where / "index.html").read_text()
    assert all(f'href="{name}"' in page for name in ("pack.pdf", "pack.xlsx", "cover-report.docx"))


def test_the_officers_edition_is_for_its_owner_alone(write, tmp_path):
    write(OFFICERS)
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "restricted").rglob("*")}
    assert modes == {0}


@pytest.mark.parametrize(("edition", "where"), [(PUBLIC, "pack"), (OFFICERS, "restricted/pack")])
def test_without_the_libraries_the_page_says_how_to_have_a_pdf(write, tmp_path, edition, where):
    made = write(edition, is_possible=False)
    assert made.not_made == {f"{where}/pack.pdf": f"There is {REASON}"}
    assert not (tmp_path / where / "pack.pdf").exists()
    page = (tmp_path / where / "index.html").read_text()
    assert f"There is {REASON}" in page
    assert 'href="pack.pdf"' not in page and 'href="pack.xlsx"' in page

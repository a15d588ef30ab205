"""Both editions of a pack of one measure, small enough to read: what the checks are tested on."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import SimpleNamespace

import pikepdf

from pipeline.checks import FORMS

EDITIONS = ("pack", "restricted/pack")
TITLE = "Children looked after"
SCORECARD = (
    "indicator_id,title,month_minus_2,month_minus_2_status,month_minus_1,month_minus_1_status,"
    "month,month_status,ytd,ytd_status,previous_year,previous_year_status,rag\n"
    f"lac_count,{TITLE},550,ok,,suppressed,1551,ok,,none,548,ok,red\n"
)
RESULTS = (
    "indicator_id,title,month_minus_2,month_minus_1,month,ytd,previous_year\n"
    f"lac_count,{TITLE},550,,1551,,548\n"
)
ROW = (
    f'<tr><th scope="row"><a href="definitions.html#lac_count">{TITLE}</a></th>'
    "<td>550</td><td>hidden (1 to 5)</td><td>1,551</td><td>548</td></tr>"
)
TABLE = (
    '<table><caption>Scorecard</caption><tr><th scope="col">Measure</th>'
    f'<th scope="col">Now</th></tr>{ROW}</table>'
)
HEAD = '<html lang="en-GB"><head><title>The pack</title></head><body><main><h1>The pack</h1>'


def page(body: str) -> str:
    """A whole page around its body."""
    return f"<!DOCTYPE html>{HEAD}{body}</main></body></html>"


def write_edition(folder: Path, edition: str, body: str = TABLE) -> None:
    """Write the four forms of one edition, and what goes with them."""
    pack = folder / edition
    (pack / "data").mkdir(parents=True)
    (pack / "index.html").write_text(page(body))
    (pack / "definitions.html").write_text(page(f'<h2 id="lac_count">{TITLE}</h2>'))
    (pack / "data-quality.html").write_text(page('<p><a href="index.html">The figures</a></p>'))
    for name in (one for one in FORMS if one.startswith("data/")):
        (pack / name).write_text(SCORECARD)
    write_workbook(pack / "pack.xlsx", TITLE)
    write_report(pack / "cover-report.docx", "551 children")
    write_pdf(pack / "pack.pdf", f"{TITLE} 1,551")


def write_zip(path: Path, name: str, text: str) -> None:
    """Write a zipped file of one part."""
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr(zipfile.ZipInfo(name), text)


def write_workbook(path: Path, text: str, more: str = "") -> None:
    """Write the one part of a workbook that holds its texts."""
    write_zip(path, "xl/sharedStrings.xml", f"<sst><si><t>{text}</t></si></sst>{more}")


def write_report(path: Path, text: str) -> None:
    """Write the one part of a report that holds its texts."""
    write_zip(path, "word/document.xml", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def write_pdf(path: Path, text: str, alt: str = "A chart") -> None:
    """Write a PDF as WeasyPrint does: glyphs, and a table that says which letters they are."""
    with pikepdf.new() as pdf:
        letters = "\n".join(f"<{ord(one):04x}> <{ord(one):04X}>" for one in sorted(set(text)))
        table = pdf.make_stream(f"{len(set(text))} beginbfchar\n{letters}\nendbfchar".encode())
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=table)
        glyphs = "".join(f"<{ord(one):04x}>0" for one in text)
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, 9, 9],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
            Contents=pdf.make_stream(f"BT /F1 9 Tf [{glyphs}] TJ ET".encode()),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.Root.Figure = pdf.make_indirect(pikepdf.Dictionary(Alt=pikepdf.String(alt)))
        pdf.save(path, deterministic_id=True)


def writers(texts: SimpleNamespace) -> SimpleNamespace:
    """A stand-in for `reporting.forms`: ``texts.body`` is the page, ``texts.not_made`` the rest."""

    def forms_write_edition(warehouse, la, folder, edition, commentary_folders, cover_template):
        where = EDITIONS[0] if edition.is_public else EDITIONS[1]
        write_edition(folder, where, texts.body)
        for name in texts.not_made:
            (folder / where / name).unlink()
        not_made = {f"{where}/{name}": why for name, why in texts.not_made.items()}
        return SimpleNamespace(council="Eastmoor", not_made=not_made)

    return SimpleNamespace(write_edition=forms_write_edition)

"""The PDF as a file: when it can be made, when it must not, and always the same bytes."""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from importlib.machinery import ModuleSpec
from pathlib import Path
from urllib.parse import quote

import pytest

from reporting.pdf import document as pdf
from reporting.pdf.document import PdfError, PdfNotPossible, Printable, write_pdf
from reporting.rows import PUBLIC
from tests.unit.reporting.pdf_reader import Printed, needs_pango, printed, texts
from tests.unit.reporting.public_rows import tables

ROOT = Path(__file__).parents[3]
RENDER = """
import sys
from pathlib import Path
from reporting.rows import PUBLIC
from tests.unit.reporting.pdf_reader import printed
from tests.unit.reporting.public_rows import tables
printed(Path(sys.argv[1]), tables(), PUBLIC)
"""


class WithoutPango:
    """An importer that fails as WeasyPrint does where Pango is missing: a page of advice first."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: object = None
    ) -> ModuleSpec | None:
        if name.split(".")[0] == "weasyprint":
            print("\n-----\n\nWeasyPrint could not import some external libraries.\n-----\n")
            raise OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: cannot open")
        return None


def test_without_pango_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango(), *sys.meta_path])

    with pytest.raises(PdfNotPossible) as missing:
        pdf._weasyprint()

    assert str(missing.value) == (
        "no pack.pdf: cannot load library 'libpango-1.0-0'; to have one: apt-get install"
        " --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )
    assert capsys.readouterr().out == ""


@needs_pango
def test_without_the_subset_library_there_is_no_pdf_of_other_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from weasyprint.text import ffi

    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    with pytest.raises(PdfNotPossible, match="libharfbuzz-subset0 is missing; to have one: apt"):
        pdf._weasyprint()


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ('<p><img src="data:image/png;base64,AAAA" alt="x"></p>', "Failed to load image"),
        ('<p><img src="https://example.org/a.png" alt="x"></p>', "disallowed protocol"),
        ('<p><img src="file:///etc/hostname" alt="x"></p>', "disallowed protocol"),
        ('<p><a href="#nowhere">x</a></p>', "No anchor #nowhere"),
        ('<svg viewBox="0 0 9 9"><path d="M0 0H9"/></svg>', "a picture has no text in its place"),
        ('<p style="colour: red">x</p>', "unknown property"),
    ],
)
@needs_pango
def test_what_weasyprint_only_logs_stops_the_pdf(
    body: str, complaint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small: Printed
) -> None:
    page = f'<html lang="en-GB"><title>t</title><body>{body}</body></html>'
    monkeypatch.setattr(pdf, "print_html", lambda *_: Printable(page))

    with pytest.raises(PdfError, match=r"^pack\.pdf: ") as stopped:
        write_pdf(small.page, None, date(2026, 10, 31), tmp_path / "x.pdf")  # type: ignore[arg-type]

    assert complaint in str(stopped.value)
    assert not (tmp_path / "x.pdf").exists()


@needs_pango
def test_a_page_without_a_language_or_a_picture_without_words_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small: Printed
) -> None:
    dot = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'></svg>"
    picture = f'<html lang="en"><body><img src="data:image/svg+xml,{quote(dot)}"></body></html>'
    for html, complaint in (("<html><body>x</body></html>", "lang"), (picture, "alt")):
        monkeypatch.setattr(pdf, "print_html", lambda *_, html=html: Printable(html))
        with pytest.raises(PdfError, match=complaint):
            write_pdf(small.page, None, date(2026, 10, 31), tmp_path / "x.pdf")  # type: ignore[arg-type]


@needs_pango
def test_a_finished_or_a_failed_pdf_leaves_no_listener_behind(small: Printed) -> None:
    kept = logging.getLogger("weasyprint").handlers
    assert not [each for each in kept if isinstance(each, pdf._Complaints)]


@needs_pango
def test_the_same_rows_give_the_same_bytes_anywhere(small: Printed, tmp_path: Path) -> None:
    found = {hashlib.sha256(small.path.read_bytes()).hexdigest()}
    for seed, zone in (("1", "Pacific/Kiritimati"), ("4242", "America/Los_Angeles")):
        folder = tmp_path / seed
        folder.mkdir()
        settings = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [sys.executable, "-c", RENDER, str(folder)], cwd=folder, env=settings, check=True
        )
        found.add(hashlib.sha256((folder / "pack.pdf").read_bytes()).hexdigest())
    assert len(found) == 1


@needs_pango
def test_a_name_with_quotes_and_markup_is_printed_as_it_is(tmp_path: Path) -> None:
    rows = tables()
    name = 'Fen "East" \\ </style><b>Borough</b>'
    rows["rpt_public_front"][0]["council_name"] = name
    made = printed(tmp_path, rows, PUBLIC)
    assert all(name in text for text in texts(made.path))

"""The pack as a PDF: A4 landscape for the agenda, tagged for screen readers (PDF/UA-1).

Made from the same pages as the HTML through `print.html.j2`. WeasyPrint is imported only when a
PDF is written, for it needs libraries of the system; without them everything else is published.
"""

from __future__ import annotations

import gc
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reporting import assets
from reporting.page.definitions import DefinitionsPage
from reporting.page.pack import Page
from reporting.pdf import layout as pdf_page
from reporting.pdf import tags as pdf_tags

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
INSTALL = f"apt-get install --no-install-recommends {' '.join(PACKAGES)}"


class PdfNotPossible(Exception):
    """The libraries of the system that WeasyPrint needs are not here."""


class PdfError(Exception):
    """A PDF was made that must not be published."""


@dataclass(frozen=True)
class Printable:
    """A page to print and the files it names, each by its address."""

    html: str
    files: dict[str, pdf_page.File] = field(default_factory=dict)


def write_pdf(page: Page, definitions: DefinitionsPage, period_end: date, path: Path) -> None:
    """Write one edition of the pack as a tagged PDF.

    The same pages give the same bytes. Raises PdfNotPossible where the system's libraries are
    missing (ruling F17), and PdfError when WeasyPrint complains or a picture has no text.
    """
    weasyprint = _weasyprint()
    printable = print_html(page, definitions, period_end)
    with _complaints_raised(), _nothing_collected():
        content = _pdf(weasyprint, printable)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def print_html(page: Page, definitions: DefinitionsPage, period_end: date) -> Printable:
    """The pages of the pack as the one page that is printed; it links to no file."""
    from reporting.page.html import environment

    shelf = pdf_page.Shelf()
    jinja = environment()
    jinja.filters["picture"] = shelf.picture
    jinja.filters["halves"] = lambda texts: pdf_page.columns(texts, 2, len)
    jinja.filters["same_length"] = lambda rows: pdf_page.columns(rows, 2, lambda _: 1)
    html = jinja.get_template("print.html.j2").render(
        page=page,
        meanings=definitions,
        sheets=pdf_page.sheets(page.themes),
        screen_only=pdf_page.SCREEN_ONLY,
        number_names=pdf_page.number_names(page.quality),
        fact_names=pdf_page.fact_names(page.quality),
        created=period_end.isoformat(),
        fonts=shelf.fonts(),
        icons=assets.icons(),
        ink=pdf_page.ink(),
        running=_running(page),
    )
    return Printable(html, shelf.files)


def _running(page: Page) -> Markup:
    """The foot of every page, as a text of a stylesheet."""
    return _css_text(
        f"{page.council}   ·   Corporate parenting performance, {page.month}   ·   {page.edition}"
    )


def _css_text(text: str) -> Markup:
    """A text between double quotes in CSS: whatever is not a plain letter is written by number."""
    plain = (each if each.isalnum() or each in " ,:.-" else f"\\{ord(each):x} " for each in text)
    return Markup("".join(plain))


def _pdf(weasyprint: Any, printable: Printable) -> bytes:
    fetcher = _fetcher(weasyprint, printable.files)
    document = weasyprint.HTML(string=printable.html, url_fetcher=fetcher)
    written: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1", finisher=lambda _, pdf: pdf_tags.mend_tags(pdf)
    )
    return written


def _fetcher(weasyprint: Any, files: dict[str, pdf_page.File]) -> Any:
    """Hand WeasyPrint the fonts and charts from memory; nothing else is fetched from anywhere.

    As data URIs in the page they would cost a tenth more time.
    """
    from weasyprint.urls import URLFetcherResponse

    kinds = {kind: _headers(kind) for kind, _ in files.values()}

    class Fetcher(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in files:
                return super().fetch(url, headers)
            kind, content = files[url]
            return URLFetcherResponse(url, content, kinds[kind])

    return Fetcher(allowed_protocols=("data",))


def _headers(kind: str) -> EmailMessage:
    message = EmailMessage()
    message["Content-Type"] = kind
    return message


def _weasyprint() -> Any:
    """WeasyPrint, or one line saying what to install.

    On failing it prints a page of advice of its own, which is kept out of the log. Without
    libharfbuzz-subset0 it would still write a PDF, of other bytes: here that counts as missing.
    """
    try:
        with redirect_stdout(io.StringIO()):
            import weasyprint
            from weasyprint.text import ffi
    except OSError as missing:
        why = str(missing).splitlines()[0].split(":")[0]
        raise PdfNotPossible(f"no pack.pdf: {why}; to have one: {INSTALL}") from missing
    if ffi.harfbuzz_subset is None:
        raise PdfNotPossible(f"no pack.pdf: {PACKAGES[2]} is missing; to have one: {INSTALL}")
    return weasyprint


@contextmanager
def _complaints_raised() -> Iterator[None]:
    """Whatever WeasyPrint logs as an error or a warning stops the PDF."""
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        yield
    except pdf_tags.UntaggedPdf as untagged:
        raise PdfError(f"pack.pdf: {untagged}") from untagged
    finally:
        logger.removeHandler(complaints)
    if complaints.texts:
        raise PdfError(f"pack.pdf: {complaints.texts[0]}")


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Laying out makes a million objects that all live to the end: looking for dead ones is vain.

    It takes a seventh of the time, and ten megabytes, off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())

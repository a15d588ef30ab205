"""The committee report that goes with the pack, from a Word template that officers own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate

from reporting.commentary.reading import Commentary
from reporting.cover.template import CoverReportError, fill
from reporting.cover.words import Cover, build_cover
from reporting.rows import PackRows

__all__ = ["TEMPLATE", "CoverReportError", "write_cover_report"]

TEMPLATE = Path(__file__).parents[1] / "word_templates" / "cover-report.docx"
TITLE = "Corporate Parenting Performance Report"


def write_cover_report(
    rows: PackRows, commentary: Mapping[str, Commentary], template: Path, path: Path
) -> None:
    """Write the cover report of one edition as a Word document.

    Nothing is written where the template cannot be used: CoverReportError then names the file and
    the tag. The same rows, commentary and template give the same bytes, for the dates in the
    file are the month's own.
    """
    cover = build_cover(rows, commentary)
    report = fill(template, cover.names())
    made_at = datetime(*rows.front.period_end.timetuple()[:3])
    _describe(report, cover, made_at)
    made = BytesIO()
    report.save(made)
    path.write_bytes(_always_the_same(made, made_at))


def _describe(report: DocxTemplate, cover: Cover, made_at: datetime) -> None:
    """Set the file's properties: its title, whose it is, and the month end as its dates."""
    properties = report.docx.core_properties
    properties.title = f"{TITLE}, {cover.month}"
    properties.author = cover.council[:255]
    properties.last_modified_by = ""
    properties.language = "en-GB"
    properties.revision = 1
    properties.created = properties.modified = made_at


def _always_the_same(made: BytesIO, made_at: datetime) -> bytes:
    """The document's parts in a fixed order under a fixed date, as Word wants: types first."""
    first = ("[Content_Types].xml", "_rels/.rels")
    packed = BytesIO()
    with ZipFile(made) as parts, ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=6) as fixed:
        for name in sorted(parts.namelist(), key=lambda name: (name not in first, name)):
            entry = ZipInfo(name, made_at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            fixed.writestr(entry, parts.read(name))
    return packed.getvalue()

"""The commentary of a pack: what heads of service wrote, or else plain sentences of its figures.

What is written is refused, and nothing is published, where it contradicts a figure of the pack,
gives away a hidden one, or holds anything but plain Markdown and figures (`README.md` in the
folder `commentary` says how to write it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from reporting.commentary.check import Judge
from reporting.commentary.expressions import render_expressions
from reporting.commentary.functions import Functions
from reporting.commentary.generated import sentences
from reporting.commentary.markdown import render_markdown
from reporting.commentary.source import CommentaryError, Written, written_files
from reporting.rows import PackRows

__all__ = ["Commentary", "CommentaryError", "read_commentary"]


@dataclass(frozen=True)
class Commentary:
    """The words of one theme: `html` for a page, `paragraphs` the same words as plain text.

    `source` is the file they were written in, such as 2026-10/health.md; empty when generated.
    """

    theme: str
    html: Markup
    paragraphs: tuple[str, ...]
    is_written: bool
    source: str


def read_commentary(
    folders: Sequence[Path], rows: PackRows, officers: PackRows
) -> dict[str, Commentary]:
    """The commentary of every theme that has an indicator, and of further parts that were written.

    `rows` is the edition that is rendered, `officers` the rows with nothing hidden. Of two folders
    that have a file the first goes before. Raises CommentaryError naming file, line and sentence.
    """
    judge = Judge(rows, officers)
    functions = Functions(rows)
    found = {
        written.theme: _written(written, functions, judge)
        for written in written_files(folders, rows.front.month)
    }
    for row in sorted(rows.indicators, key=lambda row: row.theme_order):
        if row.theme not in found:
            found[row.theme] = _generated(row.theme, rows)
    return found


def _written(written: Written, functions: Functions, judge: Judge) -> Commentary:
    marked, expressions = render_expressions(written, functions)
    page = render_markdown(written, marked, expressions)
    for sentence in page.sentences:
        judge.check(written, sentence, expressions)
    return Commentary(written.theme, page.html, page.paragraphs, True, written.name)


def _generated(theme: str, rows: PackRows) -> Commentary:
    said = sentences(theme, rows)
    html = Markup("\n").join(Markup("<p>{}</p>").format(escape(text)) for text in said)
    return Commentary(theme, html, said, False, "")

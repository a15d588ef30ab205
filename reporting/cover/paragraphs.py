"""A commentary as paragraphs of a Word report: which is a heading, which is an item of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from reporting.commentary.reading import Commentary

# What XML 1.0 cannot hold; tabs and line ends become blanks too, for Word has signs of its own.
_NOT_TEXT = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_BLOCKS = ("p", "li", "ul", "ol", "blockquote", "h3")


@dataclass(frozen=True)
class CoverParagraph:
    """One paragraph, in plain words."""

    text: str
    is_heading: bool = False
    is_item: bool = False


def paragraphs(commentary: Commentary | None) -> tuple[CoverParagraph, ...]:
    """The paragraphs of a commentary; made sentences are a list, one an item."""
    if commentary is None:
        return ()
    if commentary.is_written:
        return _Blocks(str(commentary.html)).found()
    said = (clean(text) for text in commentary.paragraphs)
    return tuple(CoverParagraph(text, is_item=True) for text in said if text)


def clean(text: str) -> str:
    """A text on one line, without the characters a Word file cannot hold."""
    return re.sub(" {2,}", " ", _NOT_TEXT.sub(" ", text)).strip()


class _Blocks(HTMLParser):
    """Reads the few elements that a commentary has; what is emphasised or linked stays as words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._paragraphs: list[CoverParagraph] = []
        self._words = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def found(self) -> tuple[CoverParagraph, ...]:
        """The paragraphs read, in order."""
        self._end_paragraph()
        return tuple(self._paragraphs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_paragraph()
            self._open.append(tag)
        elif tag == "br":
            self._words += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_paragraph()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._words += data

    def _end_paragraph(self) -> None:
        text, self._words = clean(self._words), ""
        if text:
            is_heading, is_item = "h3" in self._open, "li" in self._open
            self._paragraphs.append(CoverParagraph(text, is_heading, is_item))

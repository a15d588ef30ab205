"""The words of a PDF: those on its pages, and those that are read out instead of a picture.

Reads the PDFs that WeasyPrint writes: each font tells which letters its glyphs are. It is no
general reader of PDFs; a page whose fonts do not tell gives no words, and the check of the pack
refuses a PDF without words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf

Letters = Mapping[bytes, str]

# A font is chosen, a letter is begun (in a drawing, where a space is one that draws nothing),
# glyphs are drawn, or a block of text ends.
_TEXT = re.compile(
    rb"/(?P<font>[^\s/]+) [\d.]+ Tf|\b(?P<begun>Tr)\b"
    rb"|\[(?P<run>[^\]]*)\]\s*TJ|(?P<glyphs><[0-9a-fA-F]*>)\s*Tj|\b(?P<end>ET)\b"
)
_GLYPHS = re.compile(rb"<([0-9a-fA-F]*)>")
_LETTER = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
# Alternative texts, titles and links; /A is what a link does.
_SPOKEN = frozenset(
    ("/A", "/ActualText", "/Alt", "/Author", "/Contents", "/E", "/Subject", "/Title", "/URI")
)


def pdf_words(path: Path) -> Iterator[str]:
    """Give the text of each page and drawing, and every alternative text, title and link."""
    with pikepdf.open(path) as pdf:
        fonts = _Fonts({})
        for page in pdf.pages:
            page.contents_coalesce()
            yield _drawn(page.obj.Contents.read_bytes(), fonts.of(page.obj))
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                if thing.get("/Subtype") == "/Form":
                    yield _drawn(thing.read_bytes(), fonts.of(thing))
            elif isinstance(thing, pikepdf.Dictionary):
                yield from _spoken(thing)


def _spoken(thing: pikepdf.Dictionary) -> Iterator[str]:
    for name in sorted(_SPOKEN & thing.keys()):
        said = thing[name]
        if isinstance(said, pikepdf.String):
            yield str(said)
        elif name == "/A" and isinstance(said, pikepdf.Dictionary):
            yield from _spoken(said)


@dataclass(frozen=True)
class _Fonts:
    """The letters of each font that was looked up, for many drawings share one."""

    known: dict[tuple[int, int], Letters]

    def of(self, thing: pikepdf.Object) -> dict[str, Letters]:
        """The fonts of a page or drawing by the names it has for them."""
        resources = thing.get("/Resources", pikepdf.Dictionary())
        fonts = resources.get("/Font", pikepdf.Dictionary())
        return {
            name.removeprefix("/"): self._letters(font.ToUnicode)
            for name, font in fonts.items()
            if "/ToUnicode" in font
        }

    def _letters(self, table: pikepdf.Object) -> Letters:
        if table.objgen not in self.known:
            self.known[table.objgen] = _letters_of(table.read_bytes())
        return self.known[table.objgen]


def _drawn(content: bytes, fonts: Mapping[str, Letters]) -> str:
    font: Letters = {}
    words: list[str] = []
    is_begun = False
    for found in _TEXT.finditer(content):
        kind = found.lastgroup
        if kind == "font":
            font = fonts.get(found["font"].decode("latin-1"), {})
        elif kind == "end":
            words.append("\n")
        elif kind == "begun" and is_begun:
            words.append(" ")
        elif kind in ("run", "glyphs"):
            words.append(_letters(found[kind], font))
        is_begun = kind == "begun"
    return "".join(words)


def _letters(run: bytes, font: Letters) -> str:
    codes = b"".join(_GLYPHS.findall(run)).lower()
    return "".join(font.get(codes[at : at + 4], "") for at in range(0, len(codes), 4))


def _letters_of(table: bytes) -> Letters:
    return {
        glyph.lower(): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in _LETTER.findall(table)
    }

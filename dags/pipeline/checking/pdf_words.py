"""The words of a PDF: those on its pages, and those that are read out instead of a picture.

Reads the PDFs that WeasyPrint writes: each font tells which letters its glyphs are. It is no
general reader of PDFs; a page whose fonts do not tell gives no words, and the check of the pack
refuses a PDF without words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
_SPOKEN = ("/Alt", "/ActualText", "/E", "/Title", "/Contents", "/Author", "/Subject", "/URI")


def pdf_words(path: Path) -> Iterator[str]:
    """Give the text of each page and drawing, and every alternative text, title and link."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            yield _drawn(page.obj.Contents.read_bytes(), page.obj.get("/Resources"))
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                if thing.get("/Subtype") == "/Form":
                    yield _drawn(thing.read_bytes(), thing.get("/Resources"))
            elif isinstance(thing, pikepdf.Dictionary):
                yield from _spoken(thing)


def _spoken(thing: pikepdf.Dictionary) -> Iterator[str]:
    for name in _SPOKEN:
        said = thing.get(name)
        if isinstance(said, pikepdf.String):
            yield str(said)
    action = thing.get("/A")
    if isinstance(action, pikepdf.Dictionary):
        yield from _spoken(action)


def _drawn(content: bytes, resources: pikepdf.Object | None) -> str:
    fonts = _fonts(resources)
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


def _fonts(resources: pikepdf.Object | None) -> dict[str, Letters]:
    fonts = {} if resources is None else resources.get("/Font", {})
    return {
        name.removeprefix("/"): _letters_of(font.ToUnicode.read_bytes())
        for name, font in fonts.items()
        if "/ToUnicode" in font
    }


def _letters_of(table: bytes) -> Letters:
    return {
        glyph.lower(): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in _LETTER.findall(table)
    }

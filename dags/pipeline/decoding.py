"""From the bytes of a text file to UTF-8, without guessing: what cannot be decoded is marked.

A byte that is no character is replaced by two marks, characters that no text may hold. ``casting``
refuses every row with such a mark, so that nothing is read as what it is not, and the quarantine
list shows the byte itself.
"""

from __future__ import annotations

import codecs
import re

from pipeline.read_table import FileUnreadable

# A file with more of these than this is no text at all.
_MOST_MARKS = 10_000
_HIGH, _LOW = 0xFDD0, 0xFDE0
_SEARCHED_FOR_UTF_16 = 4096
_LONGEST_SHOWN = 1000
# Marks, and characters that no value may hold: they stand for nothing, or steer a terminal.
NO_TEXT = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f" "\ufdd0-\ufdef\ufffe\uffff]"

_OTHER_KINDS = {
    b"PK\x03\x04": "a workbook or a zip file",
    b"\xd0\xcf\x11\xe0": "an Excel workbook",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
}


def as_utf8(content: bytes) -> bytes:
    """Return a text file as UTF-8: from UTF-8 with or without BOM, UTF-16 or cp1252.

    A file that is UTF-8 in one place counts as UTF-8 in all others. Raise FileUnreadable where the
    file is no text.
    """
    _require_text(content)
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
        return content if _is_utf8(content) else _marked(content, "utf-8")
    for encoding, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        if content.startswith(mark):
            return _marked(content[len(mark) :], encoding)
    if b"\0" in content:
        return _with_empty_bytes(content)
    if _is_utf8(content):
        return content
    return _marked(content, "utf-8" if _has_utf8_letters(content) else "cp1252")


def as_text(content: bytes) -> str:
    """Return one value that should be UTF-8, with marks where it is not."""
    return _marked(content, "utf-8").decode("utf-8")


def as_written(value: str) -> str:
    """Return a value for a person to read: a mark as the byte it stands for, controls escaped."""
    value = re.sub("[\ufdd0-\ufddf][\ufde0-\ufdef]", lambda found: _byte(found.group()), value)
    value = re.sub(NO_TEXT, lambda found: _escaped(found.group()), value)
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]} ..."


def _byte(marks: str) -> str:
    return f"\\x{(ord(marks[0]) - _HIGH) << 4 | (ord(marks[1]) - _LOW):02x}"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def _require_text(content: bytes) -> None:
    for start, kind in _OTHER_KINDS.items():
        if content.startswith(start):
            raise FileUnreadable(f"is {kind}, whatever its name says: give it the right ending")
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise FileUnreadable("is written in UTF-32: save it again as UTF-8")
    if re.match(rb"\s*<(!doctype|html|\?xml)", content[:200], re.IGNORECASE):
        raise FileUnreadable("is a web page, whatever its name says: save it again as CSV")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _has_utf8_letters(content: bytes) -> bool:
    return re.search(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", content) is not None


def _with_empty_bytes(content: bytes) -> bytes:
    encoding = _utf_16_without_bom(content[:_SEARCHED_FOR_UTF_16])
    if encoding is None and content.count(0) > _MOST_MARKS:
        raise FileUnreadable(
            "is filled with empty bytes, as one that was not copied to its end: copy it again"
        )
    return _marked(content, encoding or "utf-8")


def _utf_16_without_bom(start: bytes) -> str | None:
    """Letters of English in UTF-16 have every second byte empty, and never the byte beside it."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if not even and odd > len(start) // 4:
        return "utf-16-le"
    if not odd and even > len(start) // 4:
        return "utf-16-be"
    return None


def _marked(content: bytes, encoding: str) -> bytes:
    left = _MOST_MARKS

    def mark(error: UnicodeError) -> tuple[str, int]:
        nonlocal left
        assert isinstance(error, UnicodeDecodeError)
        left -= error.end - error.start
        if left < 0:
            raise FileUnreadable("is no text: export it again as CSV in UTF-8")
        bad = error.object[error.start : error.end]
        return "".join(chr(_HIGH + (b >> 4)) + chr(_LOW + (b & 15)) for b in bad), error.end

    codecs.register_error("pack.mark", mark)
    return content.decode(encoding, errors="pack.mark").encode("utf-8")

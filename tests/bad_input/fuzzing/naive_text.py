"""Text files, letter by letter: a second reader that shares nothing with the first."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from .good_files import COLUMNS

MARK = "\ufdd0"


@dataclass
class Reading:
    """The rows below the header: cells by row number, None where the row is broken.

    ``is_clear`` is False where quotation marks are out of place, so that rows may be run together.
    """

    rows: dict[int, list[str] | None] = field(default_factory=dict)
    has_header: bool = False
    is_clear: bool = True


def read(content: bytes) -> Reading:
    text = _decoded(content)
    for separator in ",\t;":
        reading = _read(text, separator)
        if reading.has_header:
            return reading
    return Reading(is_clear='"' not in text)


def _decoded(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return _letters(content[3:])
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        if content.startswith(mark):
            return _pairs(content[2:], encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\0" in content or any(ord(one) > 127 and one != MARK for one in _letters(content)):
        return _letters(content)
    bad = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "".join(MARK if b in bad else bytes([b]).decode("cp1252") for b in content)


def _letters(content: bytes) -> str:
    """UTF-8 letter by letter, a mark for each run of bytes that is none."""
    text, at = "", 0
    while at < len(content):
        for size in (1, 2, 3, 4):
            try:
                text += content[at : at + size].decode("utf-8")
                at += size
                break
            except UnicodeDecodeError:
                continue
        else:
            text, at = text + MARK, at + 1
    return text


def _pairs(content: bytes, encoding: str) -> str:
    text, at = "", 0
    while at < len(content):
        for size in (2, 4):
            try:
                text += content[at : at + size].decode(encoding)
                at += size
                break
            except UnicodeDecodeError:
                continue
        else:
            text, at = text + MARK, at + 2
    return text


def _read(text: str, separator: str) -> Reading:
    reading, number = Reading(), 1
    places: dict[int, int] = {}
    width = 0
    for cells, lines, is_sound in _records(text, separator):
        reading.is_clear = reading.is_clear and is_sound and lines == 1
        if not reading.has_header:
            found = _header(cells) if is_sound and number <= 20 else None
            if found:
                places, width, reading.has_header = found, len(cells), True
        elif not is_sound:
            reading.rows.update({number + line: None for line in range(lines)})
        elif cells and len(cells) != width:
            reading.rows[number] = None
        elif any(cells[at].strip() for at in places.values() if cells):
            reading.rows[number] = [cells[places[column]] for column in range(len(COLUMNS))]
        number += lines if not is_sound else 1
    return reading


def _header(cells: list[str]) -> dict[int, int] | None:
    names = [
        "_".join(cell.strip().strip("\ufeff").lower().replace("_", " ").split()) for cell in cells
    ]
    wanted = [column.name for column in COLUMNS]
    if any(names.count(name) != 1 for name in wanted):
        return None
    return {at: names.index(name) for at, name in enumerate(wanted)}


def _records(text: str, separator: str):
    """Give each record's cells, how many lines it has, and whether its quotes are in place."""
    at, end = 0, len(text)
    while at < end:
        cells, cell, lines, is_sound, state = [], "", 1, True, "start"
        while True:
            one = text[at] if at < end else ""
            at += 1
            if state == "quoted":
                if not one:
                    is_sound, lines = False, lines - (text[-1] in "\r\n")
                    break
                if one == '"':
                    state = "closed"
                    continue
                if one == "\r" and text[at : at + 1] == "\n":
                    cell, at, one = cell + one, at + 1, "\n"
                lines += one in "\r\n"
                cell += one
                continue
            if one in ("", "\n", "\r"):
                if one == "\r" and text[at : at + 1] == "\n":
                    at += 1
                break
            if one == separator:
                cells, cell, state = [*cells, cell], "", "start"
            elif one == '"' and state == "start":
                state = "quoted"
            elif one == '"' and state == "closed":
                cell, state = cell + one, "quoted"
            elif state == "closed":
                is_sound = False
                while at < end and text[at - 1] not in "\r\n":
                    at += 1
                if text[at - 1] == "\r" and text[at : at + 1] == "\n":
                    at += 1
                break
            else:
                cell, state = cell + one, "plain"
        is_blank = not cells and not cell and state == "start"
        yield ([] if is_blank else [*cells, cell]), lines, is_sound

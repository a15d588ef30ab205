"""Ways to damage a file: single bytes, pieces of it, cells, rows, parts of a workbook."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from .good_files import SHEET, Row, packed

ODD_BYTES = (b"\0", b"\xff", b"\xeb", b"\xc3", b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\x1a")
ODD_VALUES = (
    *(
        "NULL",
        "N/A",
        "nan",
        "None",
        "#N/A",
        "-",
        "0",
        "1",
        "1900-01-01",
        "31/02/2026",
        "2026-13-01",
    ),
    *("10/31/2026", "2026-10-31 25:00", "45733.5", "7.0", "1.2E+11", "1e999", "=1+1", "{{ 7*7 }}"),
    *("<b>x</b>", "../x", "x" * 40_000, " 007 ", "\u202e", "\x07", "\ufffd", "1904-01-01", "99999"),
)


def bytes_of(rng: random.Random, content: bytes) -> bytes:
    """Damage a file anywhere, one to four times."""
    for _ in range(rng.randint(1, 4)):
        content = rng.choice(_BYTE_DAMAGE)(rng, content)
    return content


def cells_of(rng: random.Random, rows: list[Row]) -> list[Row]:
    """Damage values and rows before they are written."""
    for _ in range(rng.randint(1, 3)):
        rng.choice(_ROW_DAMAGE)(rng, rows)
    return rows


def sheet_of(rng: random.Random, content: bytes) -> bytes:
    """Damage the XML of a workbook's sheet and pack the workbook again."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    part = SHEET if rng.random() < 0.8 else rng.choice(sorted(parts))
    damage = rng.choice((bytes_of, *_XML_DAMAGE))
    parts[part] = damage(rng, parts[part])
    return packed(parts)


def _place(rng: random.Random, content: bytes) -> int:
    """Anywhere; more often behind the header, whose loss refuses the file and shows no more."""
    least = len(content) // 3 if rng.random() < 0.8 else 0
    return rng.randint(least, len(content))


def _flip(rng: random.Random, content: bytes) -> bytes:
    at = _place(rng, content)
    return content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :]


def _insert(rng: random.Random, content: bytes) -> bytes:
    at = _place(rng, content)
    return content[:at] + rng.choice(ODD_BYTES) * rng.choice((1, 1, 1, 2, 40)) + content[at:]


def _cut_out(rng: random.Random, content: bytes) -> bytes:
    at = _place(rng, content)
    return content[:at] + content[at + rng.choice((1, 2, 30)) :]


def _cut_off(rng: random.Random, content: bytes) -> bytes:
    return content[: _place(rng, content)]


def _repeat(rng: random.Random, content: bytes) -> bytes:
    at, size = _place(rng, content), rng.choice((1, 10, 100))
    return content[:at] + content[at : at + size] * 2 + content[at + size :]


def _value(rng: random.Random, rows: list[Row]) -> None:
    if rows:
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = rng.choice(ODD_VALUES)


def _swap(rng: random.Random, rows: list[Row]) -> None:
    if rows:
        row = rng.choice(rows)
        one, other = rng.randrange(len(row)), rng.randrange(len(row))
        row[one], row[other] = row[other], row[one]


def _one_more(rng: random.Random, rows: list[Row]) -> None:
    if rows:
        rows.insert(rng.randrange(len(rows) + 1), list(rng.choice(rows)))


def _blank(rng: random.Random, rows: list[Row]) -> None:
    if rows:
        row = rng.choice(rows)
        row[:] = [""] * len(row)


def _merge(rng: random.Random, xml: bytes) -> bytes:
    first, last = sorted(rng.sample(range(1, 12), 2))
    column = rng.choice("ABCDEFGHIJ")
    merged = f'<mergeCells><mergeCell ref="{column}{first}:{column}{last}"/></mergeCells>'
    return xml.replace(b"</worksheet>", merged.encode() + b"</worksheet>")


def _formula(rng: random.Random, xml: bytes) -> bytes:
    return _one_cell(rng, xml, rng.choice((b"<f>1+1</f>", b"<f>A1</f><v/>", b"<f>1+1</f><v>2</v>")))


def _error(rng: random.Random, xml: bytes) -> bytes:
    return _one_cell(rng, xml, b"<v>#N/A</v>", b' t="e"')


def _far(rng: random.Random, xml: bytes) -> bytes:
    place = rng.choice((b"Z90", b"CV400", b"XFD1048576", b"A1048576"))
    row = b'<row r="%s"><c r="%s"><v>1</v></c></row>' % (place.lstrip(b"ABCDFVXZ"), place)
    return xml.replace(b"</sheetData>", row + b"</sheetData>")


def _one_cell(rng: random.Random, xml: bytes, inside: bytes, more: bytes = b"") -> bytes:
    cells = list(re.finditer(rb'<c (r="[A-Z]+\d+")[^>]*>.*?</c>', xml))
    if not cells:
        return xml
    cell = rng.choice(cells)
    new = b"<c " + cell.group(1) + more + b">" + inside + b"</c>"
    return xml[: cell.start()] + new + xml[cell.end() :]


_BYTE_DAMAGE: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_flip, _flip, _insert, _insert, _cut_out, _cut_off, _repeat),
)
_ROW_DAMAGE: tuple[Callable[[random.Random, list[Row]], None], ...] = (
    *(_value, _value, _value, _swap, _one_more, _blank),
)
_XML_DAMAGE: tuple[Callable[[random.Random, bytes], bytes], ...] = (_merge, _formula, _error, _far)

"""Workbooks written by hand, and what can be wrong inside them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from .inbox import GOOD, PLANS, Inbox

SHEET = "xl/worksheets/sheet1.xml"
Change = Callable[[Worksheet], None]


def workbook(change: Change | None = None, *, from_1904: bool = False) -> bytes:
    """The good plans as a workbook with real dates on its one sheet."""
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    header, *rows = GOOD[PLANS]
    sheet.append(header)
    for person, day, kind in rows:
        sheet.append([person, dt.date.fromisoformat(day), kind])
    if change is not None:
        change(sheet)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same workbook with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        every = {name: parts.read(name) for name in parts.namelist()}
    change(every)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, part in every.items():
            parts.writestr(name, part)
    return target.getvalue()


def give(content: bytes, suffix: str = ".xlsx") -> Callable[[Inbox], None]:
    """Deliver a workbook in the place of the plans' CSV."""

    def breaks(inbox: Inbox) -> None:
        inbox.remove(PLANS)
        inbox.put(PLANS.replace(".csv", suffix), content)

    return breaks


def in_sheet(old: bytes, new: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[SHEET], old
        parts[SHEET] = parts[SHEET].replace(old, new, 1)

    return repacked(workbook(), change)


def bomb(size: int) -> bytes:
    """A small file whose sheet unpacks to ``size`` bytes of spaces."""
    target = io.BytesIO(workbook())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as parts:
        chunk = b" " * (1 << 20)
        with parts.open("xl/media/picture.xml", "w", force_zip64=True) as part:
            for _ in range(size // len(chunk)):
                part.write(chunk)
    return target.getvalue()


def lying_bomb(size: int) -> bytes:
    """A bomb whose directory says that it is one byte."""
    content = bytearray(bomb(size))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1).to_bytes(4, "little")
    return bytes(content)


def ole(*streams: str) -> bytes:
    """The beginning of the container that Excel before 2007 and a password use."""
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(512)


def table_of(rows: Sequence[Sequence[object]], *titles: str) -> bytes:
    """A workbook with one sheet for each title, all with these rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title in titles:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return saved(book)

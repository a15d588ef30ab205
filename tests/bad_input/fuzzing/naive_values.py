"""What a value means, read the plain way and without any code of the pipeline."""

from __future__ import annotations

import datetime as dt
import math

from .good_files import COLUMNS, TABLE

BAD = "(bad)"
NOTHING = {"NULL", "null", "Null", "(null)", "(NULL)", "N/A", "n/a", "None", "NaN", "nan", "NaT"}
NOTHING |= {"<NA>", "inf", "-inf", "-"}
EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"}
EXCEL_ERRORS |= {"#CALC!"}
Value = str | dt.date | float | None


def row_of(cells: list[str]) -> tuple[Value, ...] | None:
    """Return what a row says, or None where one of its values cannot be read."""
    values = tuple(value(at, cell) for at, cell in enumerate(cells))
    return None if BAD in values else values


def value(at: int, cell: str) -> Value:
    column, text = COLUMNS[at], cell.strip()
    if column.type == "date":
        return _date(text)
    if column.type == "number":
        return _number(text)
    if not text:
        return BAD if column.name in TABLE.key else None
    if any((ord(one) < 32 and one not in "\t\n\r") or 127 <= ord(one) < 160 for one in text):
        return BAD
    if any("\ufdd0" <= one <= "\ufdef" or one in "\ufffe\uffff" for one in text):
        return BAD
    if text in EXCEL_ERRORS or len(text) > 32_767:
        return BAD
    is_identifier = column.name.endswith("_id")
    return BAD if is_identifier and (text in NOTHING or _was_number(text)) else text


def _was_number(text: str) -> bool:
    digits, dot, rest = text.partition(".")
    if dot and _ascii_digits(digits) and rest and not rest.strip("0"):
        return True
    mantissa, e, power = text.lower().partition("e+")
    whole, dot, part = mantissa.partition(".")
    return bool(
        e and _ascii_digits(power) and _ascii_digits(whole) and (not dot or _ascii_digits(part))
    )


def _ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _date(text: str) -> Value:
    if not text:
        return None
    day = _serial(text) or _iso(text) or _uk(text)
    if day is None:
        return BAD
    return None if day == dt.date(1900, 1, 1) else day


def _serial(text: str) -> dt.date | None:
    whole, dot, part = text.partition(".")
    if not _ascii_digits(whole) or (dot and not _ascii_digits(part)):
        return None
    if whole == "1" and not part.strip("0"):
        return dt.date(1900, 1, 1)
    if len(whole) not in (4, 5) or not 7306 <= int(whole) < 73051:
        return None
    return dt.date(1899, 12, 30) + dt.timedelta(days=int(whole))


def _iso(text: str) -> dt.date | None:
    day, rest = text[:10], text[10:]
    parts = day.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(map(_ascii_digits, parts)):
        return None
    for ending in ("Z", " Z"):
        if rest.endswith(ending):
            rest = rest.removesuffix(ending)
            break
    return _day(*map(int, parts)) if _is_time(rest) else None


def _uk(text: str) -> dt.date | None:
    day, space, rest = text.partition(" ")
    if not space:
        day, space, rest = text.partition("T")
    parts = day.split("/")
    if len(parts) != 3 or not all(map(_ascii_digits, parts)) or len(parts[2]) != 4:
        return None
    if len(parts[0]) > 2 or len(parts[1]) > 2 or (space and not rest):
        return None
    if not _is_time(space + rest):
        return None
    return _day(int(parts[2]), int(parts[1]), int(parts[0]))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= year <= 2100 else None


def _is_time(text: str) -> bool:
    if not text:
        return True
    if text[0] not in " T":
        return False
    parts = text[1:].replace(",", ".").split(":")
    if len(parts) not in (2, 3) or not 1 <= len(parts[0]) <= 2 or len(parts[1]) != 2:
        return False
    seconds, dot, fraction = (parts[2] if len(parts) == 3 else "00").partition(".")
    if (dot and not _ascii_digits(fraction)) or len(seconds) != 2:
        return False
    if not all(map(_ascii_digits, (*parts[:2], seconds))):
        return False
    return int(parts[0]) < 24 and int(parts[1]) < 60 and int(seconds) < 60


def _number(text: str) -> Value:
    if not text:
        return None
    if "_" in text or not text.isascii() or text[-1].isalpha() or text.strip("+-.0123456789eE,"):
        return BAD
    whole, dot, rest = text.lstrip("+-").partition(".")
    if "," in text:
        groups = whole.split(",")
        first, others = groups[0], groups[1:]
        if "," in rest or not 1 <= len(first) <= 3 or any(len(one) != 3 for one in others):
            return BAD
        if not all(map(_ascii_digits, groups)) or (dot and not _ascii_digits(rest)):
            return BAD
    try:
        found = float(text.replace(",", ""))
    except ValueError:
        return BAD
    return BAD if math.isinf(found) else found

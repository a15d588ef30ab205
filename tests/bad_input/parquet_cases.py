"""Parquet files: types, lists, values that repeat, and files that are none."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .case import Case, Gap, Same, aside
from .inbox import GOOD, PLANS
from .workbooks import give

PEOPLE, DAYS, KINDS = (list(column) for column in zip(*GOOD[PLANS][1:], strict=True))
CLOSED = "cannot be opened as Parquet: write the file again"


def parquet(people: Any = PEOPLE, days: Any = DAYS, kinds: Any = KINDS) -> bytes:
    rows = pa.table({"person_id": people, "plan_date": days, "plan_type": kinds})
    content = io.BytesIO()
    pq.write_table(rows, content)
    return content.getvalue()


def file(content: bytes):
    return give(content, ".parquet")


def changed(values: list[Any], row: int, value: Any) -> list[Any]:
    return [value if at == row else one for at, one in enumerate(values, start=2)]


REAL = [dt.date.fromisoformat(day) for day in DAYS]
NO_UTF8 = pa.array([one.encode() for one in KINDS[:-1]] + [b"Zo\xeb"], pa.binary())
CASES = [
    Case("a Parquet file with real dates", file(parquet(days=REAL)), Same()),
    Case(
        "a Parquet file with times of day",
        file(parquet(days=[dt.datetime.combine(day, dt.time(13, 45)) for day in REAL])),
        Same(),
    ),
    Case(
        "a Parquet file with a date of the year 9999",
        file(parquet(days=changed(REAL, 4, dt.date(9999, 12, 31)))),
        aside(4, "plan_date", "9999-12-31", "is not a date we can read"),
    ),
    Case(
        "a Parquet file with lists in a column",
        file(parquet(kinds=[[one] for one in KINDS])),
        Gap("has lists or records in plan_type"),
    ),
    Case(
        "a Parquet file with bytes that are no letters",
        file(parquet(kinds=NO_UTF8)),
        aside(14, "plan_type", r"Zo\xeb", "holds characters that are no text"),
    ),
    Case(
        "a Parquet file with text that is no UTF-8",
        file(parquet(kinds=pa.StringArray.from_buffers(13, *NO_UTF8.buffers()[1:]))),
        aside(14, "plan_type", r"Zo\xeb", "holds characters that are no text"),
    ),
    Case(
        "a Parquet bomb: 50 MB of one word in a file of 5 KB",
        file(parquet(["P1"] * 50_000, ["2025-01-01"] * 50_000, ["x" * 1000] * 50_000)),
        Gap("comes to more than 30 MB once it is unpacked"),
        limits={"PACK_MAX_UNPACKED_MB": "30"},
    ),
    Case("a Parquet file that is cut off", file(parquet()[:-100]), Gap(CLOSED)),
    Case("a CSV named .parquet", file(b"person_id,plan_date,plan_type\n"), Gap(CLOSED)),
    Case("an empty Parquet file", file(b""), Gap(CLOSED)),
]

"""Damage a file, read it both ways, and hold one against the other."""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
from rich.console import Console
from rich.progress import track

from pipeline.casting import READABLE, CastTable, cast_table
from pipeline.limits import Limits
from pipeline.read_table import FileUnreadable, ReadTable
from pipeline.reading import read_file

from . import damage, good_files, naive_text, naive_values, naive_workbook
from .good_files import HEADER, TABLE
from .naive_text import Reading

LIMITS = Limits(file_mb=2, unpacked_mb=8, rows=5_000, columns=200, workbook_memory_mb=1_500)
NO_AREAS = pa.table({"prefix": pa.array([], pa.string()), "council": pa.array([], pa.string())})
_AT_A_TIME = 100
Facts = list[tuple[naive_values.Value, ...]]


class Differs(AssertionError):
    """The two readings do not agree; the text says how, the file is kept beside."""


@dataclass
class Figures:
    """What came of the files: how many were taken over whole, in part, or refused."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: float = 0.0
    seconds: float = 0.0
    memory_mb: int = 0
    memory_of_workbooks_mb: int = 0

    def add(self, other: Figures) -> None:
        """Take in the figures of other files; ``seconds`` are the whole's own."""
        self.outcomes += other.outcomes
        self.slowest = max(self.slowest, other.slowest)
        self.memory_mb = max(self.memory_mb, other.memory_mb)
        self.memory_of_workbooks_mb = max(self.memory_of_workbooks_mb, other.memory_of_workbooks_mb)

    def lines(self) -> list[str]:
        kinds = sorted({kind for kind, _ in self.outcomes})
        found = [
            f"{kind}: "
            + ", ".join(
                f"{n} {what}" for (k, what), n in sorted(self.outcomes.items()) if k == kind
            )
            for kind in kinds
        ]
        return [
            *found,
            f"{self.outcomes.total()} files in {self.seconds:.0f} s, the slowest took "
            f"{self.slowest:.1f} s; most memory {self.memory_mb} MB, of a workbook's process "
            f"{self.memory_of_workbooks_mb} MB",
        ]


def fuzz(files: int, seed: int, processes: int = 1) -> Figures:
    """Damage that many files; raise Differs at the first that is read otherwise than it should be.

    The same seed gives the same files, however many processes share them.
    """
    figures, begun = Figures(), time.monotonic()
    parts = [range(first, min(first + _AT_A_TIME, files)) for first in range(0, files, _AT_A_TIME)]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        read = pool.map(partial(_fuzz_some, seed), parts)
        for part in track(read, "damaged files", len(parts), console=Console(stderr=True)):
            figures.add(part)
    figures.seconds = time.monotonic() - begun
    return figures


def _fuzz_some(seed: int, numbers: range) -> Figures:
    figures = Figures()
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        for number in numbers:
            rng = random.Random(f"{seed}-{number}")
            kind, content = _damaged(rng)
            path = Path(folder) / f"ssd_cla_placement.{kind}"
            path.write_bytes(content)
            start = time.monotonic()
            figures.outcomes[kind, _outcome(connection, path, content, f"{seed}-{number}")] += 1
            figures.slowest = max(figures.slowest, time.monotonic() - start)
    figures.memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures.memory_of_workbooks_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return figures


def _damaged(rng: random.Random) -> tuple[str, bytes]:
    kind = rng.choice(("csv", "csv", "csv", "xlsx", "parquet"))
    rows = good_files.rows(rng)
    if rng.random() < 0.5:
        rows = damage.cells_of(rng, rows)
    content = _WRITERS[kind](rng, rows)
    chance = rng.random()
    if kind == "xlsx" and chance < 0.6:
        return kind, damage.sheet_of(rng, content)
    return kind, damage.bytes_of(rng, content) if chance < 0.8 else content


def _outcome(connection: duckdb.DuckDBPyConnection, path: Path, content: bytes, name: str) -> str:
    try:
        read = read_file(path, TABLE, LIMITS)
    except FileUnreadable as problem:
        assert len(str(problem)) > 10
        return "refused"
    if read.header.missing:
        return "refused for its columns"
    cast = cast_table(connection, TABLE, read, path.name, NO_AREAS, LIMITS)
    try:
        return _compare(path, content, read, cast)
    except Differs as difference:
        kept = Path("/tmp") / f"differs-{name}{path.suffix}"
        kept.write_bytes(content)
        raise Differs(f"{kept}: {difference}") from None


def _compare(path: Path, content: bytes, read: ReadTable, cast: CastTable) -> str:
    try:
        naive = _NAIVE[path.suffix](content, path)
    except Exception as error:
        return _alone(read, cast, error)
    if not naive.has_header:
        raise Differs("a header was found where there is none")
    ours = _facts(cast)
    theirs = {number: _meaning(cells) for number, cells in naive.rows.items()}
    readable: Facts = [row for row in theirs.values() if row is not None]
    if naive.is_clear:
        _require(
            ours == {number: row for number, row in theirs.items() if row is not None}, ours, theirs
        )
        refused = _refused_rows(cast)
        _require(
            refused == {number for number, row in theirs.items() if row is None}, refused, theirs
        )
        return "whole" if not refused else "in part"
    _require(_is_part(list(ours.values()), readable), ours, theirs)
    lost = len(readable) - len(ours)
    _require(lost <= cast.refused_rows, ours, theirs)
    return "in part" if cast.refused_rows else "whole"


def _alone(read: ReadTable, cast: CastTable, error: Exception) -> str:
    """The other library cannot read the file, so nothing says that what we read is wrong."""
    return f"read where the other cannot ({type(error).__name__})"


def _meaning(cells: list[str] | None) -> tuple[naive_values.Value, ...] | None:
    return None if cells is None else naive_values.row_of(cells)


def _facts(cast: CastTable) -> dict[int, tuple[naive_values.Value, ...]]:
    rows = cast.rows.select([*HEADER, "source_row"]).to_pylist()
    return {row.pop("source_row"): tuple(row.values()) for row in rows}


def _refused_rows(cast: CastTable) -> set[int]:
    rows = cast.everything.select(["source_row", READABLE]).to_pylist()
    return {row["source_row"] for row in rows if not row[READABLE]}


def _is_part(some: Facts, every: Facts) -> bool:
    left = iter(every)
    return all(any(row == other for other in left) for row in some)


def _require(holds: bool, ours: object, theirs: object) -> None:
    if not holds:
        raise Differs(f"ours {ours}\ntheirs {theirs}")


_WRITERS: dict[str, Callable[[random.Random, list[good_files.Row]], bytes]] = {
    "csv": good_files.text_file,
    "xlsx": good_files.workbook,
    "parquet": good_files.parquet,
}
_NAIVE: dict[str, Callable[[bytes, Path], Reading]] = {
    ".csv": lambda content, path: naive_text.read(content),
    ".xlsx": lambda content, path: naive_workbook.read_workbook(content),
    ".parquet": lambda content, path: naive_workbook.read_parquet(content, str(path)),
}

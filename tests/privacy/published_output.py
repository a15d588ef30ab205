"""What every published output must hold to: who may open a file, and what the open ones say."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.checking.documents import READABLE, texts
from pipeline.checking.identifiers import Identifiers
from pipeline.privacy.person import text
from pipeline.privacy.register import PERSONAL


def is_public(path: Path, out: Path) -> bool:
    """Whether a file is one of those that may be handed on: the pack, and what stands beside it."""
    parts = path.relative_to(out).parts
    if parts[0] in ("private", "restricted") or "as-of" in parts[0]:
        return False
    return len(parts) < 2 or parts[1] != "restricted"


def too_open(out: Path) -> list[str]:
    """Every file and folder that others than its owner may open and that is not public."""
    return [
        f"{path.relative_to(out)} {path.stat().st_mode & 0o777:o}"
        for path in sorted(out.rglob("*"))
        if not is_public(path, out) and path.stat().st_mode & 0o077
    ]


def names_somebody(out: Path, identifiers: Identifiers) -> list[str]:
    """Every public file in which an id or a date of birth stands."""
    found = []
    for path in sorted(out.rglob("*")):
        if path.is_file() and is_public(path, out):
            words = "\n".join(_words(path))
            if identifiers.stand_in(words) or identifiers.births_in(words):
                found.append(str(path.relative_to(out)))
    return found


def identifiers_of(root: Path, la: str) -> Identifiers:
    """All that names a child in the landed extracts of a council."""
    ids: set[str] = set()
    births = set()
    with duckdb.connect() as connection:
        for table, about in PERSONAL.items():
            columns = [about.person] if about.person else []
            for column in (*columns, *about.births):
                for path in (root / table / f"la={la}").glob("*/*.parquet"):
                    query = f"select distinct {column} from read_parquet({text(path)})"
                    values = {row[0] for row in connection.execute(query).fetchall()} - {None}
                    (births if column in about.births else ids).update(values)
    return Identifiers(frozenset(ids), frozenset(births))


def _words(path: Path) -> list[str]:
    if path.suffix in READABLE:
        return list(texts(path))
    if path.suffix == ".parquet":
        with duckdb.connect() as connection:
            rows = connection.execute(f"select * from read_parquet({text(path)})").fetchall()
        return [str(cell) for row in rows for cell in row if isinstance(cell, str)]
    return [path.read_text(encoding="utf-8")]

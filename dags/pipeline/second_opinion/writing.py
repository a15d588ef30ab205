"""Write a month's second opinion: two tables and a page, for their owner alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.folders import exchange
from pipeline.month import Month
from pipeline.results import plain
from pipeline.second_opinion.findings import Finding, OurIssue
from pipeline.second_opinion.validator import Opinion

FINDING_COLUMNS = ("child", "rule", "words", "table", "row")
RULE_COLUMNS = ("rule", "words", "status", "why", "rows_found", "seconds")
PAGE = "second-opinion.html"


def folder_of(out: Path, month: Month) -> Path:
    """Return where a month's second opinion stands."""
    return out / "restricted" / "second-opinion" / str(month)


def write(
    out: Path,
    month: Month,
    opinion: Opinion,
    found: Sequence[Finding],
    ours: Sequence[OurIssue] | None,
) -> Path:
    """Write findings.csv, rules.csv and the page, in place of those of an earlier run.

    The folder is put in place whole, and nobody but its owner can open it. Returns the page.
    """
    from reporting.officers.second_opinion import render

    rules = [(r.code, r.words, r.status, r.why, r.rows_found, r.seconds) for r in opinion.rules]
    rows = [(one.child, one.rule, one.words, one.table, one.row) for one in found]
    texts = {
        "findings.csv": _csv(FINDING_COLUMNS, rows),
        "rules.csv": _csv(RULE_COLUMNS, rules),
        PAGE: render(str(month), opinion, found, ours),
    }
    target = folder_of(out, month)
    _closed_folder(target.parent)
    staged = target.with_name(f".{target.name}.part")
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    for name, text in texts.items():
        _write_text(staged / name, text)
    _move_in(staged, target)
    return target / PAGE


def _closed_folder(folder: Path) -> None:
    """``restricted/`` is left as the marts have it: officers of a group may be let in there."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def _write_text(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = (",".join(plain(value, {}) for value in row) for row in rows)
    return "\n".join([",".join(columns), *lines]) + "\n"


def _move_in(staged: Path, target: Path) -> None:
    if target.exists() and exchange(staged, target):
        shutil.rmtree(staged)
        return
    shutil.rmtree(target, ignore_errors=True)
    staged.rename(target)

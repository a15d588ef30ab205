"""Ask the installed validator: one process of its own Python, one answer for each rule."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.inboxes import ROOT
from pipeline.refusal import PublicationRefused
from pipeline.second_opinion.returns import VALIDATOR_NAMES, ReturnFile

ENVIRONMENT = ROOT / ".venv-validator"
RULE_SECONDS = 120.0
ALL_SECONDS = 3600.0
RUN, NOT_RUN = "run", "not run"
_PROGRAM = Path(__file__).with_name("run_rules.py")
_YEARS = {False: "This year", True: "Prev year"}
_COUNCIL = re.compile(r"[EWSN]\d{8}")


@dataclass(frozen=True)
class Rule:
    """What came of one rule. ``found`` are row positions, 0 for the first, by validator's table.

    ``why`` says why it did not run, or why the answer of a rule that ran is not sure.
    """

    code: str
    words: str
    status: str
    why: str
    seconds: float
    found: Mapping[str, Sequence[int]]

    @property
    def rows_found(self) -> int:
        """How many rows it says are wrong."""
        return sum(len(rows) for rows in self.found.values())


@dataclass(frozen=True)
class Opinion:
    """The answers of all rules, in the order of their codes; the version and year of the rules."""

    version: str
    rules_of: int
    rules: tuple[Rule, ...]

    def with_status(self, status: str) -> tuple[Rule, ...]:
        """The rules that ran, or those that did not."""
        return tuple(rule for rule in self.rules if rule.status == status)


def python_of(environment: Path = ENVIRONMENT) -> Path:
    """Return the validator's Python; refuse where it is not, or only half, installed."""
    if not any(environment.glob(".ready-*")):
        raise PublicationRefused("The validator is not installed. Install it once: make validator")
    return environment / "bin" / "python"


def table_name(file: ReturnFile) -> str:
    """Return what the validator calls a file."""
    return VALIDATOR_NAMES[file.table] + ("_last" if file.is_last_year else "")


def ask(
    python: Path,
    files: Iterable[ReturnFile],
    year: int,
    council: str,
    rule_seconds: float = RULE_SECONDS,
    all_seconds: float = ALL_SECONDS,
    rules: Collection[str] = (),
) -> Opinion:
    """Run every rule on the files and return the answers; refuse where there is no answer at all.

    ``rules`` names those to run, where not all are wanted. The files go through a pipe, so that
    nothing of them is left on the disk.
    """
    request = {
        "collection_year": year,
        "council": council if _COUNCIL.fullmatch(council) else None,
        "seconds": rule_seconds,
        "rules": sorted(rules) or None,
        "files": [_given(file) for file in files],
    }
    ended = _run(python, json.dumps(request), all_seconds)
    return _opinion([json.loads(line) for line in ended.stdout.splitlines()], ended.returncode)


def _run(python: Path, request: str, seconds: float) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [str(python), "-s", "-P", str(_PROGRAM)],
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=_environment(),
            text=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PublicationRefused(
            f"The validator gave no answer within {seconds:g} seconds. Nothing was written."
        ) from None


def _given(file: ReturnFile) -> dict[str, object]:
    return {
        "table": VALIDATOR_NAMES[file.table],
        "year": _YEARS[file.is_last_year],
        "absent": file.absent,
        "content": file.content,
    }


def _environment() -> dict[str, str]:
    """No settings of ours, no threads, and the same answer twice."""
    fixed = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
    return {"PATH": os.environ.get("PATH", ""), **fixed}


def _opinion(lines: list[dict[str, Any]], status: int) -> Opinion:
    first, last = (lines[0], lines[-1]) if lines else ({}, {})
    if "failed" in last:
        raise PublicationRefused(f"The validator could not read the files: {last['failed']}")
    if not last.get("done"):
        raise PublicationRefused(
            f"The validator stopped (status {status}) before every rule was asked. Nothing was "
            "written. Install it again: rm -r .venv-validator; make validator"
        )
    rules = tuple(_rule(line) for line in lines[1:-1])
    return Opinion(str(first["version"]), int(first["rules_of"]), rules)


def _rule(line: Mapping[str, Any]) -> Rule:
    return Rule(
        code=line["rule"],
        words=line["words"],
        status=line["status"],
        why=line["why"],
        seconds=line["seconds"],
        found=line["found"],
    )

"""``make audit``: are there known faults in the locked packages?

    python -m requirements.audit PIP_AUDIT

asks the advisory database of the Python Package Index about every lock. Ends with status 0 where
the database answered for every package and knows no fault, 1 where it knows one, and 2 where it
did not answer: what could not be asked is not called clean.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
# runtime.txt is part of lock.txt.
LOCKS = ("lock.txt", "uv.txt", "validator.txt", "pdfcheck.txt", "audit.txt")
_OPTIONS = ("--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json")
_MOST_NAMES = 5


@dataclass(frozen=True)
class Answer:
    """What the database says of one lock: faults by package, and what it said nothing about."""

    lock: str
    asked: int
    faults: Mapping[str, tuple[str, ...]]
    unanswered: tuple[str, ...]

    @property
    def lines(self) -> Iterable[str]:
        """The answer in plain words."""
        known = self.asked - len(self.unanswered)
        yield f"{self.lock}: {known} of {self.asked} packages looked up, {len(self.faults)} faulty"
        for name, faults in self.faults.items():
            yield f"  {name}: {', '.join(faults)}"
        if self.unanswered:
            names = ", ".join(self.unanswered[:_MOST_NAMES])
            more = len(self.unanswered) - _MOST_NAMES
            yield f"  nothing is known about {names}{f' and {more} more' if more > 0 else ''}"


def read(lock: str, report: Mapping[str, Any]) -> Answer:
    """Read pip-audit's report on one lock."""
    rows = report["dependencies"]
    faults = {f"{one['name']} {one['version']}": _faults(one) for one in rows if one.get("vulns")}
    unanswered = tuple(one["name"] for one in rows if "skip_reason" in one)
    return Answer(lock, len(rows), faults, unanswered)


def verdict(answers: Sequence[Answer | None]) -> tuple[int, str]:
    """Return the exit status and the last line; None stands for a lock without an answer."""
    known = [answer for answer in answers if answer is not None]
    if any(answer.faults for answer in known):
        return 1, "There are known faults: move those packages, lock again, run the tests."
    if len(known) < len(answers) or any(answer.unanswered for answer in known):
        return 2, (
            "The advisory database could not be asked about everything, so this is no clean "
            "bill. It needs the internet: try again from a machine that reaches pypi.org."
        )
    return 0, "No known fault in any locked package."


def ask(program: str, lock: str) -> Answer | None:
    """Ask about one lock; None where there was no answer."""
    command = [program, *_OPTIONS, "-r", str(FOLDER / lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return read(lock, json.loads(done.stdout))
    except ValueError:
        reason = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"{lock}: not looked up: {reason[:200]}")
        return None


def main(arguments: Sequence[str]) -> int:
    """Ask about every lock and say what came of it."""
    answers = []
    for lock in LOCKS:
        answer = ask(arguments[0], lock)
        answers.append(answer)
        if answer is not None:
            print(*answer.lines, sep="\n")
    status, told = verdict(answers)
    print(told)
    return status


def _faults(package: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_fault(one) for one in package["vulns"])


def _fault(one: Mapping[str, Any]) -> str:
    mended = one.get("fix_versions") or []
    return f"{one['id']} ({f'mended in {mended[0]}' if mended else 'not mended yet'})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Run by the validator's own Python, alone: every rule by itself, one line of JSON for each.

    .venv-validator/bin/python run_rules.py < request.json

The request is ``{"collection_year": 2027, "council": "E06000001" or null, "seconds": 60,
"rules": ["101"] or null, "files": [{"table": "Header", "year": "This year", "absent": ["UPN"],
"content": "CHILD,..."}]}``. ``year`` is "This year" or "Prev year", ``absent`` are columns the
council did not give, and no list of rules asks them all.

The first line of the answer names the rules, the last is ``{"done": true}``; where nothing could
be read there is one line, ``{"failed": "why"}``.

Each rule runs in a process forked from the one that has read the files. So it starts from the same
fresh rows as all others, whatever they did to theirs, and one that crashes, hangs or runs out of
memory is named as not run and stops no other. Then it is asked again, with the rows of every file
in another order: the answer of a sound rule does not change.

Imports nothing of this project, which is not there in that environment.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import logging
import multiprocessing
import os
import pkgutil
import re
import signal
import sys
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from multiprocessing.connection import Connection
from typing import Any, TextIO

PACKAGE = "csc-validator-be-903"
_FORK = multiprocessing.get_context("fork")
_LONGEST_REASON = 200
RUN, NOT_RUN = "run", "not run"
LAST_YEAR = "Prev year"

# Rows by table: what a rule says is wrong.
Found = dict[str, list[int]]


@dataclass(frozen=True)
class Answer:
    """What came of one rule; ``found`` holds row positions, 0 for the first, by table."""

    status: str
    why: str
    seconds: float
    found: Found


def main() -> None:
    """Answer the request that stands in the standard input."""
    with _answers() as answers:
        try:
            _answer(json.load(sys.stdin), answers)
        except Exception as problem:
            _say(answers, {"failed": _words(problem)})


@contextlib.contextmanager
def _answers() -> Iterator[TextIO]:
    """The real standard output; what the rules print goes where the library's log goes."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        yield answers


def _answer(request: Mapping[str, Any], answers: TextIO) -> None:
    from lac_validator.rules.ruleset_utils import get_year_ruleset

    year = _nearest_year(int(request["collection_year"]))
    rules = get_year_ruleset(str(year))
    store = _store(request)
    mixed, positions = _mixed(store)
    lacking = _lacking(request)
    _say(answers, {"version": importlib.metadata.version(PACKAGE), "rules_of": year})
    for code, rule in sorted(rules.items(), key=_by_number):
        if request["rules"] and code not in request["rules"]:
            continue
        answer = _asked_twice(rule, store, mixed, positions, request["seconds"])
        about = {"rule": str(code), "words": str(rule.message)}
        _say(answers, {**about, **asdict(_in_plain_words(answer, lacking))})
    _say(answers, {"done": True})


def _by_number(rule: tuple[str, Any]) -> tuple[int, str]:
    number = re.match(r"\d+", rule[0])
    return int(number[0]) if number else sys.maxsize, rule[0]


def _say(answers: TextIO, line: Mapping[str, Any]) -> None:
    answers.write(json.dumps(line) + "\n")
    answers.flush()


def _nearest_year(wanted: int) -> int:
    """The collection year, named by the March it ends in, whose rules the validator has."""
    import lac_validator.rules

    names = (one.name for one in pkgutil.iter_modules(lac_validator.rules.__path__))
    years = [2000 + int(name[-2:]) for name in names if name.startswith("lac20")]
    return min(years, key=lambda year: (abs(year - wanted), year))


def _store(request: Mapping[str, Any]) -> dict[str, Any]:
    """The files as the validator reads them; a column that was not given is taken out again."""
    from lac_validator.datastore import create_datastore
    from lac_validator.ingress import read_from_text

    files = [
        {
            "name": f"{file['table']}.csv",
            "description": file["year"],
            "file_content": file["content"].encode(),
        }
        for file in request["files"]
    ]
    tables, more = read_from_text(files)
    metadata = {
        **more,
        "collectionYear": str(request["collection_year"]),
        "localAuthority": request["council"] or "",
    }
    store: dict[str, Any] = create_datastore(tables, metadata)
    _take_out_what_was_not_given(store, request)
    return store


def _take_out_what_was_not_given(store: dict[str, Any], request: Mapping[str, Any]) -> None:
    """Then a rule that needs it fails, and says so, instead of finding it blank in every row."""
    for file in request["files"]:
        name = file["table"] + ("_last" if file["year"] == LAST_YEAR else "")
        store[name] = store[name].drop(columns=file["absent"])
    if request["council"]:
        return
    store["metadata"] = {k: v for k, v in store["metadata"].items() if k != "localAuthority"}
    for name in ("Episodes", "Episodes_last"):
        if name in store:
            store[name] = store[name].drop(columns=["PL_LOCATION"])


def _lacking(request: Mapping[str, Any]) -> dict[str, str]:
    """What was taken out, as an error names it, and what a person calls it."""
    council = "the council's code"
    lacking = {} if request["council"] else {"localAuthority": council, "PL_LOCATION": council}
    for file in request["files"]:
        lacking.update({name: f"{name} of {_file(file['table'])}" for name in file["absent"]})
    return lacking


def _in_plain_words(answer: Answer, lacking: Mapping[str, str]) -> Answer:
    named = (words for name, words in lacking.items() if f"'{name}'" in answer.why)
    words = next(named, None) if answer.status == NOT_RUN else None
    return replace(answer, why=f"not given: {words}") if words else answer


def _mixed(store: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """The same rows in another order, the same one each time, and where each stood before."""
    mixed, positions = {}, {}
    for name, rows in store.items():
        if name == "metadata":
            mixed[name] = dict(rows)
            continue
        in_disorder = rows.sample(frac=1, random_state=1)
        positions[name] = [int(one) for one in in_disorder.index]
        mixed[name] = in_disorder.reset_index(drop=True)
    return mixed, positions


def _asked_twice(rule: Any, store: Any, mixed: Any, positions: Any, seconds: float) -> Answer:
    receiving, sending = _FORK.Pipe(duplex=False)
    arguments = (rule, (store, mixed), sending, seconds)
    process = _FORK.Process(target=_run, args=arguments, daemon=True)
    process.start()
    sending.close()
    try:
        first = _received(receiving, seconds)
        second = _received(receiving, seconds) if first.status == RUN else first
    finally:
        process.kill()
        process.join()
        receiving.close()
    return first if first.status != RUN else _compared(first, second, positions)


def _received(receiving: Connection, seconds: float) -> Answer:
    try:
        if receiving.poll(seconds):
            return Answer(*receiving.recv())
    except EOFError:
        return Answer(NOT_RUN, "its process ended without an answer", 0.0, {})
    return Answer(NOT_RUN, f"it took longer than {seconds:g} seconds", seconds, {})


def _compared(first: Answer, second: Answer, positions: Mapping[str, list[int]]) -> Answer:
    put_back = {
        table: sorted(positions[table][row] for row in rows) for table, rows in second.found.items()
    }
    why = ""
    if second.status != RUN:
        why = f"not sure: with the rows in another order it did not run ({second.why})"
    elif put_back != first.found:
        counts = f"{_rows(first.found)} as given, {_rows(put_back)} then"
        why = f"not sure: with the rows in another order it names other rows ({counts})"
    return Answer(RUN, why, round(first.seconds + second.seconds, 3), first.found)


def _rows(found: Found) -> int:
    return sum(len(rows) for rows in found.values())


def _run(rule: Any, stores: Iterable[Any], sending: Connection, seconds: float) -> None:
    # Where whoever waits is stopped, a rule that hangs ends all the same.
    signal.alarm(int(2 * seconds) + 1)
    for store in stores:
        started = time.monotonic()
        try:
            status, why, found = _result(rule, store)
        except BaseException as problem:
            status, why, found = NOT_RUN, f"it crashed: {_words(problem)}", {}
        sending.send((status, why, round(time.monotonic() - started, 3), found))


def _result(rule: Any, store: Any) -> tuple[str, str, Found]:
    result = rule.func(store)
    if not result:
        return NOT_RUN, _what_it_lacks(rule, store), {}
    found = {table: _positions(rows, len(store[table])) for table, rows in result.items()}
    return RUN, "", {table: rows for table, rows in found.items() if rows}


def _positions(rows: Iterable[Any], length: int) -> list[int]:
    """The rows that exist: some rules name a blank, a row twice or one that is not there."""
    numbers = (row for row in rows if isinstance(row, int | float) or hasattr(row, "item"))
    positions = {int(row) for row in numbers if row == row}
    return sorted(row for row in positions if 0 <= row < length)


def _what_it_lacks(rule: Any, store: Any) -> str:
    given = {name.lower() for name in store}
    lacking = [_file(name) for name in rule.tables or () if name and name.lower() not in given]
    if not lacking:
        return "it gave no answer: it lacks a file, or is not for CSV files"
    return f"not given: {', '.join(lacking)}"


def _file(name: str) -> str:
    """What a person calls a table of the validator; its rules spell some in several ways."""
    if name.lower().endswith("_last"):
        return f"last year's {_file(name[: -len('_last')])}"
    return {"provider info": "Ofsted's list of providers"}.get(name.lower(), name.lower())


def _words(problem: BaseException) -> str:
    return f"{type(problem).__name__}: {problem}".splitlines()[0][:_LONGEST_REASON]


if __name__ == "__main__":
    main()

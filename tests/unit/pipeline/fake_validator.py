"""A stand-in for the validator's environment: its few entry points, and rules that misbehave."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

_FILES = {
    "csc_validator_be_903-0.0.dist-info/METADATA": "Name: csc-validator-be-903\nVersion: 0.0\n",
    "lac_validator/__init__.py": "",
    "lac_validator/datastore.py": """
def create_datastore(data, metadata):
    return {**data, "metadata": metadata}
""",
    "lac_validator/ingress.py": """
from io import BytesIO
import pandas as pd

def read_from_text(raw_files):
    read = {}
    for file in raw_files:
        last = "_last" if file["description"] == "Prev year" else ""
        content = BytesIO(file["file_content"])
        rows = pd.read_csv(content, dtype=str, keep_default_na=False)
        if file["name"] == "Episodes.csv":
            rows["PL_LOCATION"] = "IN"
        read[file["name"].removesuffix(".csv") + last] = rows
    return read, {"file_format": "csv"}
""",
    "lac_validator/rules/__init__.py": "",
    "lac_validator/rules/lac2024_25/__init__.py": "",
    "lac_validator/rules/lac2026_27/__init__.py": "",
    "lac_validator/rules/ruleset_utils.py": """
import os, time
from types import SimpleNamespace

def sex(store):
    header = store["Header"]
    return {"Header": [i for i, value in enumerate(header["SEX"]) if value not in ("1", "2")]}

def changes_its_rows(store):
    is_fresh = store["metadata"]["collectionYear"] == "2027"
    store["Header"].loc[:, "SEX"] = "9"
    store["metadata"]["collectionYear"] = "1999"
    return {"Header": [] if is_fresh else [0]}

def crashes(store):
    raise ValueError("no such thing")

def hangs(store):
    time.sleep(60)

def dies(store):
    os._exit(1)

def prints(store):
    print("{not json")
    return {"Header": [0, 0, 0.0, float("nan"), None, 99, -1]}

RULES = {
    "101": (sex, "Sex is not valid.", ["Header"]),
    "102": (crashes, "Crashes.", ["Header"]),
    "103": (hangs, "Hangs.", ["Header"]),
    "104": (dies, "Dies.", ["Header"]),
    "105": (lambda store: {}, "Compares.", ["Episodes", "Episodes_last", "Provider Info"]),
    "106": (changes_its_rows, "Changes its rows.", ["Header"]),
    "107": (sex, "Sex is not valid, asked again.", ["Header"]),
    "108": (lambda store: {"Header": [0]}, "First come.", ["Header"]),
    "109": (lambda store: {"Header": store["Header"]["UPN"][:0]}, "UPN.", ["Header"]),
    "110": (prints, "Prints.", ["Header"]),
    "111": (lambda store: {"Header": [store["metadata"]["localAuthority"]]}, "Council.", None),
    "112": (lambda store: {"Episodes": store["Episodes"]["PL_LOCATION"].index}, "Out.", ["HEADER"]),
    "1000": (lambda store: {}, "Gives no answer.", ["Header"]),
}

def get_year_ruleset(year):
    rules = RULES if year == "2027" else {"1": (sex, year, [])}
    return {
        code: SimpleNamespace(code=code, func=func, message=words, tables=tables)
        for code, (func, words, tables) in rules.items()
    }
""",
}


def fake_environment(folder: Path) -> Path:
    """Write an environment whose Python is this one, with the stand-in for the validator."""
    for name, text in _FILES.items():
        path = folder / "packages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    packages = shlex.quote(str(folder / "packages"))
    fake_python(folder, f'PYTHONPATH={packages} exec {shlex.quote(sys.executable)} "$@"')
    (folder / ".ready-1").touch()
    return folder


def fake_python(folder: Path, command: str) -> Path:
    """Write a program that stands where the validator's Python would."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    python.chmod(0o700)
    return python

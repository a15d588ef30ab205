"""Write docs/bad-input.md from the cases: what happens to what, in plain English.

python -m tests.bad_input.page
"""

from __future__ import annotations

from pathlib import Path

from pipeline.limits import VARIABLES, Limits

from .case import Case, Gap, Outcome, Quarantined, Refused, Same
from .catalogue import CASES, PARTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bad-input.md"
INTRODUCTION = Path(__file__).with_name("page_introduction.md")
LIMITS = {
    "file_mb": "megabytes of one file",
    "unpacked_mb": "megabytes that a workbook or a Parquet file comes to once it is unpacked",
    "rows": "rows of one file",
    "columns": "columns of one file, also those that are not read",
    "cell_characters": "characters of one value; Excel allows no more",
    "workbook_memory_mb": "megabytes of memory for the process that reads a workbook",
    "workbook_seconds": "seconds for that process",
}
WHAT_HAPPENS = {
    Same: "read",
    Quarantined: "rows set aside",
    Gap: "table left out",
    Refused: "not published",
}


def page() -> str:
    """Return the whole page."""
    limits = "\n".join(
        f"| `{VARIABLES[name]}` | {getattr(Limits(), name):,} | {text} |"
        for name, text in LIMITS.items()
    )
    parts = [INTRODUCTION.read_text(encoding="utf-8").format(count=len(CASES), limits=limits)]
    parts += [_part(title, cases) for title, cases in PARTS.items()]
    return "\n".join(parts).rstrip() + "\n"


def _part(title: str, cases: list[Case]) -> str:
    rows = "\n".join(
        f"| {_cell(c.what)} | {_happens(c.outcome)} | {_cell(c.later) or _said(c.outcome)} |"
        for c in cases
    )
    return f"## {title}\n\n| what arrives | what happens | what is said |\n|---|---|---|\n{rows}\n"


def _happens(outcome: Outcome) -> str:
    if isinstance(outcome, Gap) and not outcome.says:
        return "read, with no rows"
    if isinstance(outcome, Same) and outcome.written:
        return "read as it is written"
    return WHAT_HAPPENS[type(outcome)]


def _said(outcome: Outcome) -> str:
    words: tuple[str, ...] = ()
    if isinstance(outcome, Quarantined):
        words = (outcome.lines[0][3],)
    elif isinstance(outcome, Gap):
        words = (outcome.says,)
    elif isinstance(outcome, Refused):
        words = outcome.says
    return _cell("; ".join(f"... {one} ..." for one in words if one))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

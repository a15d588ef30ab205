"""The page on data protection, made from the contract and the register of personal data.

``python -m pipeline.privacy.data_protection`` writes ``docs/data-protection.md`` again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.contract import EXTRACT_FAMILIES, Table, tables_of
from pipeline.marts import MARTS
from pipeline.privacy.pseudonyms import LEFT_OUT, PERSON_COLUMNS, RECORD_COLUMNS
from pipeline.privacy.register import PERSONAL, Personal

PAGE = Path(__file__).resolve().parents[3] / "docs" / "data-protection.md"
FAMILIES = (*EXTRACT_FAMILIES, "ssda903")
_WORDS = Path(__file__).parent / "data_protection.md"


def page() -> str:
    """Return the whole page as Markdown."""
    tables = "\n".join(_sections())
    marts = ", ".join(f"`{mart}`" for mart in MARTS)
    ids = ", ".join(f"`{name}`" for name in (*PERSON_COLUMNS, *RECORD_COLUMNS))
    left_out = ", ".join(f"`{name}`" for name in LEFT_OUT)
    words = _WORDS.read_text(encoding="utf-8")
    return (
        words.replace("{tables}", tables)
        .replace("{summary}", _summary())
        .replace("{marts}", marts)
        .replace("{ids}", ids)
        .replace("{left_out}", left_out)
    )


def _summary() -> str:
    """Say in figures what is held, for the first lines of an assessment."""
    tables = [table for family in FAMILIES for table in tables_of(family)]
    personal = [PERSONAL[table.name] for table in tables if table.name in PERSONAL]
    columns = sum(len(table.columns) for table in tables)
    births = sum(len(about.births) for about in personal)
    special = sum(len(about.special) for about in personal)
    offences = sum(len(about.offences) for about in personal)
    children = sum(about.is_of_a_child for about in personal)
    return (
        f"{len(tables)} tables with {columns} columns may be landed; {len(personal)} are about "
        f"people, {children} of them about single children or young people. {births} columns are "
        f"days of birth, {special} special category data (or may tell of it), {offences} data on "
        "offences."
    )


def _sections() -> Iterator[str]:
    for family in FAMILIES:
        yield f"### {family}\n"
        yield "| table | about | held for | names them | days of birth | special or offences |"
        yield "|---|---|---|---|---|---|"
        yield from (_row(table) for table in tables_of(family))
        yield "\nColumns that are landed; nothing else of a file is kept:\n"
        yield from (f"- `{table.name}`: {_columns(table)}" for table in tables_of(family))
        yield ""


def _row(table: Table) -> str:
    about = PERSONAL.get(table.name)
    if about is None:
        return f"| `{table.name}` | nobody | | | | |"
    cells = (about.about, about.why, _names(about), _code(about.births), _special(about))
    return f"| `{table.name}` | {' | '.join(cells)} |"


def _names(about: Personal) -> str:
    return _code([*([about.person] if about.person else []), *about.through])


def _special(about: Personal) -> str:
    told = [f"`{column}` ({what})" for column, what in about.special.items()]
    return ", ".join([*told, *(f"`{column}` (offences)" for column in about.offences)])


def _columns(table: Table) -> str:
    cut = {column.name for column in table.columns if column.postcode}
    names: Sequence[str] = [column.name for column in table.columns]
    return ", ".join(f"{name} (cut to its sector)" if name in cut else name for name in names)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""Text files: cut off, in another encoding, with quotation marks and separators out of place."""

from __future__ import annotations

from .case import Case, Gap, Quarantined, Same, aside
from .inbox import GOOD, LEAVERS, PLANS, Inbox, as_csv

HEADER = as_csv(GOOD[PLANS][:1])
BOTH = ("ext_pathway_plan", "ssd_care_leavers")
NOT_CLOSED = "a quotation mark is out of place here or not closed"
TEAM = "clea_care_leaver_allocated_team"


def content(change):
    return lambda inbox: inbox.put(PLANS, change(inbox.text(PLANS)))


def edit(old: str, new: str, file: str = PLANS):
    return lambda inbox: inbox.edit(file, old, new)


def recoded(encoding: str, file: str = LEAVERS):
    return lambda inbox: inbox.put(file, inbox.text(file).encode(encoding))


def _team_in_cp1252_in_one_row(inbox: Inbox) -> None:
    whole = inbox.text(LEAVERS).encode()
    first, second, rest = whole.split("Zoë".encode(), 2)
    inbox.put(LEAVERS, first + "Zoë".encode() + second + b"Zo\xeb" + rest)


def _separated_by(separator: str):
    return lambda inbox: inbox.write(PLANS, GOOD[PLANS], separator)


def _team(value: bytes):
    """Write the first care leaver's team, its last column, byte for byte."""
    return lambda inbox: inbox.put(
        LEAVERS, inbox.text(LEAVERS).encode().replace("Zoë’s team".encode(), value, 1)
    )


CUT = aside(14, "", None, "has 2 values where the header has 3 columns")
CASES = [
    Case("an empty file", content(lambda text: b""), Gap("lacks the required columns")),
    Case("a file of blank lines", content(lambda text: b"\n" * 40), Gap("lacks the required")),
    Case(
        "a header and no rows, where the table is optional",
        content(lambda text: HEADER.encode()),
        Gap("", ()),
    ),
    Case(
        "a header and no rows, where the table is needed",
        lambda inbox: inbox.write(LEAVERS, GOOD[LEAVERS][:1]),
        Gap("has no row"),
        LEAVERS,
    ),
    Case(
        "a file cut off in the middle of its last row",
        content(lambda text: text[: text.rindex(",")].encode()),
        CUT,
    ),
    Case(
        "a file cut off in the middle of its header",
        content(lambda text: text[:18].encode()),
        Gap("lacks the required columns plan_date, plan_type"),
    ),
    Case(
        "a file whose end was not copied and is empty bytes",
        content(lambda text: text[: text.rindex("2025-12")].encode() + bytes(20)),
        CUT,
    ),
    Case(
        "a file of nothing but empty bytes",
        content(lambda text: bytes(20_000)),
        Gap("is filled with empty bytes, as one that was not copied to its end"),
    ),
    Case("no line end after the last row", content(lambda text: text.rstrip().encode()), Same()),
    Case(
        "line ends of Windows",
        content(lambda text: text.replace("\n", "\r\n").encode()),
        Same(),
    ),
    Case(
        "line ends of an old Mac", content(lambda text: text.replace("\n", "\r").encode()), Same()
    ),
    Case(
        "blank lines between the rows",
        content(lambda text: text.replace("\n", "\n\n").encode()),
        Same(),
    ),
    Case(
        "titles above the header, and a line that names the separator",
        content(lambda text: b"sep=,\nPathway plans\n\n" + text.encode()),
        Same(),
    ),
    Case(
        "a last line that counts the rows",
        content(lambda text: text.encode() + b"(13 rows affected)\n"),
        aside(15, "", None, "has 1 values where the header has 3 columns"),
    ),
    Case(
        "the header once more among the rows",
        content(lambda text: text.encode() + HEADER.encode()),
        aside(15, "plan_date", "plan_date", "is not a date we can read"),
    ),
    Case("tabs between the values", _separated_by("\t"), Same()),
    Case("semicolons between the values", _separated_by(";"), Same()),
    Case(
        "bars between the values",
        _separated_by("|"),
        Gap("lacks the required columns person_id, plan_date, plan_type"),
    ),
    Case("UTF-8 with a byte order mark", recoded("utf-8-sig"), Same(), LEAVERS),
    Case("UTF-16 with a byte order mark", recoded("utf-16"), Same(), LEAVERS),
    Case("UTF-16 without one, low byte first", recoded("utf-16-le", PLANS), Same()),
    Case("UTF-16 without one, high byte first", recoded("utf-16-be", PLANS), Same()),
    Case("Windows-1252", recoded("cp1252"), Same(), LEAVERS),
    Case("UTF-32", recoded("utf-32"), Gap("is written in UTF-32: save it again"), LEAVERS),
    Case(
        "the code page of a mainframe",
        recoded("cp500", PLANS),
        Gap("lacks the required columns"),
    ),
    Case(
        "a row in Windows-1252 in a file that is UTF-8",
        _team_in_cp1252_in_one_row,
        aside(3, TEAM, r"Zo\xeb’s team", "holds characters that are no text"),
        LEAVERS,
    ),
    Case(
        "UTF-16 cut off in the middle of a letter",
        lambda inbox: inbox.put(LEAVERS, inbox.text(LEAVERS).rstrip().encode("utf-16")[:-1]),
        aside(14, TEAM, r"Zoë’s tea\x6d", "holds characters that are no text"),
        LEAVERS,
    ),
    Case(
        "an empty byte in a value",
        _team(b"Team\x00 5"),
        aside(2, TEAM, r"Team\x00 5", "holds characters that are no text"),
        LEAVERS,
    ),
    Case(
        "a value that would move a terminal's cursor",
        _team(b"\x1b[2JTeam"),
        aside(2, TEAM, r"\x1b[2JTeam", "holds characters that are no text"),
        LEAVERS,
    ),
    Case(
        "a comma in a value without quotation marks",
        edit("2025-03-17,Review", "2025-03-17,Review, second"),
        aside(4, "", None, "has 4 values where the header has 3 columns"),
    ),
    Case(
        "a quotation mark that is opened and never closed",
        edit("2025-12-24,Review", '2025-12-24,"Review'),
        aside(14, "", None, NOT_CLOSED),
    ),
    Case(
        "a quotation mark that is closed in the next row by another out of place",
        lambda inbox: inbox.put(
            LEAVERS,
            inbox.text(LEAVERS)
            .replace("2026-02-17,Zoë", '2026-02-17,"Zoë')
            .replace("2026-03-17,Zoë’s team", '2026-03-17,Zoë’s team"')
            .encode(),
        ),
        Quarantined(((3, "", None, NOT_CLOSED), (4, "", None, NOT_CLOSED))),
        LEAVERS,
    ),
    Case(
        "quotation marks inside a value that are not doubled",
        edit("2025-03-17,Review", '2025-03-17,"The "first" review"'),
        aside(4, "", None, NOT_CLOSED),
    ),
    Case(
        "quotation marks round every value",
        content(
            lambda text: "".join(
                '"' + line.replace(",", '","') + '"\n' for line in text.splitlines()
            ).encode()
        ),
        Same(),
    ),
    Case(
        "a comma, a quotation mark and a line end in a value, written as they should be",
        edit("2025-03-17,Review", '2025-03-17,"Review, ""second""\nof two"'),
        Same(((4, "plan_type", 'Review, "second"\nof two'),)),
    ),
    Case(
        "a value of a million letters",
        edit("2025-03-17,Review", "2025-03-17," + "x" * 1_000_000),
        aside(4, "plan_type", None, "is longer than 32,767 characters"),
    ),
    Case(
        "one line of 20 MB",
        content(lambda text: text.encode() + b'"' + b"x" * 20_000_000),
        aside(15, "", None, "holds a value of more than 16 MB"),
    ),
    Case(
        "a file without a line end",
        content(lambda text: text.replace("\n", " ").encode() * 2000),
        Gap("has no line end in its first 256 KB"),
    ),
    Case(
        "five thousand columns",
        lambda inbox: inbox.write(
            PLANS, [[*row, *(f"x{n}" for n in range(5000))] for row in GOOD[PLANS]]
        ),
        Gap("has 5,003 columns, and 1,000 are the most that are read"),
    ),
    Case(
        "more rows than are read",
        content(lambda text: text.encode()),
        Gap("has more than 12 rows, which are the most that are read", BOTH),
        limits={"PACK_MAX_ROWS": "12"},
    ),
    Case(
        "a column twice in the header",
        lambda inbox: inbox.write(PLANS, [[*row, row[1]] for row in GOOD[PLANS]]),
        Gap("has more than one column plan_date: leave one of each"),
    ),
    Case(
        "a required column missing",
        lambda inbox: inbox.write(PLANS, [row[:2] for row in GOOD[PLANS]]),
        Gap("lacks the required columns plan_type: add them to the extract"),
    ),
    Case(
        "no header",
        lambda inbox: inbox.write(PLANS, GOOD[PLANS][1:]),
        Gap("lacks the required columns person_id, plan_date, plan_type"),
    ),
    Case(
        "columns in another order, in capitals, with spaces, and one more than needed",
        lambda inbox: inbox.write(
            PLANS,
            [
                [cell.upper().replace("_", " ") if at == 0 else cell for cell in reversed(row)]
                + ["Notes" if at == 0 else "sees his sister"]
                for at, row in enumerate(GOOD[PLANS])
            ],
        ),
        Same(),
    ),
    Case(
        "a workbook named .csv",
        content(lambda text: b"PK\x03\x04" + bytes(100)),
        Gap("is a workbook or a zip file, whatever its name says"),
    ),
    Case("a PDF named .csv", content(lambda text: b"%PDF-1.7\n"), Gap("is a PDF, whatever")),
    Case(
        "a compressed file named .csv",
        content(lambda text: b"\x1f\x8b\x08" + bytes(100)),
        Gap("is a compressed file, whatever its name says"),
    ),
    Case(
        "the page of a log-in named .csv",
        content(lambda text: b"<!DOCTYPE html><title>Log in</title>"),
        Gap("is a web page, whatever its name says"),
    ),
]

"""Workbooks: sheets, merged cells, formulas, dates from 1904, macros, passwords, bombs."""

from __future__ import annotations

from .case import Case, Gap, Same, aside
from .inbox import GOOD, PLANS
from .workbooks import (
    SHEET,
    bomb,
    give,
    in_sheet,
    lying_bomb,
    ole,
    repacked,
    table_of,
    workbook,
)

CLOSED = "cannot be opened as an Excel workbook: save it again as .xlsx"
OTHER = [["Board", "Date"], ["Panel", "1 May"]]


def _serials(sheet) -> None:
    for row in sheet.iter_rows(min_row=2):
        row[1].number_format = "General"


def _no_number(sheet) -> None:
    sheet["B4"].number_format = "General"


def _merged_kinds(sheet) -> None:
    sheet["C5"] = None
    sheet.merge_cells("C4:C5")


def _merged_title(sheet) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Pathway plans"
    sheet.merge_cells("A1:C1")


def _merged_rows(sheet) -> None:
    sheet.insert_rows(5)
    for column in "ABC":
        sheet.merge_cells(f"{column}4:{column}5")


def _formula(sheet) -> None:
    sheet["C4"] = '="Rev"&"iew"'


def _error(sheet) -> None:
    sheet["C4"] = "#N/A"


def _long_number(sheet) -> None:
    sheet["A4"] = 1234567890123456789


def _short_number(sheet) -> None:
    sheet["A4"] = 12345


def _far_cell(sheet) -> None:
    sheet["XFD1048576"] = "x"


def _many_columns(sheet) -> None:
    for at in range(4, 3004):
        sheet.cell(1, at, f"x{at}")


def _link(sheet) -> None:
    sheet["C4"] = '=HYPERLINK("http://example.test/?"&A4,"Review")'


def _with_macros(parts: dict[str, bytes]) -> None:
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(
        b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    parts["xl/vbaProject.bin"] = b'Sub Auto_Open(): Shell "calc": End Sub'


def _with_entities(parts: dict[str, bytes]) -> None:
    names = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12)
    ).encode()
    book = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = b"<!DOCTYPE w [" + names + b"]>" + book + b"<!-- &e11; -->"
    parts[SHEET] = parts[SHEET].replace(b"<sheetData>", b"<sheetData>&e11;", 1)


CASES = [
    Case("a workbook with real dates", give(workbook()), Same()),
    Case("a workbook with dates as bare numbers", give(workbook(_serials)), Same()),
    Case(
        "a workbook with macros, which are not run",
        give(repacked(workbook(), _with_macros), ".xlsm"),
        Same(),
    ),
    Case(
        "several sheets, of which the second is named like the table",
        give(table_of(GOOD[PLANS], "EXT pathway plan", "Notes")),
        Same(),
    ),
    Case(
        "two sheets named for the same table",
        give(table_of(GOOD[PLANS], "ext_pathway_plan", "EXT Pathway Plan")),
        Gap("has the sheets 'ext_pathway_plan' and 'EXT Pathway Plan'"),
    ),
    Case(
        "several sheets, of which the first is another table and none is named",
        give(table_of(OTHER, "Panel", "Sheet2")),
        Gap("lacks the required columns person_id, plan_date, plan_type"),
    ),
    Case("a title in merged cells above the table", give(workbook(_merged_title)), Same()),
    Case("each row over two rows of merged cells", give(workbook(_merged_rows)), Same()),
    Case(
        "merged cells that hold one value for two rows",
        give(workbook(_merged_kinds)),
        aside(5, "plan_type", None, "is part of merged cells, so its value is not known"),
    ),
    Case(
        "a formula whose result was never worked out",
        give(workbook(_formula)),
        aside(4, "plan_type", None, "is a formula whose result is not in the file"),
    ),
    Case(
        "a formula that links to a web site, which is not opened",
        give(workbook(_link)),
        aside(4, "plan_type", None, "is a formula whose result is not in the file"),
    ),
    Case(
        "a formula with its result",
        give(
            in_sheet(
                b'<c r="C4" t="inlineStr"><is><t>Review</t></is></c>',
                b'<c r="C4" t="str"><f>"Rev"&amp;"iew"</f><v>Review</v></c>',
            )
        ),
        Same(),
    ),
    Case(
        "an Excel error in a cell",
        give(
            in_sheet(
                b'<c r="C4" t="inlineStr"><is><t>Review</t></is></c>',
                b'<c r="C4" t="e"><f>VLOOKUP(1,A:A,1)</f><v>#N/A</v></c>',
            )
        ),
        aside(4, "plan_type", "#N/A", "is an Excel error and no value"),
    ),
    Case(
        "the text of an Excel error",
        give(workbook(_error)),
        aside(4, "plan_type", "#N/A", "is an Excel error and no value"),
    ),
    Case("dates of a workbook that counts from 1904", give(workbook(from_1904=True)), Same()),
    Case(
        "a bare number as a date in a workbook that counts from 1904",
        give(workbook(_no_number, from_1904=True)),
        aside(4, "plan_date", "44271", "is a bare number in a workbook that counts days from 1904"),
    ),
    Case(
        "an identifier that Excel holds as a number",
        give(workbook(_short_number)),
        Same(((4, "person_id", "12345"),)),
    ),
    Case(
        "an identifier of more digits than Excel keeps",
        give(workbook(_long_number)),
        aside(4, "person_id", "1.234567890123457e+18", "is a number, and identifiers are text"),
    ),
    Case(
        "one cell at the far end of the sheet",
        give(workbook(_far_cell)),
        Gap("took more than 4,000 MB of memory or 300 seconds to read"),
    ),
    Case(
        "three thousand columns in a workbook",
        give(workbook(_many_columns)),
        Gap("has 3,003 columns, and 1,000 are the most that are read"),
    ),
    Case(
        "a zip bomb: 40 MB in a file of 50 KB",
        give(bomb(40_000_000)),
        Gap("comes to more than 30 MB once it is unpacked"),
        limits={"PACK_MAX_UNPACKED_MB": "30"},
    ),
    Case(
        "a zip bomb that says it is small",
        give(lying_bomb(40_000_000)),
        Gap(CLOSED),
        limits={"PACK_MAX_UNPACKED_MB": "30"},
    ),
    Case(
        "a workbook of words that repeat each other a billion times",
        give(repacked(workbook(), _with_entities)),
        Gap(CLOSED),
    ),
    Case(
        "a workbook with a password",
        give(ole("EncryptionInfo", "EncryptedPackage")),
        Gap("is protected with a password: take the password away"),
    ),
    Case(
        "a workbook of before 2007",
        give(ole("Workbook"), ".xls"),
        Gap("is a workbook of the format before Excel 2007: save it again as .xlsx"),
    ),
    Case("a workbook of before 2007 named .xlsx", give(ole("Workbook")), Gap("before Excel 2007")),
    Case("a web page named .xls", give(b"<html><table></table></html>", ".xls"), Gap(CLOSED)),
    Case("a workbook that is cut off", give(workbook()[:-400]), Gap(CLOSED)),
    Case("an empty workbook file", give(b""), Gap(CLOSED)),
    Case(
        "a zip file of something else",
        give(repacked(workbook(), lambda parts: parts.pop("xl/workbook.xml"))),
        Gap(CLOSED),
    ),
    Case(
        "a workbook whose sheet is missing",
        give(repacked(workbook(), lambda parts: parts.pop(SHEET))),
        Gap(CLOSED),
    ),
    Case("a workbook whose sheet is broken", give(in_sheet(b"</row>", b"</rwo>")), Gap(CLOSED)),
    Case("an empty sheet", give(table_of([], "Sheet1")), Gap("lacks the required columns")),
]

"""Sound files of one table, in every spelling, before they are damaged."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract import TABLES

TABLE = TABLES["ssd_cla_placement"]
COLUMNS = [column for column in TABLE.read_columns if column.required]
HEADER = [column.name for column in COLUMNS]
DATES = [at for at, column in enumerate(COLUMNS) if column.type == "date"]
NUMBERS = [at for at, column in enumerate(COLUMNS) if column.type == "number"]
WORDS = ("U1", "K2", "Zoë £", "Firm, Ltd", 'The "Oaks"', "", "SC1", "two\nlines", "O’Hara", "OTHER")
Row = list[str]


def rows(rng: random.Random) -> list[Row]:
    """Between nothing and twelve rows as a CSV would hold them."""
    return [_row(rng, number) for number in range(rng.randrange(13))]


def _row(rng: random.Random, number: int) -> Row:
    row = [rng.choice(WORDS) for _ in COLUMNS]
    row[0], row[1], row[2] = f"{number:03}", f"C{number}", f"P{rng.randrange(99):02}"
    for at in DATES:
        day = dt.date(1995, 1, 1) + dt.timedelta(days=rng.randrange(11_000))
        row[at] = rng.choice((day.isoformat(), day.strftime("%d/%m/%Y"), ""))
    for at in NUMBERS:
        row[at] = rng.choice(("", "7", "2.5", "1,200.25", "-3"))
    return row


def text_file(rng: random.Random, body: Sequence[Row]) -> bytes:
    """Write rows as text, in any separator, quoting, line end and encoding that is promised."""
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=rng.choice(",,;\t"),
        lineterminator=rng.choice(("\n", "\r\n")),
        quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    )
    writer.writerows([HEADER, *body])
    text = rng.choice(("", "", "Placements\n")) + out.getvalue()
    encoding = rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    return text.encode(encoding, errors="replace")


def workbook(rng: random.Random, body: Sequence[Row]) -> bytes:
    """Write rows as a small workbook by hand: real dates, numbers, and text in each cell."""
    lines = [HEADER, *body]
    cells = "".join(
        f'<row r="{number}">'
        + "".join(_cell(rng, number, at, v) for at, v in enumerate(row))
        + "</row>"
        for number, row in enumerate(lines, start=1)
    )
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    return packed({**_PARTS, SHEET: sheet.encode()})


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return target.getvalue()


def _cell(rng: random.Random, number: int, at: int, value: str) -> str:
    place = f'r="{chr(65 + at)}{number}"'
    if not value:
        return rng.choice(("", f"<c {place}/>"))
    if number > 1 and at in DATES and is_day(value) and rng.random() < 0.7:
        serial = (dt.date.fromisoformat(value) - dt.date(1899, 12, 30)).days
        return f'<c {place} s="1"><v>{serial}</v></c>'
    if number > 1 and at in NUMBERS and is_number(value) and "," not in value:
        return f"<c {place}><v>{value}</v></c>"
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def parquet(rng: random.Random, body: Sequence[Row]) -> bytes:
    """Write rows as Parquet with real dates and numbers, packed or not."""
    columns: dict[str, pa.Array] = {}
    for at, name in enumerate(HEADER):
        cells: list[object] = [row[at] or None for row in body]
        kind = pa.string()
        if at in DATES and all(cell is None or is_day(str(cell)) for cell in cells):
            cells = [dt.date.fromisoformat(str(cell)) if cell else None for cell in cells]
            kind = pa.date32()
        elif at in NUMBERS and all(cell is None or is_number(str(cell)) for cell in cells):
            cells = [float(str(cell).replace(",", "")) if cell else None for cell in cells]
            kind = pa.float64()
        columns[name] = pa.array(cells, kind)
    target = io.BytesIO()
    pq.write_table(
        pa.table(columns),
        target,
        compression=rng.choice(("NONE", "SNAPPY", "ZSTD")),
        use_dictionary=rng.random() < 0.5,
    )
    return target.getvalue()


def is_day(value: str) -> bool:
    return re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-[0-2]\d", value) is not None


def is_number(value: str) -> bool:
    return re.fullmatch(r"-?\d[\d,]*(\.\d+)?", value) is not None


SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/></Types>'
    ).encode(),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ).encode(),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ).encode(),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ).encode(),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    ).encode(),
}

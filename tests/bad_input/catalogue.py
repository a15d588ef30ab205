"""Every case, by the part of the page it stands in."""

from __future__ import annotations

from . import folder_cases, parquet_cases, text_cases, value_cases, workbook_cases
from .case import Case

PARTS: dict[str, list[Case]] = {
    "Text files": text_cases.CASES,
    "Workbooks": workbook_cases.CASES,
    "Parquet files": parquet_cases.CASES,
    "Values": value_cases.CASES,
    "Folders, names and reference data": folder_cases.CASES,
}
CASES = {case.what: case for cases in PARTS.values() for case in cases}

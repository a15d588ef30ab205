"""How each month's files are spelled: the contract takes many spellings and so they all occur."""

from dataclasses import dataclass
from datetime import date

from synthetic.days import days

DESCRIBED_MONTHS = (3, 4, 9)
"""Months (0 the first) in which legal status and eligibility come in words for every row."""


@dataclass(frozen=True)
class Spelling:
    """The way one file is written."""

    file_type: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    date_format: str = ""
    is_upper_case: bool = False
    is_dated: bool = False
    uses_sentinel: bool = False

    def file_name(self, table: str, month_end: date) -> str:
        """Return the file's name; a dated one carries the day after the month end."""
        taken_on = month_end + days(1)
        stem = f"{table}_{taken_on:%Y%m%d}" if self.is_dated else table
        return f"{stem.upper() if self.is_upper_case else stem}.{self.file_type}"


PLAIN = Spelling()
BY_TABLE = {
    "ext_adoption_tracker": Spelling(file_type="xlsx"),
    "ext_pep": Spelling(delimiter=";", date_format="%d/%m/%Y"),
    "ext_foster_enquiry": Spelling(encoding="cp1252", date_format="%d/%m/%Y"),
    "ext_foster_household": Spelling(encoding="utf-8-sig"),
    "ssd_missing": Spelling(uses_sentinel=True),
    "ext_budget": Spelling(delimiter="\t", encoding="utf-16"),
}
"""Tables whose feed has its own habits in every month."""


def spelling_of(family: str, table: str, month_number: int) -> Spelling:
    """Return how a table is written in the ``month_number``-th month (0 the first)."""
    if table in BY_TABLE:
        return BY_TABLE[table]
    if family == "care_leavers" and month_number == 6:
        return Spelling(file_type="parquet")
    if table == "ssd_permanence" and month_number in (2, 8):
        return Spelling(file_type="xlsx")
    if table == "ssd_professionals":
        return Spelling(encoding="cp1252" if month_number % 2 else "utf-8")
    if family == "social_care":
        return _social_care(month_number)
    if family == "fostering" and month_number % 5 == 3:
        return Spelling(date_format="%d/%m/%Y")
    if month_number % 4 == 1:
        return Spelling(encoding="utf-8-sig")
    return PLAIN


def _social_care(month_number: int) -> Spelling:
    """Upper-case dated files one month, times or United Kingdom dates in others."""
    variants = {
        2: Spelling(date_format="%Y-%m-%d 00:00:00"),
        4: Spelling(encoding="utf-8-sig", is_dated=True),
        7: Spelling(date_format="%d/%m/%Y"),
        10: Spelling(date_format="%Y-%m-%dT00:00:00", is_dated=True),
        12: Spelling(encoding="cp1252", date_format="%d/%m/%Y %H:%M"),
        14: Spelling(is_upper_case=True, is_dated=True),
    }
    return variants.get(month_number, PLAIN)

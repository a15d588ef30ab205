"""Where one run reads and writes: the folders of contract sections 2 and 3."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.month import Month

_ROOT = Path(__file__).resolve().parents[2]
SHIPPED_REFERENCE = _ROOT / "dbt_project" / "reference"
SHIPPED_COMMENTARY = _ROOT / "reporting" / "commentary"
SHIPPED_TEMPLATE = _ROOT / "reporting" / "word_templates" / "cover-report.docx"


@dataclass(frozen=True)
class Settings:
    """The folders and options of a run, passed to every step so that none looks around.

    ``inbox`` holds the councils' month folders, ``out`` everything that is made.
    ``shipped_reference`` holds the reference data used where the inbox brings none. Without
    ``repairs`` the figures are those of the records as they stand. ``cover_template`` is the Word
    template of the cover report: the council's own, else the shipped one. ``as_of`` names a later
    month, where a month is asked for as that month's extract knows it.
    """

    inbox: Path
    out: Path
    rerun_months: int = 2
    repairs: bool = True
    shipped_reference: Path = SHIPPED_REFERENCE
    cover_template: Path = SHIPPED_TEMPLATE
    as_of: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read PACK_INBOX, PACK_OUT, RERUN_MONTHS, REPAIRS, PACK_COVER_TEMPLATE and AS_OF.

        Raise ValueError where one of them is unusable.
        """
        values = os.environ if environment is None else environment
        missing = [name for name in ("PACK_INBOX", "PACK_OUT") if not values.get(name)]
        if missing:
            raise ValueError(f"set {' and '.join(missing)} to the folder to read and to write")
        months = values.get("RERUN_MONTHS", "2")
        if not months.isdigit():
            raise ValueError(f"RERUN_MONTHS is '{months}': give a whole number such as 2")
        repairs = values.get("REPAIRS") or "on"
        if repairs not in ("on", "off"):
            raise ValueError(f"REPAIRS is '{repairs}': give on or off")
        return cls(
            inbox=Path(values["PACK_INBOX"]),
            out=Path(values["PACK_OUT"]),
            rerun_months=int(months),
            repairs=repairs == "on",
            cover_template=Path(values.get("PACK_COVER_TEMPLATE") or SHIPPED_TEMPLATE),
            as_of=str(Month.parse(values["AS_OF"])) if values.get("AS_OF") else "",
        )

    def extract_of(self, month: Month) -> Month:
        """Return the month whose extract a run for ``month`` is made from."""
        return Month.parse(self.as_of) if self.as_of else month

    def folder_of(self, month: Month) -> Path:
        """Return the folder that a run for ``month`` makes."""
        name = f"{month}-as-of-{self.as_of}" if self.as_of else str(month)
        return self.out / name

    @property
    def commentary(self) -> tuple[Path, ...]:
        """Where heads of service may leave their words; a file of the first folder goes first."""
        return (self.inbox / "commentary", SHIPPED_COMMENTARY)

    @property
    def private(self) -> Path:
        """All internals; for the owner of the run alone."""
        return self.out / "private"

    @property
    def lake(self) -> Path:
        """The landed extracts as typed Parquet (ruling F4)."""
        return self.private / "lake"

    @property
    def build(self) -> Path:
        """Working files of the build in progress."""
        return self.private / "build"

    @property
    def warehouse(self) -> Path:
        """The published warehouse file."""
        return self.private / "warehouse.duckdb"

    @property
    def door(self) -> Path:
        """What the checks at the door found, one file a family and month."""
        return self.private / "door"

    @property
    def data_docs(self) -> Path:
        """The pages that Great Expectations makes of those findings."""
        return self.private / "data_docs"

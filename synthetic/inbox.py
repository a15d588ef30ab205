"""Write an inbox: one folder a month, each with the full extract as known at that month's end."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from synthetic.care_rows import DESCRIPTIONS
from synthetic.case_system import Values
from synthetic.commentary import write_commentary
from synthetic.council import Council
from synthetic.records import make_council
from synthetic.reference import write_reference
from synthetic.settings import CouncilSettings
from synthetic.spelling import DESCRIBED_MONTHS, spelling_of
from synthetic.tables import FAMILIES, columns_of
from synthetic.writers import write_table


def write_inbox(folder: Path, settings: CouncilSettings | None = None) -> Path:
    """Write every monthly extract and the reference files of a council; return ``folder``.

    The same settings write the same bytes. Files already there with other names are left alone.
    """
    settings = settings or CouncilSettings()
    council = make_council(settings)
    for number, month_end in enumerate(settings.month_ends):
        write_extract(council, folder / f"{month_end:%Y-%m}", number, month_end)
    write_reference(settings, folder / "reference")
    write_commentary(settings, folder / "commentary")
    return folder


def write_extract(council: Council, folder: Path, number: int, month_end: date) -> None:
    """Write all families of one month as the case system shows them at its end."""
    for family, tables in FAMILIES.items():
        (folder / family).mkdir(parents=True, exist_ok=True)
        for table in tables:
            rows: Iterable[Values] = council.system.as_known(table, month_end)
            if table == "ssd_legal_status" and number in DESCRIBED_MONTHS:
                rows = _described(rows)
            spelling = spelling_of(family, table, number)
            path = folder / family / spelling.file_name(table, month_end)
            write_table(path, columns_of(family, table), rows, spelling)


def _described(rows: Iterable[Values]) -> Iterable[Values]:
    """Write the legal status in one vendor's words where it has words for it."""
    for row_id, person_id, status, *dates in rows:
        yield (row_id, person_id, DESCRIPTIONS.get(str(status), status), *dates)

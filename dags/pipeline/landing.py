"""Landing one family of one month: read, check at the door, write lake, ledger and quarantine.

The same files landed twice change nothing. An absent or refused family is landed as well: its
tables have no rows and the ledger says why (rulings F4, F12).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.findings import REFUSE, Finding
from pipeline import lake
from pipeline.casting import cast_table
from pipeline.contract import EXTRACT_FAMILIES, REPLACED_BY_903, Table, contract_sha256, tables_of
from pipeline.inbox import FamilyFiles, both_kinds, family_files, has_903
from pipeline.lake import LedgerRow, QuarantineRow, partition
from pipeline.landed import LandedFamily
from pipeline.landed_table import LandedTable, ReadyTable, nothing_landed
from pipeline.limits import Limits
from pipeline.month import Month
from pipeline.privacy.erased import keep_out
from pipeline.read_table import FileUnreadable
from pipeline.reading import read_delivery
from pipeline.reference import council_code, postcode_areas
from pipeline.settings import Settings
from pipeline.whole_file import write_whole

# Change this where reading, casting or an expectation changes, so that files are landed again.
LANDING_VERSION = "2"
GIVEN_BY_903 = "given by ssda903"
NO_903 = "no ssda903 folder"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class _Landing:
    """One run of one family: where it reads and writes, and what is said of every table at once."""

    settings: Settings
    la: str
    month: Month
    family: str
    files: FamilyFiles
    areas: pa.Table
    limits: Limits
    whole: tuple[str, str] | None

    def path(self, table: str, file: str = "part.parquet") -> Path:
        return partition(self.settings.lake, table, self.la, self.month, file)

    @property
    def record(self) -> Path:
        folder = self.settings.door / f"la={self.la}" / str(self.month)
        return folder / f"{self.family}.json"

    @property
    def fingerprint(self) -> str:
        """The hash of all that decides what is landed: files, contract, reference, this program."""
        areas = sha256(str(self.areas.to_pylist()).encode()).hexdigest()
        files = [(one.name, one.sha256, one.problem) for one in self.files.deliveries]
        contract, limits = contract_sha256(self.family), asdict(self.limits)
        known = [LANDING_VERSION, contract, areas, files, limits, self.whole]
        return sha256(json.dumps(known).encode()).hexdigest()


def land_family(
    settings: Settings, month: Month, family: str, progress: Progress | None = None
) -> LandedFamily:
    """Land the files of a family and return what became of each table.

    With social_care the SSDA903 files land too, or are marked absent (ruling F8). Only a missing
    required column, no readable row, more than a fifth of rows unreadable, two files that differ,
    or both kinds of extract refuse a table (ruling F6); nothing of that raises an error.
    Raises ValueError for a family that is not one of the four.
    """
    if family not in EXTRACT_FAMILIES:
        raise ValueError(f"'{family}' is no family: give one of {', '.join(EXTRACT_FAMILIES)}")
    report = progress or (lambda text: None)
    landed = _land(_landing(settings, month, family), report)
    if family != "social_care":
        return landed
    return _together(landed, _land(_landing(settings, month, "ssda903"), report))


def is_landed(settings: Settings, month: Month, family: str) -> bool:
    """Whether these very files of a family are in the lake already."""
    families = (family, "ssda903") if family == "social_care" else (family,)
    return all(_landed_before(_landing(settings, month, one)) is not None for one in families)


def _landing(settings: Settings, month: Month, family: str) -> _Landing:
    la = council_code(settings)
    limits = Limits.from_environment()
    files = family_files(settings.inbox, month, family, limits)
    areas = postcode_areas(settings, la, month)
    whole = _said_of_all(settings.inbox, month, family, files)
    return _Landing(settings, la, month, family, files, areas, limits, whole)


def _said_of_all(
    inbox: Path, month: Month, family: str, files: FamilyFiles
) -> tuple[str, str] | None:
    """Return status and reason where one thing holds for every table of a family (ruling F8)."""
    if files.problem:
        return "refused", files.problem
    beside_903 = both_kinds(inbox, month)
    if beside_903 and family in ("ssda903", *REPLACED_BY_903):
        folders = " and ".join(f"{month}/{name}/" for name in ("ssda903", *beside_903))
        return "refused", f"{folders} give the same facts: remove one kind and run again"
    if family in REPLACED_BY_903 and has_903(inbox, month):
        return "absent", GIVEN_BY_903
    if family == "ssda903" and not has_903(inbox, month):
        return "absent", NO_903
    return None


def _land(landing: _Landing, report: Progress) -> LandedFamily:
    earlier = _landed_before(landing)
    if earlier is not None:
        report(f"{landing.month} {landing.family}: the same files as before, nothing to do")
        return earlier
    tables, findings, validations = _every_table(landing, report)
    tables = keep_out(landing.settings, landing.la, tables)
    landing.record.unlink(missing_ok=True)
    for one in tables:
        lake.write(landing.settings.lake, landing.path(one.table.name), one.rows)
    _write_books(landing, tables)
    extra = tuple(text for one in tables for text in one.extra_columns)
    _write_record(landing, findings, validations, extra)
    return _result(landing, findings, extra, unchanged=False)


def _every_table(
    landing: _Landing, report: Progress
) -> tuple[list[LandedTable], tuple[Finding, ...], dict[str, object]]:
    tables = tables_of(landing.family)
    if landing.whole is not None:
        status, reason = landing.whole
        return [nothing_landed(table, status, reason) for table in tables], (), {}
    with duckdb.connect() as connection:
        made = {table.name: _read(landing, table, connection, report) for table in tables}
    cast = {name: one for name, one in made.items() if isinstance(one, ReadyTable)}
    findings, validations = _check(landing, cast)
    # Where a table fails twice, the first finding is the reason: a missing column comes first.
    refusals = {one.table_name: one.message for one in reversed(findings) if one.effect == REFUSE}
    finished = [
        one if isinstance(one, LandedTable) else one.finish(refusals.get(name))
        for name, one in made.items()
    ]
    return finished, findings, validations


def _read(
    landing: _Landing, table: Table, connection: duckdb.DuckDBPyConnection, report: Progress
) -> LandedTable | ReadyTable:
    files = landing.files.by_table.get(table.name, ())
    if not files:
        return nothing_landed(table, "absent", _why_absent(landing, table))
    if len({file.sha256 for file in files}) > 1:
        names = " and ".join(file.name for file in files)
        reason = (
            f"{names} are both {table.file_name} and differ: keep the right one, remove the other"
        )
        return nothing_landed(table, "refused", reason, files)
    report(f"{landing.month} {landing.family}: {files[0].name}")
    try:
        read = read_delivery(files[0], table, landing.limits)
    except FileUnreadable as error:
        return nothing_landed(table, "refused", f"{files[0].name} {error}", files)
    cast = cast_table(connection, table, read, files[0].name, landing.areas, landing.limits)
    same = ", ".join(file.name for file in files[1:])
    note = f"counted once: {same} has the same content" if same else ""
    return ReadyTable(table, files[0], note, read, cast)


def _why_absent(landing: _Landing, table: Table) -> str:
    if not landing.files.is_given:
        return f"no files in {landing.month}/{landing.family}/"
    return f"no file {table.file_name} in {landing.month}/{landing.family}/"


def _check(
    landing: _Landing, tables: dict[str, ReadyTable]
) -> tuple[tuple[Finding, ...], dict[str, object]]:
    if not tables:
        return (), {}
    # Loading Great Expectations takes seconds, so it waits until there is something to check.
    from expectations.door import Arrived, check_family

    before = partition(
        landing.settings.lake,
        "ledger",
        landing.la,
        landing.month.plus(-1),
        f"{landing.family}.parquet",
    )
    rows_before = {row.table_name: row.rows for row in lake.read_rows(before, LedgerRow)}
    arrived = [
        Arrived(one.table, one.file.name, one.read.header, one.cast, rows_before.get(name, 0))
        for name, one in tables.items()
    ]
    return check_family(landing.month, arrived)


def _write_books(landing: _Landing, tables: list[LandedTable]) -> None:
    file = f"{landing.family}.parquet"
    refused = [row for one in tables for row in one.quarantine]
    root = landing.settings.lake
    lake.write_rows(root, landing.path("quarantine", file), QuarantineRow, refused)
    lake.write_rows(root, landing.path("ledger", file), LedgerRow, [one.ledger for one in tables])


def _write_record(
    landing: _Landing,
    findings: tuple[Finding, ...],
    validations: dict[str, object],
    extra: tuple[str, ...],
) -> None:
    """Write the fingerprint last: until it is there, the family counts as not landed."""
    landing.record.parent.mkdir(parents=True, exist_ok=True)
    record = {
        "fingerprint": landing.fingerprint,
        "findings": [asdict(one) for one in findings],
        "extra_columns": extra,
        "validations": validations,
    }
    write_whole(landing.record, json.dumps(record, indent=1))


def _landed_before(landing: _Landing) -> LandedFamily | None:
    if not landing.record.exists():
        return None
    record = json.loads(landing.record.read_text())
    books = [landing.path(book, f"{landing.family}.parquet") for book in ("ledger", "quarantine")]
    in_place = [*books, *(landing.path(table.name) for table in tables_of(landing.family))]
    if record["fingerprint"] != landing.fingerprint or not all(path.exists() for path in in_place):
        return None
    findings = tuple(Finding(**one) for one in record["findings"])
    return _result(landing, findings, tuple(record["extra_columns"]), unchanged=True)


def _result(
    landing: _Landing, findings: tuple[Finding, ...], extra: tuple[str, ...], unchanged: bool
) -> LandedFamily:
    file = f"{landing.family}.parquet"
    return LandedFamily(
        family=landing.family,
        la=landing.la,
        month=landing.month,
        ledger=lake.read_rows(landing.path("ledger", file), LedgerRow),
        refused_rows=lake.read_rows(landing.path("quarantine", file), QuarantineRow),
        findings=findings,
        unknown=landing.files.unknown,
        extra_columns=extra,
        unchanged=unchanged,
    )


def _together(first: LandedFamily, second: LandedFamily) -> LandedFamily:
    return LandedFamily(
        family=first.family,
        la=first.la,
        month=first.month,
        ledger=first.ledger + second.ledger,
        refused_rows=first.refused_rows + second.refused_rows,
        findings=first.findings + second.findings,
        unknown=first.unknown + second.unknown,
        extra_columns=first.extra_columns + second.extra_columns,
        unchanged=first.unchanged and second.unchanged,
    )

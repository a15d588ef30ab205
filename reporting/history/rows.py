"""The rows of history of one edition, typed: why figures changed, and how much they usually move.

In the public edition small numbers are already hidden in them, as in all other rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reporting.rows import Figure


@dataclass(frozen=True)
class ChangeCause:
    """The records of one table behind one changed figure; of all teams where `team` is empty.

    `records_late` of those added are of an event that the extract before could have held.
    """

    indicator_id: str
    period_end: date
    basis: str
    table_name: str
    table_title: str
    team: str
    records_added: Figure
    records_changed: Figure
    records_removed: Figure
    records_late: Figure
    children: Figure
    median_days_late: Figure
    longest_days_late: Figure


@dataclass(frozen=True)
class Lateness:
    """How late the new records of one table came in one extract; of all teams without a `team`."""

    snapshot_month: str
    table_name: str
    table_title: str
    team: str
    records: Figure
    records_late: Figure
    median_days: Figure
    ninth_decile_days: Figure


@dataclass(frozen=True)
class Movement:
    """How far a figure has moved by the time it was `months_later`, in `months` months.

    `status` is ok, too_little_history or suppressed; the figures are there where it is ok.
    """

    indicator_id: str
    basis: str
    unit: str
    months_later: int
    status: str
    months: int | None
    median: float | None
    smallest: float | None
    largest: float | None
    first_decile: float | None
    ninth_decile: float | None
    rose_pct: float | None
    fell_pct: float | None
    stayed_pct: float | None


@dataclass(frozen=True)
class DefinitionChange:
    """One month of a figure under a definition and under the one that took its place.

    `from_month` is the first month, YYYY-MM, that the new `version` speaks of.
    """

    indicator_id: str
    title: str
    version: int
    from_month: str
    note: str
    period_end: date
    basis: str
    old_value: Figure
    new_value: Figure


@dataclass(frozen=True)
class RestatedChild:
    """A child (or event, or household) behind a changed figure, and a record that explains it.

    In the officers' edition alone. `cause` says what happened to the record, in words; without a
    record `table_name` is empty.
    """

    indicator_id: str
    period_end: date
    basis: str
    person_id: str
    event_id: str
    change: str
    cause: str
    table_name: str
    team: str
    days_late: int | None


@dataclass(frozen=True)
class History:
    """Everything one edition tells of the past."""

    causes: tuple[ChangeCause, ...] = ()
    lateness: tuple[Lateness, ...] = ()
    movements: tuple[Movement, ...] = ()
    definition_changes: tuple[DefinitionChange, ...] = ()
    restated_children: tuple[RestatedChild, ...] = ()

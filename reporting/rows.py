"""The rows of one edition of the pack, typed.

Everything the pack shows is made from these rows and nothing else: they are rounded, and in the
public edition small numbers are already hidden in them (ruling A4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporting.history.rows import History

FIGURES = ("month_minus_2", "month_minus_1", "month", "ytd", "previous_year", "year_ago")
COMPARATORS = (
    "stat_neighbour_average",
    "best_stat_neighbour",
    "national_average",
    "top_quartile",
    "region",
)
SHOWN = "ok"
SUPPRESSED = "suppressed"
NOT_AVAILABLE = "not_available"
NO_FIGURE = "none"


@dataclass(frozen=True)
class Edition:
    """One of the two packs: who it is for, and the prefix of the report models it reads.

    Small numbers are hidden in the public models, never here; the officers' edition reads models
    of its own (design, decision 8).
    """

    name: str
    models: str
    label: str

    @property
    def is_public(self) -> bool:
        """True for the edition that may leave the team."""
        return self.name == "public"


PUBLIC = Edition("public", "rpt_public", "Public edition: small numbers are hidden")
OFFICERS = Edition(
    "officers", "rpt_officers", "Officers’ edition: nothing is hidden, keep within the team"
)


class PackDataError(Exception):
    """The report models hold something that must not, or cannot, be published."""


@dataclass(frozen=True)
class Figure:
    """One published figure and whether it may be shown: ok, suppressed, not_available or none."""

    value: float | None
    status: str

    @property
    def is_shown(self) -> bool:
        """True when there is a number to print; an `ok` figure of nobody has none (ruling A8)."""
        return self.status == SHOWN and self.value is not None


@dataclass(frozen=True)
class Indicator:
    """One row of the scorecard, as published."""

    indicator_id: str
    ref: str
    title: str
    section: str
    section_order: int
    theme: str
    theme_title: str
    theme_order: int
    indicator_order: int
    unit: str
    good_is: str
    timeline: str
    month_minus_2: Figure
    month_minus_1: Figure
    month: Figure
    ytd: Figure
    previous_year: Figure
    year_ago: Figure
    numerator: float | None
    denominator: float | None
    change: str
    change_is: str
    change_amount: float | None
    year_change_amount: float | None
    rag: str
    red: str
    amber: str
    green: str
    stat_neighbour_average: float | None
    best_stat_neighbour: float | None
    national_average: float | None
    top_quartile: float | None
    region: float | None
    benchmark_period: str
    data_note: str
    headline_order: int | None
    headline_basis: str


@dataclass(frozen=True)
class TrendPoint:
    """One indicator in one of the 13 months to the reporting month."""

    indicator_id: str
    period_end: date
    basis: str
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    note: str

    @property
    def is_shown(self) -> bool:
        """True when there is a number to print and to draw."""
        return self.status == SHOWN and self.value is not None


@dataclass(frozen=True)
class Front:
    """Whose page this is and which month it is for.

    Where `is_as_of`, it is not the published pack but the month as the extract of a later one,
    `snapshot_month`, has it.
    """

    council_name: str
    month: str
    period_end: date
    previous_month_end: date
    snapshot_month: str
    is_as_of: bool
    smallest_shown: int
    smallest_denominator: int
    disclosure_owner: str


@dataclass(frozen=True)
class Gap:
    """A file that did not come, or was refused, and the indicators that need it."""

    family: str
    table_name: str
    status: str
    reason: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Extract:
    """A file the page was made from; a null count of rows is one that is hidden."""

    family: str
    table_name: str
    file_name: str
    landed_rows: int | None
    refused_rows: int | None
    status: str


@dataclass(frozen=True)
class Definition:
    """What one indicator means, as the catalogue has it."""

    indicator_id: str
    ref: str
    title: str
    section: str
    section_order: int
    theme: str
    definition: str
    over_whom: str
    why: str
    good_is: str
    bases: str
    headline_basis: str
    breakdowns: str
    ref_2015: str
    ref_2019: str
    ref_2022_23: str
    series_breaks: str
    changes: str
    green: str
    amber: str
    red: str
    caveat: str
    authority: str
    source_tables: str
    owner: str
    definition_version: int


@dataclass(frozen=True)
class Impact:
    """One scorecard figure as recorded and after repair; both readings are hidden together."""

    indicator_id: str
    title: str
    unit: str
    place: str
    recorded: Figure
    repaired: Figure
    children: Figure
    issue_ids: tuple[str, ...]
    is_moved: bool


@dataclass(frozen=True)
class Issue:
    """One known recording issue, and how many of it stand in the month's extract."""

    issue_id: str
    title: str
    severity: str
    description: str
    effect: str
    repaired: str
    owner: str
    is_found: bool
    faults: Figure
    new_faults: Figure
    fixed_faults: Figure
    repaired_faults: Figure
    oldest_since: str
    affected: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True)
class Signal:
    """What the months together say of an indicator, beside its rating and its change.

    `chart` is xmr, p or none; `signal` improving, getting_worse, unusual, no_change or too_few;
    `rule` the one that was met (outside_limits, run, trend, two_of_three) or empty; `assurance`
    met, missed, varies or empty. The limits are those of the months since `since`; they are
    absent where too few months can be tested, and `why` then says why.
    """

    indicator_id: str
    chart: str
    signal: str
    rule: str
    assurance: str
    months: int
    since: date | None
    centre: float | None
    lower_limit: float | None
    upper_limit: float | None
    why: str
    decision: str


@dataclass(frozen=True)
class SignalPoint:
    """The limits of one month on a chart, and the rule its point met, if any."""

    indicator_id: str
    period_end: date
    centre: float
    lower_limit: float
    upper_limit: float
    rule: str
    is_new_segment: bool


@dataclass(frozen=True)
class ChangedFigure:
    """A figure of an earlier month that reads otherwise than in the pack before.

    `rows` are how many children or events came, changed and went in what it is counted from.
    `reason` is later extract, delivered again, or definition: then `definition_version` is new.
    """

    indicator_id: str
    title: str
    unit: str
    period_end: date
    basis: str
    reason: str
    definition_version: int
    before: Figure
    now: Figure
    rows_added: Figure
    rows_changed: Figure
    rows_removed: Figure


@dataclass(frozen=True)
class Part:
    """One part of a figure of the published month, such as one reason for leaving care.

    For a share `figure` is the percentage and `numerator` the number behind it.
    """

    indicator_id: str
    breakdown: str
    part: str
    period_end: date
    basis: str
    figure: Figure
    numerator: Figure
    denominator: Figure


@dataclass(frozen=True)
class PackRows:
    """Everything one edition of the pack may show."""

    edition: Edition
    front: Front
    notes: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    trend: dict[str, tuple[TrendPoint, ...]]
    gaps: tuple[Gap, ...]
    extracts: tuple[Extract, ...]
    definitions: tuple[Definition, ...]
    impacts: tuple[Impact, ...]
    issues: tuple[Issue, ...]
    signals: dict[str, Signal]
    signal_points: dict[str, tuple[SignalPoint, ...]]
    changed: tuple[ChangedFigure, ...]
    parts: dict[str, tuple[Part, ...]]
    history: History

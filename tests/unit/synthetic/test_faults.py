"""Every shape of every recording issue is what the catalogue says, and its look-alikes are not."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from synthetic.__main__ import main
from synthetic.faults.cares import children_in_order
from synthetic.faults.cases import ID_COLUMNS, by_file_and_row, row_id
from synthetic.faults.catalogue import ISSUES
from synthetic.faults.dq44 import TYPED_OVER
from synthetic.faults.extracts import Extracts, Row
from synthetic.faults.injection import Issue, Truth, inject
from synthetic.faults.rows import id_column

from .care_rules import CARE_RULES
from .contact_rules import CONTACT_RULES
from .faulty import EACH, SHAPES, Faulty, copy_of, in_each_shape, is_wrong
from .service_rules import is_dq09, is_dq31, is_dq32

EPISODES, PLACEMENTS, ORDERS = "ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status"
KEYS = (EPISODES, PLACEMENTS, ORDERS, "ssd_permanence", "ssd_missing")
NO_ROW = {"care leaver without a row", "too short a stay, without a row"}
"""Shapes whose row is in no extract; "household off the register" is in those before."""

REPAIRED = {
    "DQ01": {
        "copied into the care before",
        "copied with reason, home and order",
        "copied within one care",
    },
    "DQ02": {"open past the 18th birthday"},
    "DQ08": {"missing as a Z1 placement, back to the same home", "missing as a placement in words"},
    "DQ09": {"match only on the tracker", "order only on the tracker"},
    "DQ10": set(ISSUES["DQ10"].faults),
    "DQ11": {
        "left open when the next began",
        "one day over the next",
        "home left open when the next began",
    },
    "DQ12": {"return coded T", "return coded L"},
    "DQ15": set(ISSUES["DQ15"].faults),
    "DQ25": {"a night missing after X1"},
    "DQ29": {"with parents, another provider", "with parents, no provider"},
    "DQ30": {"ended after care ended", "overlapping another"},
    "DQ32": {"placement order missing"},
    "DQ33": {
        "placed with its carers, coded as a move",
        "placed with its carers, coded as other adopters",
    },
    "DQ34": {"carers moved house", "carers changed to an agency"},
    "DQ35": {"status open past 18"},
    "DQ38": {"suitable in custody, bed and breakfast or no abode"},
}
"""The shapes of which the figures use another value than the recorded (rulings E1 and F2)."""

each_shape = pytest.mark.parametrize(
    ("issue", "shape"), SHAPES, ids=[in_each_shape(issue, shape) for issue, shape in SHAPES]
)


@each_shape
def test_a_shape_makes_the_number_asked_for(faulty: Faulty, issue: Issue, shape: str) -> None:
    truths = faulty.of(issue.issue_id, shape)
    number = len({one.person_id or one.row_id for one in truths})
    assert number == EACH or (number > EACH and shape == TYPED_OVER)
    for one in truths:
        assert one.is_fault == (shape in issue.faults)
        assert one.snapshot_month == faulty.after.latest


@each_shape
def test_the_truth_names_a_cell_and_what_stands_in_it(
    faulty: Faulty, issue: Issue, shape: str
) -> None:
    for one in faulty.of(issue.issue_id, shape):
        assert (one.true_value != one.recorded_value) == one.is_fault
        if shape in NO_ROW:
            assert cells(faulty.after, one) == [] and one.recorded_value == ""
        elif shape == "household off the register":
            assert cells(faulty.after, one) == []
            assert cells(faulty.after, one, "2026-09") == [one.recorded_value]
        else:
            assert one.recorded_value in cells(faulty.after, one)


@each_shape
def test_only_what_the_figures_replace_is_called_repairable(
    faulty: Faulty, issue: Issue, shape: str
) -> None:
    found = {one.is_repairable for one in faulty.of(issue.issue_id, shape)}
    assert found == {shape in REPAIRED.get(issue.issue_id, ())}


@each_shape
def test_what_the_catalogue_detects_holds_of_faults_alone(
    faulty: Faulty, issue: Issue, shape: str
) -> None:
    for one in faulty.of(issue.issue_id, shape):
        assert is_wrong(faulty.after, one) == one.is_fault, one
        if one.is_fault and one.issue_id not in CARE_RULES:
            assert not is_wrong(faulty.before, one), one


def cells(extracts: Extracts, truth: Truth, month: str | None = None) -> list[str]:
    """The values in the column of the rows that a truth names."""
    return [
        "" if row[truth.column] is None else str(row[truth.column])
        for row in rows_of(extracts, truth, month)
    ]


def rows_of(extracts: Extracts, truth: Truth, month: str | None = None) -> list[Row]:
    table = truth.table
    if table == "ext_budget":
        rows = extracts.rows(table, month)
        return [r for r in rows if truth.row_id == f"{r['line']} {r['financial_year']}"]
    columns = ID_COLUMNS.get(table, (id_column(table),))
    first = truth.row_id if len(columns) == 1 else truth.row_id.split(" ")[0]
    rows_alike = extracts.where(table, columns[0], first, month)
    return [r for r in rows_alike if len(columns) == 1 or row_id(table, r) == truth.row_id]


def test_the_same_seed_types_the_same(faulty: Faulty) -> None:
    again = copy_of(faulty.before)
    assert inject(again, ISSUES.values(), EACH) == faulty.truths
    for key, rows in again.tables.items():
        assert list(rows) == list(faulty.after.tables[key])
    others = inject(copy_of(faulty.before), [ISSUES["DQ38"]], EACH, seed=2)
    assert others != [one for one in faulty.truths if one.issue_id == "DQ38"]


def test_a_word_nobody_mapped_is_nobodys_fault(faulty: Faulty) -> None:
    truths = faulty.of("DQ28", "a provider no list knows")
    named = by_file_and_row(faulty.after, truths)
    assert {(one.person_id, one.row_id) for one in named} == {("", "")}
    assert [one.recorded_value for one in named] == [one.recorded_value for one in truths]


def test_rows_stay_plausible(faulty: Faulty) -> None:
    """Keys stay unique, homes stand, and no extract knows what happens after its month end."""
    after = faulty.after
    for month, end in zip(after.months, after.settings.month_ends, strict=True):
        for table in KEYS:
            assert len(after.rows_of(table, id_column(table), month)) == len(
                after.rows(table, month)
            )
            for row in after.rows(table, month):
                assert not [v for v in row.values() if isinstance(v, date) and v > end], row
        homes = after.rows_of(PLACEMENTS, "clap_cla_placement_id", month)
        assert all(row["clae_cla_placement_id"] in homes for row in after.rows(EPISODES, month))


@pytest.fixture(scope="module")
def changed(faulty: Faulty) -> dict[str, list[tuple[str, Row]]]:
    """The rows of each month that are not as they were, with their table."""
    found: dict[str, list[tuple[str, Row]]] = {month: [] for month in faulty.after.months}
    for (month, table), rows in faulty.after.tables.items():
        before = list(faulty.before.rows(table, month))
        known = {tuple(row.values()) for row in before}
        kept = {tuple(row.values()) for row in rows}
        found[month] += [(table, row) for row in rows if tuple(row.values()) not in known]
        found[month] += [(table, row) for row in before if tuple(row.values()) not in kept]
    return found


def persons_in(row: Row) -> set[str]:
    """What may be a person's number: alone, or at the beginning of an id."""
    return {str(value)[:6] for value in row.values() if value}


def test_only_the_persons_chosen_are_touched(
    faulty: Faulty, changed: dict[str, list[tuple[str, Row]]]
) -> None:
    chosen = faulty.after.taken | {one.person_id for one in faulty.truths}
    for table, row in (one for rows in changed.values() for one in rows):
        if not table.startswith(("ext_foster", "ext_budget", "ext_staff")):
            assert persons_in(row) & chosen or set(map(str, row.values())) & chosen, (table, row)


def test_periods_of_care_stay_in_order_where_contacts_are_wrong(faulty: Faulty) -> None:
    ours = [one for one in faulty.truths if one.issue_id in CONTACT_RULES]
    numbers = {one.true_value if one.column == "person_id" else one.person_id for one in ours}
    assert numbers <= children_in_order(faulty.after).keys()


AS_IT_WAS = (
    ("DQ06", "day and month swapped"),
    ("DQ26", "distance 999.9"),
    ("DQ33", "placed with its carers, coded as a move"),
    ("DQ34", "carers moved house"),
    ("DQ35", "birth date not that of the extract before"),
    ("DQ38", "not in touch, activity known"),
    ("DQ38", "suitable in custody, bed and breakfast or no abode"),
    ("DQ40", "no visit recorded, last contact stored"),
    ("DQ40", "one visit not recorded, but the last contact"),
    ("DQ40", "last contact is a review"),
)
"""Shapes of the latest month alone: of their children nothing is changed in the months before."""


def test_the_months_before_are_right_where_history_is_the_evidence(
    faulty: Faulty, changed: dict[str, list[tuple[str, Row]]]
) -> None:
    persons = {one.person_id for shape in AS_IT_WAS for one in faulty.of(*shape)}
    for month in faulty.after.months[:-1]:
        assert not persons & {number for _, row in changed[month] for number in persons_in(row)}


HAD_THE_TRUE_VALUE = (
    ("DQ01", "copied into the care before"),
    ("DQ01", "copied with reason, home and order"),
    ("DQ39", "end taken away"),
    ("DQ39", "approval date changed"),
)


@pytest.mark.parametrize("shape", HAD_THE_TRUE_VALUE)
def test_the_extract_before_still_has_the_true_value(
    faulty: Faulty, shape: tuple[str, str]
) -> None:
    for one in faulty.of(*shape):
        assert cells(faulty.after, one, "2026-09") == [one.true_value]


@pytest.mark.parametrize(
    "shape",
    [("DQ23", "no open lead worker"), ("DQ45", "spending up to another day")],
)
def test_the_cell_was_right_in_the_extract_before(faulty: Faulty, shape: tuple[str, str]) -> None:
    for one in faulty.of(*shape):
        assert cells(faulty.after, one, "2026-09") == cells(faulty.before, one, "2026-09")


def test_no_extract_helps_where_the_end_was_copied_in_all(faulty: Faulty) -> None:
    for one in faulty.of("DQ01", "copied in every extract"):
        for month in faulty.after.months:
            assert cells(faulty.after, one, month) == [one.recorded_value]


def test_an_end_restored_from_history_must_lie_before_the_next_care(faulty: Faulty) -> None:
    for one in faulty.of("DQ01", "copied over an end that was wrong too"):
        (row,) = rows_of(faulty.after, one)
        rows = faulty.after.where(EPISODES, "clae_person_id", one.person_id)
        others = [r for r in rows if r["clae_cla_id"] != row["clae_cla_id"]]
        next_start = min(str(r["clae_cla_episode_start_date"]) for r in others)
        (was,) = cells(faulty.after, one, "2026-08")
        assert next_start < was != one.recorded_value


def test_a_row_without_an_id_is_named_by_file_and_row(faulty: Faulty) -> None:
    truths = faulty.of("DQ17", "under a number no child has")
    rows = list(faulty.after.rows("ext_pep"))
    for one, named in zip(truths, by_file_and_row(faulty.after, truths), strict=True):
        file, line = named.row_id.split(":")
        assert file == "ext_pep.csv"
        assert rows[int(line) - 2]["person_id"] == one.person_id


@pytest.mark.parametrize(
    ("issue_id", "shape", "least"),
    [
        ("DQ01", "siblings who left on one day", 2),
        ("DQ10", "two children alike in all but their number", 2),
        ("DQ44", "a family admitted on one day", 3),
    ],
)
def test_brothers_and_sisters_are_alike(
    faulty: Faulty, issue_id: str, shape: str, least: int
) -> None:
    def facts(row: Row) -> list[object]:
        return [row[f"clae_cla_episode_{what}"] for what in FACTS]

    for one in faulty.of(issue_id, shape):
        (mine,) = rows_of(faulty.after, one)
        alike = [row for row in faulty.after.rows(EPISODES) if facts(row) == facts(mine)]
        assert len({row["clae_person_id"] for row in alike}) >= least


FACTS = ("start_date", "ceased_date", "start_reason", "ceased_reason")


@pytest.mark.parametrize(
    ("issue_id", "shape", "table"),
    [
        ("DQ09", "adopted without a permanence row", "ssd_permanence"),
        ("DQ39", "household off the register", "ext_foster_household"),
        ("DQ45", "bought placement without a price", "ext_placement_cost"),
    ],
)
def test_a_missing_row_is_named_with_its_table(
    faulty: Faulty, issue_id: str, shape: str, table: str
) -> None:
    found = {one.true_value for one in faulty.of(issue_id, shape)}
    assert found == {f"(row missing in {table})"}


def test_a_fault_of_adoption_dates_is_one_issue_and_not_three(faulty: Faulty) -> None:
    """A missing or wrong date of DQ31 and DQ32 is on the tracker, too: no difference (DQ09)."""
    for one in faulty.truths:
        if one.issue_id in ("DQ31", "DQ32"):
            assert not is_dq09(faulty.after, one)
    for one in faulty.of("DQ09", "different dates"):
        assert not is_dq31(faulty.after, one) and not is_dq32(faulty.after, one)


ENDS = (
    (EPISODES, "clae_person_id", "clae_cla_episode_ceased_date"),
    (PLACEMENTS, "clap_person_id", "clap_cla_placement_end_date"),
    (ORDERS, "lega_person_id", "lega_legal_status_end_date"),
    ("ssd_involvements", "invo_person_id", "invo_involvement_end_date"),
)


def test_a_child_still_looked_after_by_the_case_system_has_open_rows(faulty: Faulty) -> None:
    for one in faulty.of("DQ09", "adopted on the tracker, still looked after"):
        for table, person, end in ENDS[:3]:
            rows = faulty.after.where(table, person, one.person_id)
            assert any(row[end] is None for row in rows), table


def test_who_leaves_at_17_has_no_open_row_left(faulty: Faulty) -> None:
    last_day = faulty.after.settings.last_day
    for one in faulty.of("DQ38", "with former carers at 17"):
        ends = [
            row[end]
            for table, person, end in ENDS
            for row in faulty.after.where(table, person, one.person_id)
        ]
        days = [end for end in ends if isinstance(end, date)]
        assert len(days) == len(ends)
        assert last_day - timedelta(days=7) < max(days) <= last_day


def test_the_catalogue_has_every_issue_there_is() -> None:
    folder = Path(__file__).resolve().parents[3] / "synthetic" / "faults"
    written = {path.stem.upper() for path in folder.glob("dq[0-9][0-9].py")}
    assert set(ISSUES) == written
    assert list(ISSUES) == sorted(ISSUES)
    assert all(issue.issue_id == key for key, issue in ISSUES.items())


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *more: str) -> None:
    small = ("--children", "60", "--months", "2")
    monkeypatch.setattr(sys, "argv", ["synthetic", "--out", str(folder), *small, *more])
    main()


def test_the_command_writes_an_inbox_with_faults_and_the_truth_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, tmp_path, "--faults", "DQ38,dq16", "--each", "4")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["2026-09", "2026-10", "reference", "truth.csv"]
    truths = read(tmp_path / "truth.csv")
    assert {one["issue_id"] for one in truths} == {"DQ16", "DQ38"}
    wrong = next(one for one in truths if one["column"] == "clea_care_leaver_in_touch")
    rows = read(tmp_path / "2026-10" / "care_leavers" / "ssd_care_leavers.csv")
    (row,) = [row for row in rows if row["clea_person_id"] == wrong["row_id"]]
    assert row["clea_care_leaver_in_touch"] == wrong["recorded_value"]
    cases = {(t["issue_id"], t["shape"], t["person_id"] or t["row_id"]) for t in truths}
    made = Counter((issue_id, shape) for issue_id, shape, _ in cases)
    too_few = [
        f"{issue_id} {shape}: only {made[issue_id, shape]} of 4"
        for issue_id in ("DQ16", "DQ38")
        for shape in (*ISSUES[issue_id].faults, *ISSUES[issue_id].look_alikes)
        if made[issue_id, shape] < 4
    ]
    assert too_few and capsys.readouterr().err.splitlines() == too_few


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_an_unknown_issue_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, tmp_path, "--faults", "DQ99")
    assert capsys.readouterr().err.splitlines()[-1].endswith("error: no faults for DQ99")
    assert not list(tmp_path.iterdir())

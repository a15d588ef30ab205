"""Three months published one after the other, the last one again, and again after a correction.

Each publication is computed as in a run and put into the archive as a publication does; the page
is not made, for nothing here is about it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from pipeline import archive, publications, reference
from pipeline.contract import EXTRACT_FAMILIES
from pipeline.landing import land_family
from pipeline.month import Month
from pipeline.publishing import build_warehouse, pending_computations
from pipeline.run_plan import RunPlan
from pipeline.settings import Settings
from pipeline.warehouse import build_database
from tests.recount.catalogue import MEASURES
from tests.recount.values import Figure
from tests.recount.visits import due_locally, due_nationally

from .building import Build, Council, Key, month_ends
from .causes import changed_children, in_date, new_visits
from .comparing import differences, recounted
from .inboxes import TableFile

AUGUST, SEPTEMBER, OCTOBER = (Month.parse(f"2026-{number:02d}") for number in (8, 9, 10))
GIVEN_BY = {month: month_ends(str(month), (0, 1, 2)) for month in (AUGUST, SEPTEMBER, OCTOBER)}
FIGURE = "indicator_id, period_end, basis, breakdown"
DUE = {"visits_up_to_date_nms_pct": due_nationally, "visits_up_to_date_local_pct": due_locally}
Recounts = dict[Month, dict[Key, Figure]]


@dataclass(frozen=True)
class Publication:
    """One completed publication: what it planned, and the database it left."""

    plan: RunPlan
    build: Build


@dataclass(frozen=True)
class Publications:
    """All of them, by what they were."""

    august: Publication
    september: Publication
    october: Publication
    october_again: Publication
    october_corrected: Publication


@pytest.fixture(scope="module")
def corrected(history: Council, tmp_path_factory: pytest.TempPathFactory) -> Council:
    """The same extracts, with October delivered again: everybody has been visited."""
    inbox = tmp_path_factory.mktemp("corrected") / "inbox"
    shutil.copytree(history.inbox, inbox)
    folder = inbox / str(OCTOBER) / "social_care"
    visits = TableFile.read(folder / "ssd_cla_visits.csv")
    people = TableFile.read(folder / "ssd_person.csv").rows
    visits.rows += [
        dict.fromkeys(visits.columns, "")
        | {
            "clav_cla_visit_id": f"late-{number}",
            "clav_person_id": person["pers_person_id"],
            "clav_cla_visit_date": "2026-10-30",
            "clav_cla_visit_seen": "Y",
        }
        for number, person in enumerate(people)
    ]
    visits.write()
    return Council(history.la, inbox)


@pytest.fixture(scope="module")
def published(
    history: Council,
    corrected: Council,
    tmp_path_factory: pytest.TempPathFactory,
    pack_environment: None,
) -> Iterator[Publications]:
    out, kept = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("kept")
    settings = Settings(inbox=history.inbox, out=out)
    again = Settings(inbox=corrected.inbox, out=out)
    yield Publications(
        august=publish(settings, AUGUST, kept / "august.duckdb"),
        september=publish(settings, SEPTEMBER, kept / "september.duckdb"),
        october=publish(settings, OCTOBER, kept / "october.duckdb"),
        october_again=publish(settings, OCTOBER, kept / "october_again.duckdb"),
        october_corrected=publish(again, OCTOBER, kept / "october_corrected.duckdb"),
    )


@pytest.fixture(scope="module")
def recounts(history: Council) -> Recounts:
    """What each extract gives for its own month and the two before, counted in plain Python."""
    return {month: recounted(history.inbox, str(month), ends) for month, ends in GIVEN_BY.items()}


def publish(settings: Settings, month: Month, database: Path) -> Publication:
    """Land, build, and enter the archive in the order of a publication (ruling F3)."""
    reference.land_reference(settings, month)
    for family in EXTRACT_FAMILIES:
        land_family(settings, month, family)
    plan = build_warehouse(settings, month)
    archive.write(settings, plan, build_database(settings))
    shutil.copy(build_database(settings), database)
    publications.confirm(settings, plan.la, plan.month, pending_computations(plan))
    return Publication(plan, Build(database, settings))


def first_published(publication: Publication) -> dict[Key, tuple[float, str]]:
    rows = publication.build.rows(
        f"select {FIGURE}, first_published_value, first_published_snapshot "
        "from fct_indicator_value where first_published_snapshot is not null"
    )
    return {row[:4]: row[4:] for row in rows}


def rounded(value: Fraction | float | None) -> Decimal | None:
    """One decimal, half up, from the exact value (C18)."""
    if value is None:
        return None
    exact = Fraction(value).limit_denominator(10**9)
    tenths = (Decimal(exact.numerator * 10) / Decimal(exact.denominator)).quantize(
        Decimal(1), rounding=ROUND_HALF_UP
    )
    return tenths / 10


def test_each_snapshot_is_pending_once(published: Publications) -> None:
    def pending(publication: Publication) -> list[str]:
        return [one.month for one in publication.plan.pending]

    assert pending(published.august) == ["2026-08"]
    assert pending(published.september) == ["2026-09"]
    assert pending(published.october) == ["2026-10"]
    assert pending(published.october_again) == []
    assert pending(published.october_corrected) == ["2026-10"]


@pytest.mark.parametrize("month", [AUGUST, SEPTEMBER, OCTOBER], ids=str)
def test_every_publication_counts_as_in_plain_python(
    published: Publications, recounts: Recounts, month: Month
) -> None:
    by_month = dict(
        zip(GIVEN_BY, (published.august, published.september, published.october), strict=True)
    )
    computed = by_month[month].build.computed("history", str(month))
    assert differences(computed, recounts[month]) == []


def test_first_published_value_is_what_its_own_extract_gave(
    published: Publications, recounts: Recounts
) -> None:
    found = first_published(published.october)
    for month in (AUGUST, SEPTEMBER, OCTOBER):
        own = {key: one for key, one in recounts[month].items() if key[1] == month.last_day}
        for key, figure in own.items():
            if figure.status == "ok" and figure.value is not None:
                value, snapshot = found[key]
                assert (rounded(value), snapshot) == (rounded(figure.value), str(month)), key
    assert len(found) > 60


def test_current_value_is_that_of_the_latest_extract(
    published: Publications, recounts: Recounts
) -> None:
    """September's figures come from October's extract, save what is kept only as of now (A3)."""
    figures = published.october.build.figures("history")
    snapshots = dict(
        published.october.build.rows(
            "select indicator_id, max(snapshot_month) from fct_indicator_value "
            "where period_end = date '2026-09-30' group by indicator_id"
        )
    )
    for key, figure in recounts[OCTOBER].items():
        assert rounded(figures[key].value) == rounded(figure.value), key
    kept = {one.indicator_id for one in MEASURES if one.kept_as_of_now and not one.unless}
    assert {snapshots.pop(one) for one in kept} == {"2026-09"}
    assert set(snapshots.values()) == {"2026-10"}


def test_restatements_are_what_differs_between_consecutive_extracts(
    published: Publications, recounts: Recounts
) -> None:
    found = published.october.build.rows(
        f"select {FIGURE}, snapshot_month, previous_value, current_value from fct_restatement"
    )
    listed = {row[:5]: (rounded(row[5]), rounded(row[6])) for row in found}
    expected = {
        (*key, str(later)): change
        for earlier, later in ((AUGUST, SEPTEMBER), (SEPTEMBER, OCTOBER))
        for key, change in changes(recounts[earlier], recounts[later]).items()
    }
    assert listed == expected
    assert len(found) == len(listed) > 5


def changes(
    earlier: dict[Key, Figure], later: dict[Key, Figure]
) -> dict[Key, tuple[Decimal | None, Decimal | None]]:
    """What a figure was and is, where value as published, numerator or denominator differ.

    Only figures that both extracts give; a part of a breakdown that does not occur is 0.
    """
    given = {key[:3] for key in earlier} & {key[:3] for key in later}
    nothing = Figure(Fraction(0), 0, None)
    found = {}
    for key in {*earlier, *later}:
        before, after = earlier.get(key, nothing), later.get(key, nothing)
        if key[:3] in given and published_as(before) != published_as(after):
            found[key] = rounded(before.value), rounded(after.value)
    return found


def published_as(figure: Figure) -> tuple[object, ...]:
    return rounded(figure.value), figure.numerator, figure.denominator


def test_restatement_counts_the_rows_that_came_changed_and_went(published: Publications) -> None:
    """Set against the rows behind the figure in both publications."""
    rows = published.october.build.rows(
        f"select {FIGURE}, rows_added, rows_changed, rows_removed from fct_restatement "
        "where snapshot_month = '2026-10' and breakdown = ''"
    )
    before, after = cohorts(published.september), cohorts(published.october)
    for *key, added, changed, removed in rows:
        was, now = before.get(tuple(key[:3]), {}), after.get(tuple(key[:3]), {})
        assert (added, changed, removed) == (
            len(now.keys() - was.keys()),
            sum(was[one] != now[one] for one in now.keys() & was.keys()),
            len(was.keys() - now.keys()),
        ), key
    assert rows


def cohorts(publication: Publication) -> dict[tuple, dict[tuple, bool]]:
    """Who is behind each figure that the publication's own extract gives."""
    found: dict[tuple, dict[tuple, bool]] = {}
    for row in publication.build.rows(
        "select indicator_id, period_end, basis, person_id, event_id, in_numerator "
        "from fct_computed_cohort where snapshot_month = ?",
        publication.plan.month,
    ):
        found.setdefault(row[:3], {})[row[3:5]] = row[5]
    return found


def test_backfilled_figures_say_so_and_were_never_published(published: Publications) -> None:
    rows = published.october.build.rows(
        "select period_end, status, note, first_published_value, first_published_snapshot "
        "from fct_indicator_value where period_end < date '2026-07-01'"
    )
    has_value = [row for row in rows if row[1] == "ok" and row[0] != date(2026, 6, 30)]
    assert len(has_value) > 300
    assert {"backfilled" in row[2] for row in has_value} == {True}
    assert {row[3:] for row in rows if row[0] != date(2026, 6, 30)} == {(None, None)}


def test_second_run_computes_nothing_and_gives_the_same_figures(published: Publications) -> None:
    again = published.october_again.build
    for table in ("fct_indicator_value", "fct_restatement", "fct_indicator_cohort"):
        everything = f"select * from {table} order by all"
        assert again.rows(everything) == published.october.build.rows(everything), table
    assert again.rows("select count(*) from fct_computed_value where not is_as_recorded") == [(0,)]


def test_three_months_in_one_build_are_as_three_builds(
    published: Publications, build: Build
) -> None:
    """A first run over an inbox of several months gives what the months would have given."""
    columns = (
        f"{FIGURE}, value, numerator, denominator, status, note, snapshot_month, "
        "first_published_value, first_published_snapshot"
    )
    figures = f"select {columns} from fct_indicator_value where la = ? order by all"
    assert build.rows(figures, "three_at_once") == published.october.build.rows(figures, "history")
    changed = (
        f"select {FIGURE}, snapshot_month, previous_value, current_value, rows_added, "
        "rows_changed, rows_removed from fct_restatement where la = ? order by all"
    )
    assert build.rows(changed, "three_at_once") == published.october.build.rows(changed, "history")


def test_corrected_delivery_is_computed_again(published: Publications, corrected: Council) -> None:
    recount = recounted(corrected.inbox, str(OCTOBER), GIVEN_BY[OCTOBER])
    computed = published.october_corrected.build.computed("history", str(OCTOBER))
    assert differences(computed, recount) == []
    visits = "visits_up_to_date_nms_pct", OCTOBER.last_day, "month_end", ""
    after = published.october_corrected.build.figures("history")[visits]
    before = published.october.build.figures("history")[visits]
    assert (after.value or 0) > (before.value or 0)


def test_correction_leaves_what_was_first_published(published: Publications) -> None:
    assert first_published(published.october_corrected) == first_published(published.october)


def test_correction_is_listed_as_a_restatement(published: Publications) -> None:
    visits = (
        "select previous_value, current_value from fct_restatement where snapshot_month = '2026-10'"
        " and indicator_id = 'visits_up_to_date_nms_pct' and period_end = date '2026-10-31'"
    )
    assert published.october.build.rows(visits) == []
    [(previous, current)] = published.october_corrected.build.rows(visits)
    assert current > previous


@pytest.mark.parametrize("due", DUE, ids=str)
@pytest.mark.parametrize("months_back", [1, 2])
def test_the_children_named_are_those_whose_visits_were_recorded_since(
    history: Council, published: Publications, due: str, months_back: int
) -> None:
    """Counted child by child in both extracts: who changed, and which of their visits are new."""
    day = OCTOBER.plus(-months_back).last_day
    before = in_date(history.inbox, str(SEPTEMBER), day, DUE[due])
    now = in_date(history.inbox, str(OCTOBER), day, DUE[due])
    changed = changed_children(before, now)
    visits = new_visits(history.inbox, str(SEPTEMBER), str(OCTOBER), day)
    found = causes(published.october, due, day, SEPTEMBER)
    assert {child for child, _, _ in found} == changed
    late = {(child, visit) for child, visit, cause in found if cause == "recorded late"}
    assert {one for one in late if one[1] in set().union(*visits.values())} == {
        (child, visit) for child in changed for visit in visits.get(child, ())
    }
    assert {child for child in changed if now.get(child) and before.get(child) is False} <= {
        child for child, _ in late
    }


def test_a_month_delivered_again_is_explained_by_what_the_new_delivery_brought(
    history: Council, corrected: Council, published: Publications
) -> None:
    due, day = "visits_up_to_date_nms_pct", OCTOBER.last_day
    before = in_date(history.inbox, str(OCTOBER), day, DUE[due])
    changed = changed_children(before, in_date(corrected.inbox, str(OCTOBER), day, DUE[due]))
    found = causes(published.october_corrected, due, day, OCTOBER)
    assert {child for child, _, _ in found} == changed and changed
    assert all(visit.startswith("late-") for _, visit, _ in found)


def causes(
    publication: Publication, indicator_id: str, day: date, previous: Month
) -> list[tuple[str, str, str]]:
    """The children, records and causes that a publication names for a figure."""
    return publication.build.rows(
        "select distinct person_id, row_id, cause from rpt_restated_child where indicator_id = ? "
        "and period_end = ? and previous_snapshot_month = ? and change <> 'moved'",
        *(indicator_id, day, str(previous)),
    )

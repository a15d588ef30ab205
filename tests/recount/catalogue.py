"""Every indicator of the recount: its bases, what it needs and the function that counts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import (
    adoption,
    education,
    flows,
    fostering,
    health,
    leavers,
    orders,
    placements,
    plans,
    reviews,
    risks,
    stock,
    visits,
    workers,
)
from .care import Episode
from .council import CareAt
from .dates import Window
from .extract import Extract
from .values import Figure, Parts

Counting = Callable[[CareAt, Window], Figure | Parts]

CARE = "episode_rows"


@dataclass(frozen=True)
class Measure:
    """One indicator; ``needs`` names what must be in the extract (decision 0006).

    One that is ``kept_as_of_now`` is answered for the extract's own month alone (A3), except where
    a history is given, which ``unless`` names.
    """

    indicator_id: str
    bases: tuple[str, ...]
    needs: tuple[str, ...]
    counts: Counting
    kept_as_of_now: bool = False
    unless: str = ""

    def is_available(self, extract: Extract) -> bool:
        """Whether everything it needs was given."""
        return all(getattr(extract, name) is not None for name in self.needs)

    def is_answered(self, extract: Extract, is_own_month: bool) -> bool:
        """Whether an extract can speak of a month at all."""
        has_history = bool(self.unless) and getattr(extract, self.unless) is not None
        return is_own_month or has_history or not self.kept_as_of_now


def _state(
    indicator_id: str,
    counts: Callable[[CareAt], Figure | Parts],
    *needs: str,
    basis: str = "month_end",
    kept_as_of_now: bool = False,
    unless: str = "",
) -> Measure:
    """As at the end of the month."""
    return Measure(
        indicator_id=indicator_id,
        bases=(basis,),
        needs=needs,
        counts=lambda care, window: counts(care),
        kept_as_of_now=kept_as_of_now,
        unless=unless,
    )


def _leaver(indicator_id: str, counts: Callable[[CareAt], Figure], *more: str) -> Measure:
    return _state(indicator_id, counts, CARE, "leavers", *more, kept_as_of_now=True)


def _flow(indicator_id: str, counts: Counting, *needs: str, also: tuple[str, ...] = ()) -> Measure:
    """In the month and in the year to date."""
    return Measure(indicator_id, ("in_month", "fytd", *also), needs, counts)


def _profile() -> Iterable[Measure]:
    yield _state("lac_count", stock.number_looked_after, CARE)
    yield _state(
        "lac_count_pending_discharge", stock.pending_discharge, CARE, "discharges", "decisions"
    )
    yield _state("lac_rate_10k", stock.rate, CARE)
    yield _state("lac_rate_10k_dfe", stock.rate_dfe, CARE)
    yield _state("lac_age_band_share", stock.by_age, CARE)
    yield _state("lac_legal_status_share", stock.by_legal_status, CARE)
    yield _state("lac_uasc", stock.unaccompanied, CARE, "uasc")


def _flows() -> Iterable[Measure]:
    yield _flow("admissions", flows.admissions, CARE)
    yield _flow("admissions_children", flows.admissions_children, CARE)
    yield Measure(
        "admission_average_age", ("in_month", "rolling_12m"), (CARE,), flows.age_at_admission
    )
    yield _flow("ceased", flows.ceased, CARE)
    yield _flow("ceased_children", flows.ceased_children, CARE)
    yield Measure("ceased_by_reason", ("fytd", "fy"), (CARE,), flows.by_reason)
    yield _flow("ceased_permanence_pct", flows.share_left_by(flows.PERMANENCE), CARE)
    yield _flow("sgo_started", orders.guardianship_orders, CARE, "orders")
    yield _flow("sgo_cao_granted", orders.all_orders, CARE, "orders")
    yield _flow("ceased_sgo_pct", flows.share_left_by(flows.GUARDIANSHIP), CARE)
    yield _flow("ceased_sgo_cao", flows.number_left_by(flows.ORDERS), CARE)
    yield _flow("adopted_pct_of_ceased", flows.share_left_by(flows.ADOPTION), CARE, also=("fy",))


def _plans_and_visits() -> Iterable[Measure]:
    yield _state("care_plan_up_to_date_pct", plans.care_plans_up_to_date, CARE, "care_plans")
    yield _state(
        "visits_up_to_date_nms_pct", visits.not_overdue(visits.due_nationally), CARE, "visits"
    )
    yield _state(
        "visits_up_to_date_local_pct",
        visits.not_overdue(visits.due_locally),
        *(CARE, "visits", "decisions"),
    )
    yield _state(
        "visits_reg28_strict_pct",
        visits.not_overdue(visits.due_by_regulation_28),
        *(CARE, "visits", "decisions", "reviews", "foster"),
    )
    yield _flow("reviews_in_timescale_pct", reviews.reviews_in_time, CARE, "reviews")
    yield _leaver("pathway_plan_has_pct", plans.pathway_plan_has)
    yield _leaver("pathway_plan_up_to_date_pct", plans.pathway_plan_up_to_date)
    yield _state(
        "pathway_plan_up_to_date_lac_pct",
        plans.pathway_plan_up_to_date_looked_after,
        *(CARE, "leavers"),
        kept_as_of_now=True,
        unless="pathway_plans",
    )


def _placements() -> Iterable[Measure]:
    yield _state("long_term_stability_pct", placements.long_term_stability, CARE)
    yield _state("three_plus_placements_pct", placements.three_or_more, CARE, basis="rolling_12m")
    shares: tuple[tuple[str, placements.Test], ...] = (
        ("family_based_pct", lambda row: row.is_family_based),
        ("placed_with_parents_pct", placements.is_with_parents),
        ("kinship_pct", lambda row: row.is_kinship),
        ("commissioned_pct", placements.is_commissioned),
        ("foster_placement_pct", placements.is_in_foster_care),
    )
    for indicator_id, test in shares:
        yield _state(indicator_id, placements.share_placed(test), CARE)
    numbers: tuple[tuple[str, Callable[[Episode], bool]], ...] = (
        ("foster_placement_count", placements.is_in_foster_care),
        ("commissioned_16plus", placements.is_commissioned_16plus),
    )
    for indicator_id, test in numbers:
        yield _state(indicator_id, placements.number_placed(test), CARE)


def _health_and_education() -> Iterable[Measure]:
    yield _state("health_assessment_up_to_date_pct", health.health_up_to_date, CARE, "health")
    yield _flow("iha_within_20wd_pct", health.initial_assessments_in_time, CARE, "health")
    yield _state("dental_up_to_date_pct", health.dental_up_to_date, CARE, "dental")
    yield _state("pep_has_pct", education.pep_has, CARE, "peps")
    yield Measure("pep_up_to_date_termly_pct", ("term",), (CARE, "peps"), education.pep_up_to_date)
    yield _state("lac_yot", risks.known_to_youth_justice, CARE, "youth_justice")
    yield _state("lac_ehcp", education.with_ehc_plan, CARE, "ehc_plans")
    yield _flow("lac_missing_children", risks.missing_children, CARE, "missing")
    yield _flow("missing_episodes", risks.missing_episodes, CARE, "missing", also=("fy",))
    yield _flow(
        "missing_children_over3", risks.missing_more_than_three_times, CARE, "missing", also=("fy",)
    )


def _care_leavers() -> Iterable[Measure]:
    yield _leaver("care_leavers", leavers.number_of_care_leavers)
    yield _leaver("cl_suitable_accommodation_pct", leavers.suitable)
    yield _leaver("cl_suitable_r19_literal", leavers.suitable_to_the_letter)
    yield _leaver("cl_eet_pct", leavers.in_education_or_work)
    yield _leaver("cl_former_uasc", leavers.formerly_unaccompanied, "uasc")


def _adoption() -> Iterable[Measure]:
    yield _flow("adoptions", adoption.number, CARE)
    yield _flow("adoptions_12m_shobpa_count", adoption.number_within_a_year, CARE, "decisions")
    yield _flow("adoptions_12m_shobpa_pct", adoption.share_within_a_year, CARE, "decisions")
    times: tuple[tuple[str, Callable[[adoption.Adoption], int | None]], ...] = (
        ("adoption_a1_days", lambda one: one.days_until_placed),
        ("adoption_a10_days", lambda one: one.days_until_home),
        ("adoption_a2_days", lambda one: one.days_until_matched),
    )
    for indicator_id, days in times:
        yield Measure(indicator_id, ("fytd",), (CARE, "decisions"), adoption.average(days))


def _caseloads() -> Iterable[Measure]:
    needs = ("involvements", "professionals", "posts")
    yield _state("caseload_max", workers.largest_caseload, *needs)
    teams = (("1_3", workers.TEAMS_1_TO_3), ("4_5", workers.TEAMS_4_AND_5))
    for name, of in teams:
        average = workers.average_caseload
        yield _state(f"caseload_avg_lac_{name}", average(of), *needs)
        yield _state(f"caseload_avg_lac_{name}_raw_fte", average(of, by_grade=False), *needs)


def _fostering() -> Iterable[Measure]:
    yield _state("foster_households", fostering.households, "foster")
    yield _flow("foster_recruited", fostering.recruited, "foster")
    yield _flow("foster_deregistered", fostering.deregistered, "foster")
    yield _flow("foster_places_created", fostering.places_created, "foster")


MEASURES: tuple[Measure, ...] = (
    *_profile(),
    *_flows(),
    *_plans_and_visits(),
    *_placements(),
    *_health_and_education(),
    *_care_leavers(),
    *_adoption(),
    *_caseloads(),
    *_fostering(),
)

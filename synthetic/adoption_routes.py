"""Every route to an adoption: by the foster carer, by consent, unplaced, or off the case system."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from synthetic.days import days
from synthetic.lives import AdoptionPath, Plan
from synthetic.settings import CouncilSettings

LEAST_IN_A_YEAR = 8
"""A year with fewer adoptions keeps those it has."""

BY_FOSTER_CARER = (3, 5)
"""Adoptions a year by the child's own foster carer, for 550 children."""


@dataclass
class _Adoption:
    """An adoption and the plan that leads to it."""

    plan: Plan
    path: AdoptionPath

    def change(self, **steps: date | bool | None) -> None:
        """Change steps of the path."""
        self.path = replace(self.path, **steps)  # type: ignore[arg-type]


def with_every_route(settings: CouncilSettings, plans: Iterable[Plan]) -> dict[Plan, Plan]:
    """Return the plans to change: in every financial year each route is taken."""
    by_year: dict[int, list[_Adoption]] = defaultdict(list)
    for plan in plans:
        path = plan.adoption
        if path is None or path.order is None:
            continue
        if settings.history_from <= path.order <= settings.last_day:
            year = path.order.year - (path.order.month < 4)
            by_year[year].append(_Adoption(plan, path))
    found: dict[Plan, Plan] = {}
    for year, adoptions in by_year.items():
        if len(adoptions) >= LEAST_IN_A_YEAR:
            _vary(settings, settings.rng("adoption routes", year), adoptions)
        for each in adoptions:
            # Only consent does without a placement order; its adoptions are unopposed.
            reason = each.plan.end_reason if each.path.placement_order else "E11"
            found[each.plan] = replace(each.plan, end_reason=reason, adoption=each.path)
    return found


def _vary(settings: CouncilSettings, rng: Random, adoptions: list[_Adoption]) -> None:
    """Give the adoptions of a year their routes; those known early in it come first."""
    others = [each for each in adoptions if each.path.by_foster_carer_since is None]
    _by_foster_carer(settings, rng, adoptions, others)
    ways: tuple[Callable[[_Adoption], None], ...] = (_by_consent, _unplaced, _off_the_system)
    known = [each for each in others if each.path.by_foster_carer_since is None]
    known.sort(key=lambda each: each.path.order or date.max)
    for way, each in zip(ways, known, strict=False):
        way(each)


def _by_foster_carer(
    settings: CouncilSettings, rng: Random, adoptions: list[_Adoption], others: list[_Adoption]
) -> None:
    carers = [each for each in adoptions if each.path.by_foster_carer_since is not None]
    aim = max(1, round(settings.scaled(rng.randint(*BY_FOSTER_CARER))))
    for each in carers[aim:]:
        each.change(by_foster_carer_since=None)
    for each in rng.sample(others, max(0, min(aim - len(carers), len(others) - 3))):
        each.change(by_foster_carer_since=each.plan.start + days(rng.choice((0, 40, 90))))
        carers.append(each)
    # The court makes one placement order as the child is placed with the carer (RNE U).
    carers[0].change(placement_order=carers[0].path.placed)


def _by_consent(adoption: _Adoption) -> None:
    adoption.change(placement_order=None)


def _unplaced(adoption: _Adoption) -> None:
    adoption.change(match=None, placed=None)


def _off_the_system(adoption: _Adoption) -> None:
    adoption.change(is_placed_on_tracker_only=True)

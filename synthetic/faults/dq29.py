"""DQ29: P1 with voluntary accommodation; provider codes.

A child placed with parents by agreement, who should have ceased to be looked after; a home with
parents that has another provider than PR0, or none; PR0 or no provider in any other home. Only
PR0 for a home with parents can be put right.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from .cares import (
    PLACE,
    PLACEMENTS,
    PROVIDER,
    Cell,
    Child,
    code_of,
    issue_of,
    put,
    text_of,
)
from .extracts import Extracts, Row, Value

CARERS = frozenset({"U3", "U4", "U6", "K2"})
PROVIDERS = frozenset({"PR1", "PR2", "PR4", "PR5"})


def _homes(child: Child, is_such: Callable[[Row], bool]) -> list[Row]:
    return [home for home in child.last.placements if is_such(home)] if child.is_settled else []


def _is_with_parents(home: Row) -> bool:
    return home[PLACE] == "P1" and home[PROVIDER] == "PR0"


def _is_with_carers(home: Row) -> bool:
    return home[PLACE] in CARERS and home[PROVIDER] in PROVIDERS


def _is_cover(home: Row) -> bool:
    return str(home[PLACE]).startswith("T") and home[PROVIDER] is None


def _has(is_such: Callable[[Row], bool]) -> Callable[[Child], bool]:
    return lambda child: bool(_homes(child, is_such))


def _typed_for(
    is_such: Callable[[Row], bool], providers: tuple[Value, ...], *, is_repairable: bool = False
) -> Callable[[Extracts, random.Random, Child], Cell]:
    """Return a change of the provider of one such home."""

    def change(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
        home = chance.choice(_homes(child, is_such))
        row_id, true = str(home["clap_cla_placement_id"]), text_of(home[PROVIDER])
        put(extracts, PLACEMENTS, row_id, {PROVIDER: chance.choice(providers)})
        return Cell(PLACEMENTS, row_id, PROVIDER, true, is_repairable)

    return change


def _as_it_is(
    is_such: Callable[[Row], bool], column: str
) -> Callable[[Extracts, random.Random, Child], Cell]:
    """Return a choice of one such home, as it stands."""

    def change(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
        home = chance.choice(_homes(child, is_such))
        return Cell(PLACEMENTS, str(home["clap_cla_placement_id"]), column)

    return change


def _is_accommodated(child: Child) -> bool:
    is_so = child.is_settled and {code_of(order) for order in child.last.orders} == {"V2"}
    has_cover = any(_is_cover(home) for home in child.last.placements)
    return is_so and _is_with_carers(child.last.last_home) and not has_cover


def _with_parents_by_agreement(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    home = child.last.last_home
    row_id, true = str(home["clap_cla_placement_id"]), text_of(home[PLACE])
    at_home = {PLACE: "P1", PROVIDER: "PR0", "clap_cla_placement_urn": None}
    put(extracts, PLACEMENTS, row_id, at_home)
    return Cell(PLACEMENTS, row_id, PLACE, true)


def _has_order_with_parents(child: Child) -> bool:
    has_order = {code_of(order) for order in child.last.orders} <= {"C1", "C2"}
    return has_order and bool(_homes(child, _is_with_parents))


def _is_elsewhere(child: Child) -> bool:
    return child.is_settled and not child.is_under(16) and _is_with_carers(child.last.last_home)


def _other_without_provider(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    row_id = str(child.last.last_home["clap_cla_placement_id"])
    elsewhere = {PLACE: "Z1", PROVIDER: None, "clap_cla_placement_urn": None}
    put(extracts, PLACEMENTS, row_id, elsewhere, extracts.months)
    return Cell(PLACEMENTS, row_id, PROVIDER)


ISSUE = issue_of(
    "DQ29",
    faults={
        "with parents by agreement": (_is_accommodated, _with_parents_by_agreement),
        "with parents, another provider": (
            _has(_is_with_parents),
            _typed_for(_is_with_parents, ("PR1", "PR4"), is_repairable=True),
        ),
        "with parents, no provider": (
            _has(_is_with_parents),
            _typed_for(_is_with_parents, (None,), is_repairable=True),
        ),
        "with carers, parents as the provider": (
            _has(_is_with_carers),
            _typed_for(_is_with_carers, ("PR0",)),
        ),
        "with carers, no provider": (
            _has(_is_with_carers),
            _typed_for(_is_with_carers, (None,)),
        ),
    },
    look_alikes={
        "with parents under an order": (
            _has_order_with_parents,
            _as_it_is(_is_with_parents, PLACE),
        ),
        "cover without a provider": (_has(_is_cover), _as_it_is(_is_cover, PROVIDER)),
        "another kind of home without a provider": (_is_elsewhere, _other_without_provider),
    },
)

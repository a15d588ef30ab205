"""The few records that every real extract has and no rule book allows, in natural small numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from synthetic.days import days
from synthetic.lives import Care, Child
from synthetic.settings import CouncilSettings

UNMAPPED_PLACE = "Crisis bed (type to be agreed)"
"""A placement type no reference list knows (DQ27), typed in during the last month."""


@dataclass(frozen=True)
class Oddities:
    """Which periods of care carry which oddity, by cla id."""

    without_legal_status: frozenset[str]
    with_unmapped_place: frozenset[str]
    with_zero_length_row: frozenset[str]


def choose_oddities(settings: CouncilSettings, children: list[Child]) -> Oddities:
    """Choose the odd records; a small council has only zero-length rows (ruling A5: 1%)."""
    last = settings.last_day
    rng = settings.rng("oddities")

    def some(number: float, fits: Callable[[Care], bool]) -> frozenset[str]:
        found = [care.cla_id for child in children for care in child.counted_cares if fits(care)]
        return frozenset(rng.sample(found, min(len(found), round(number))))

    is_new = (last - days(80), last - days(25))
    moved = some(
        settings.scaled(3),
        lambda care: care.end > settings.history_from and len(care.homes) > 2,
    )
    if not settings.is_large:
        return Oddities(frozenset(), frozenset(), moved)
    return Oddities(
        without_legal_status=some(
            1,
            lambda care: (
                is_new[0] < care.start < is_new[1]
                and care.end > last + days(60)
                and len(care.orders) == 1
            ),
        ),
        with_unmapped_place=some(
            2,
            lambda care: (
                care.start <= last - days(3)
                and care.homes[-1].start.strftime("%Y-%m") == last.strftime("%Y-%m")
                and care.end > last
            ),
        ),
        with_zero_length_row=moved,
    )

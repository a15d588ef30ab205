"""What a family's module says beyond the contract: which codes and which dates its columns hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

YES_NO = ("Y", "N")
# Recorded after the month's end but before the extract was taken: normal, so not worth a warning.
DAYS_UNTIL_THE_EXTRACT = 62
YEARS_OF_HISTORY = 30
A_LIFETIME = 100


@dataclass(frozen=True)
class FamilyRules:
    """Rules by table and column; every breach of them is a warning, never a refusal.

    ``codes``: the values a column may hold, besides empty. ``days_ahead``: how far after the
    month's end a planned date may lie. ``years_back``: how far before it a date may lie.
    """

    codes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    days_ahead: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    years_back: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

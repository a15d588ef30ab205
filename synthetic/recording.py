"""How long it takes until something that happened is in the case system."""

from datetime import date
from random import Random

from synthetic.days import days

LAGS: dict[str, tuple[tuple[float, int, int], ...]] = {
    "admission": ((0.86, 0, 3), (0.11, 4, 12), (0.03, 15, 40)),
    "move": ((0.84, 0, 4), (0.12, 5, 15), (0.04, 16, 45)),
    "end": ((0.76, 0, 6), (0.18, 7, 20), (0.06, 25, 80)),
    "end at 18": ((0.66, 0, 7), (0.18, 8, 25), (0.16, 26, 120)),
    "visit": ((0.68, 0, 3), (0.22, 4, 10), (0.07, 11, 30), (0.03, 31, 70)),
    "review": ((0.80, 0, 7), (0.16, 8, 21), (0.04, 22, 60)),
    "plan": ((0.80, 0, 5), (0.15, 6, 20), (0.05, 21, 60)),
    "health": ((0.45, 1, 10), (0.37, 11, 30), (0.18, 31, 80)),
    "education": ((0.75, 0, 10), (0.25, 11, 35)),
    "other": ((0.80, 0, 7), (0.20, 8, 28)),
    "adoption": ((0.70, 1, 14), (0.22, 15, 40), (0.08, 45, 120)),
}
"""Kind of record: shares with the least and most days (DQ02, DQ03, DQ04)."""


def recorded(rng: Random, kind: str, happened_on: date) -> date:
    """Return the day on which something that happened is typed in."""
    shares = LAGS[kind]
    _, least, most = rng.choices(shares, weights=[share for share, _, _ in shares])[0]
    return happened_on + days(rng.randint(least, most))

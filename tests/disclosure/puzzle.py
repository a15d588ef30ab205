"""What can be worked out of published numbers: bounds of the hidden ones by linear programming."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

EVERY = ""
_NEARLY = 1e-6
# More than any number of a council: what has no end ends here.
_MOST = 100_000


@dataclass(frozen=True, order=True)
class Number:
    """One number of a figure: its numerator (``top``) or what it is measured against (``base``)."""

    indicator: str
    which: str
    basis: str
    day: date
    part: str = EVERY
    reading: str = "now"

    def __str__(self) -> str:
        words = (self.indicator, self.which, self.basis, str(self.day), self.part, self.reading)
        return " ".join(word for word in words if word not in (EVERY, "now"))


Sum = Mapping[Number, float]
Row = tuple[dict[Number, float], float, float]


@dataclass(frozen=True)
class Bounds:
    """Between which whole numbers a hidden one must lie, by all that is known."""

    low: float
    high: float

    def gives_away(self, smallest: int) -> bool:
        """Only one number is left; or it is certain that there is one, and fewer than are shown."""
        return self.low == self.high or (self.low >= 1 and self.high < smallest)


@dataclass
class Puzzle:
    """Known numbers and what is known of the others; no number is below nought."""

    known: dict[Number, float] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def between(self, terms: Sum, low: float, high: float) -> None:
        """Say that a sum of numbers lies between two bounds."""
        self.rows.append((dict(terms), low, high))

    def total(self, whole: Number, parts: Iterable[Number]) -> None:
        """Say that numbers add up to another one."""
        terms: dict[Number, float] = {whole: -1.0}
        for part in parts:
            terms[part] = terms.get(part, 0.0) + 1.0
        self.between(terms, 0, 0)

    def at_most(self, smaller: Number, larger: Number) -> None:
        """Say that one number is not above another."""
        self.between({larger: 1.0, smaller: -1.0}, 0, math.inf)

    def given_away(self, targets: Mapping[str, Sum], smallest: int) -> dict[str, Bounds]:
        """Attack the targets: those that are recovered or pinned, with what is left of each."""
        rows = [self._without_known(row) for row in self.rows]
        knots = _knots(rows, [self._without_known((dict(t), 0, 0))[0] for t in targets.values()])
        found: dict[str, Bounds] = {}
        by_knot: dict[Number, dict[str, Row]] = defaultdict(dict)
        for name, terms in targets.items():
            left, sure, _ = self._without_known((dict(terms), 0, 0))
            if left:
                by_knot[knots[next(iter(left))]][name] = (left, -sure, 0)
            else:
                found[name] = Bounds(-sure, -sure)
        tied: dict[Number, list[Row]] = defaultdict(list)
        for row in rows:
            if row[0]:
                tied[knots[next(iter(row[0]))]].append(row)
        for knot, aims in by_knot.items():
            found |= _Knot(tied[knot], aims).given_away(smallest)
        return found

    def _without_known(self, row: Row) -> Row:
        terms, low, high = row
        left = {number: factor for number, factor in terms.items() if number not in self.known}
        sure = sum(self.known[n] * factor for n, factor in terms.items() if n in self.known)
        return left, low - sure, high - sure


def _knots(rows: Iterable[Row], aims: Iterable[Sum]) -> dict[Number, Number]:
    """For each unknown number one that stands for all that bear on each other."""
    parent: dict[Number, Number] = {}

    def root(number: Number) -> Number:
        parent.setdefault(number, number)
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for terms in (*(row[0] for row in rows), *aims):
        first, *others = [*map(root, terms)] or [None]
        for other in others:
            parent[root(other)] = root(first)
    return {number: root(number) for number in parent}


class _Knot:
    """Unknown numbers that bear on each other, and what is wanted of them."""

    def __init__(self, rows: list[Row], aims: Mapping[str, Row]) -> None:
        terms = [*(row[0] for row in rows), *(aim[0] for aim in aims.values())]
        self._place = {n: i for i, n in enumerate(sorted({n for one in terms for n in one}))}
        self._limits = _limits(rows, self._place)
        self._names = [*aims]
        self._wanted = _matrix([aim[0] for aim in aims.values()], self._place)
        self._sure = np.array([aim[1] for aim in aims.values()])

    def given_away(self, smallest: int) -> dict[str, Bounds]:
        """Every solution shows what each wanted number may be; only the doubtful are sought."""
        low, high = np.full(len(self._names), np.inf), np.full(len(self._names), -np.inf)
        found: dict[str, Bounds] = {}
        for place, name in enumerate(self._names):
            for sign in (1, -1):
                if _is_open(low[place], high[place], smallest):
                    break
                seen = self._extreme(place, sign)
                low, high = np.minimum(low, seen), np.maximum(high, seen)
            bounds = Bounds(_up(low[place]), _down(high[place]))
            if bounds.gives_away(smallest):
                found[name] = bounds
        return found

    def _extreme(self, place: int, sign: int) -> NDArray[np.float64]:
        """What all wanted numbers are where one is least or most."""
        below, equal = self._limits
        cost = sign * self._wanted[[place]].toarray()[0]
        found = linprog(cost, *below, *equal, bounds=(0, _MOST), method="highs")
        assert found.status == 0, f"what is published contradicts itself: {found.message}"
        seen: NDArray[np.float64] = self._wanted @ found.x + self._sure
        return seen


def _is_open(low: float, high: float, smallest: int) -> bool:
    """More than one whole number is left, and nought or one that may be shown among them."""
    if low > high:
        return False
    return _up(low) < _down(high) and (_up(low) < 1 or _down(high) >= smallest)


def _up(value: float) -> float:
    return math.ceil(value - _NEARLY)


def _down(value: float) -> float:
    return math.floor(value + _NEARLY)


Limit = tuple[csr_matrix | None, list[float] | None]


def _limits(rows: list[Row], place: Mapping[Number, int]) -> tuple[Limit, Limit]:
    below: list[tuple[Sum, float]] = []
    for terms, low, high in rows:
        if low < high < math.inf:
            below.append((terms, high))
        if -math.inf < low < high:
            below.append(({number: -factor for number, factor in terms.items()}, -low))
    equal = [(terms, low) for terms, low, high in rows if low == high]
    return _limit(below, place), _limit(equal, place)


def _limit(rows: list[tuple[Sum, float]], place: Mapping[Number, int]) -> Limit:
    if not rows:
        return None, None
    return _matrix([terms for terms, _ in rows], place), [limit for _, limit in rows]


def _matrix(rows: list[Sum], place: Mapping[Number, int]) -> csr_matrix:
    cells = [(r, place[n], f) for r, terms in enumerate(rows) for n, f in terms.items()]
    lines, columns, factors = zip(*cells, strict=True)
    return csr_matrix((factors, (lines, columns)), shape=(len(rows), len(place)))

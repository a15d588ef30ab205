"""What can be worked out of published numbers: bounds of the hidden ones by linear programming."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

EVERY = ""
_NEARLY = 1e-6


@dataclass(frozen=True, order=True)
class Number:
    """One number of a figure: its numerator (``top``) or what it is measured against (``base``)."""

    indicator: str
    which: str
    basis: str
    day: date
    part: str = EVERY
    reading: str = "now"


Sum = Mapping[Number, float]


@dataclass(frozen=True)
class Bounds:
    """Between which whole numbers a hidden one must lie, by all that is known."""

    low: float
    high: float

    @property
    def is_recovered(self) -> bool:
        """Only one number is left."""
        return self.low == self.high

    def is_pinned(self, smallest: int) -> bool:
        """It is certain that there is one at least, and fewer than may be shown."""
        return self.low >= 1 and self.high < smallest


@dataclass
class Puzzle:
    """Known numbers and what is known of the others; no number is below nought."""

    known: dict[Number, float] = field(default_factory=dict)
    at_least: dict[Number, float] = field(default_factory=dict)
    rows: list[tuple[dict[Number, float], float, float]] = field(default_factory=list)

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

    def attack(self, targets: Mapping[str, Sum]) -> dict[str, Bounds]:
        """Find the bounds of each target."""
        rows = [self._without_known(*row) for row in self.rows]
        groups = _Groups(rows)
        return {name: self._bounds(terms, groups) for name, terms in targets.items()}

    def _without_known(
        self, terms: Sum, low: float, high: float
    ) -> tuple[dict[Number, float], float, float]:
        left = {number: factor for number, factor in terms.items() if number not in self.known}
        sure = sum(self.known[n] * factor for n, factor in terms.items() if n in self.known)
        return left, low - sure, high - sure

    def _bounds(self, terms: Sum, groups: _Groups) -> Bounds:
        left, low, _ = self._without_known(terms, 0, 0)
        sure = -low
        if not left:
            return Bounds(round(sure), round(sure))
        numbers, rows = groups.around(left)
        least, most = (
            self._extreme({number: sign * factor for number, factor in left.items()}, numbers, rows)
            for sign in (1, -1)
        )
        return Bounds(
            math.ceil(sure + least - _NEARLY) if least > -math.inf else -math.inf,
            math.floor(sure - most + _NEARLY) if most > -math.inf else math.inf,
        )

    def _extreme(
        self,
        aim: Sum,
        numbers: list[Number],
        rows: list[tuple[dict[Number, float], float, float]],
    ) -> float:
        place = {number: column for column, number in enumerate(numbers)}
        equal, below = _matrices(rows, place)
        cost = np.zeros(len(numbers))
        for number, factor in aim.items():
            cost[place[number]] = factor
        bounds = [(self.at_least.get(number, 0.0), None) for number in numbers]
        found = linprog(
            cost,
            A_ub=below[0],
            b_ub=below[1],
            A_eq=equal[0],
            b_eq=equal[1],
            bounds=bounds,
            method="highs",
        )
        if found.status == 3:
            return -math.inf
        assert found.status == 0, f"what is published contradicts itself: {found.message}"
        return float(found.fun)


class _Groups:
    """Rows by the unknown numbers that they tie together, so that each attack stays small."""

    def __init__(self, rows: list[tuple[dict[Number, float], float, float]]) -> None:
        self._parent: dict[Number, Number] = {}
        self._rows: dict[Number, list[tuple[dict[Number, float], float, float]]] = {}
        self._numbers: dict[Number, list[Number]] = {}
        for terms, _, _ in rows:
            first, *others = [*terms] or [None]
            for other in others:
                self._parent[self._root(other)] = self._root(first)
            if first is not None:
                self._root(first)
        for number in sorted(self._parent):
            self._numbers.setdefault(self._root(number), []).append(number)
        for row in rows:
            for number in row[0]:
                self._rows.setdefault(self._root(number), []).append(row)
                break

    def around(
        self, terms: Sum
    ) -> tuple[list[Number], list[tuple[dict[Number, float], float, float]]]:
        """The unknown numbers that bear on some, and what is known of them."""
        roots = sorted({self._root(number) for number in terms})
        numbers = [number for root in roots for number in self._numbers.get(root, [root])]
        return numbers, [row for root in roots for row in self._rows.get(root, [])]

    def _root(self, number: Number) -> Number:
        parent = self._parent.setdefault(number, number)
        while parent != number:
            self._parent[number] = self._parent[parent]
            number, parent = parent, self._parent[parent]
        return number


Matrix = tuple[csr_matrix | None, list[float] | None]


def _matrices(
    rows: list[tuple[dict[Number, float], float, float]], place: Mapping[Number, int]
) -> tuple[Matrix, Matrix]:
    equal: list[tuple[dict[Number, float], float]] = []
    below: list[tuple[dict[Number, float], float]] = []
    for terms, low, high in rows:
        if low == high:
            equal.append((terms, low))
            continue
        if high < math.inf:
            below.append((terms, high))
        if low > -math.inf:
            below.append(({number: -factor for number, factor in terms.items()}, -low))
    return _matrix(equal, place), _matrix(below, place)


def _matrix(rows: list[tuple[dict[Number, float], float]], place: Mapping[Number, int]) -> Matrix:
    if not rows:
        return None, None
    cells = [(r, place[n], f) for r, (terms, _) in enumerate(rows) for n, f in terms.items()]
    lines, columns, factors = zip(*cells, strict=True)
    matrix = csr_matrix((factors, (lines, columns)), shape=(len(rows), len(place)))
    return matrix, [limit for _, limit in rows]

"""One council with every shape of every issue typed in, beside the same without: for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from synthetic import CouncilSettings
from synthetic.faults.cases import row_id
from synthetic.faults.catalogue import ISSUES
from synthetic.faults.extracts import Extracts, Table
from synthetic.faults.injection import Issue, Truth, inject

from .care_rules import CARE_RULES, Found
from .contact_rules import CONTACT_RULES
from .service_rules import SERVICE_RULES

EACH = 2
SHAPES = [
    (issue, shape) for issue in ISSUES.values() for shape in (*issue.faults, *issue.look_alikes)
]


@dataclass(frozen=True)
class Faulty:
    """The extracts before and after, and the truth by issue and shape."""

    before: Extracts
    after: Extracts
    truths: list[Truth]
    by_shape: dict[tuple[str, str], list[Truth]]

    def of(self, issue_id: str, shape: str) -> list[Truth]:
        return self.by_shape.get((issue_id, shape), [])


def copy_of(extracts: Extracts) -> Extracts:
    copies = {key: Table(map(dict, rows)) for key, rows in extracts.tables.items()}
    return Extracts(extracts.settings, extracts.months, copies)


def make_faulty() -> Faulty:
    before = Extracts.of(CouncilSettings(children=600, months=3))
    after = copy_of(before)
    truths = inject(after, ISSUES.values(), EACH)
    by_shape: dict[tuple[str, str], list[Truth]] = {}
    for truth in truths:
        by_shape.setdefault((truth.issue_id, truth.shape), []).append(truth)
    return Faulty(before, after, truths, by_shape)


def is_wrong(extracts: Extracts, truth: Truth) -> bool:
    """Whether the catalogue's rule blames the row of a truth in these extracts."""
    if truth.issue_id in CARE_RULES:
        return CARE_RULES[truth.issue_id](found(extracts), truth)
    if truth.issue_id in CONTACT_RULES:
        return (truth.table, truth.row_id) in blamed(extracts, truth.issue_id)
    return SERVICE_RULES[truth.issue_id](extracts, truth)


@cache
def found(extracts: Extracts) -> Found:
    return Found(extracts)


@cache
def blamed(extracts: Extracts, issue_id: str) -> frozenset[tuple[str, str]]:
    rule = CONTACT_RULES[issue_id]
    return frozenset((table, row_id(table, row)) for table, row in rule(extracts))


def in_each_shape(issue: Issue, shape: str) -> str:
    return f"{issue.issue_id} {shape}"

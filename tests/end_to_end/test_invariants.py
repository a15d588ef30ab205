"""The invariants of the drawn councils hold of the invented ones too (see ``tests/properties``)."""

from __future__ import annotations

import pytest

from tests.properties.invariants import INVARIANTS, Invariant, broken

from .building import Build

AS_MADE = ["large", "plain", "random1", "random3", "random5", "random7", "random9", "random11"]


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda one: one.says)
def test_it_is_so_that(build: Build, invariant: Invariant) -> None:
    assert broken(build, invariant, AS_MADE) == []

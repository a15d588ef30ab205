"""Damaged files are read as a plain second reader reads them, or refused with a reason."""

from __future__ import annotations

import os

from .fuzzing.run import fuzz

# `make fuzz` damages ten thousand.
FILES, SEED = int(os.environ.get("FUZZ_FILES") or 500), int(os.environ.get("FUZZ_SEED") or 1)


def test_damaged_files_give_the_same_facts_or_a_reason() -> None:
    figures = fuzz(FILES, SEED)
    assert figures.outcomes.total() == FILES
    assert figures.slowest < 60
    # The damage is neither so light that nothing is refused nor so heavy that nothing is read.
    for kind in ("csv", "xlsx", "parquet"):
        assert figures.outcomes[kind, "whole"] > FILES // 100
        assert figures.outcomes[kind, "refused"] + figures.outcomes[kind, "in part"] > FILES // 100

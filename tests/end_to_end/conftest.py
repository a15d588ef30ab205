"""The build that most tests read: every council of every test, landed and built once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from synthetic.settings import CouncilSettings

from .building import Build, Council, build_together
from .examples import councils_of, read_examples
from .gaps import GAPS
from .inboxes import REAL_903, SMALL, copied, invent, random_councils
from .spellings import SPELLINGS, respell


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A small council with three monthly extracts."""
    return invent(tmp_path_factory.mktemp("history"), replace(SMALL, la="history", months=3))


@pytest.fixture(scope="session")
def councils(tmp_path_factory: pytest.TempPathFactory, history: Council) -> dict[str, Council]:
    """Every council that the shared build holds, by its code."""
    folder = tmp_path_factory.mktemp("inboxes")
    plain = invent(folder, replace(SMALL, la="plain", seed=21))
    every = [
        invent(folder, CouncilSettings(la="large", months=1)),
        plain,
        copied(history, "three_at_once"),
        *random_councils(folder),
        *(_spelled(plain, spelling) for spelling in SPELLINGS),
        *(gap.council(plain, name) for name, gap in GAPS.items()),
        *(council for example in read_examples() for council in councils_of(example, folder)),
        *([Council("unknown", REAL_903, is_repaired=False)] if REAL_903.is_dir() else []),
    ]
    return {council.la: council for council in every}


def _spelled(plain: Council, spelling: str) -> Council:
    council = copied(plain, f"spelled-{spelling}")
    respell(council.inbox, spelling)
    return council


@pytest.fixture(scope="session")
def build(
    councils: dict[str, Council],
    tmp_path_factory: pytest.TempPathFactory,
    pack_environment: None,
) -> Build:
    """Every council in one lake, computed in one build."""
    out: Path = tmp_path_factory.mktemp("out")
    return build_together(list(councils.values()), out)

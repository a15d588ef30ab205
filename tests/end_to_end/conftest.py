"""The build that most tests read: every council of every test, landed and built once."""

from __future__ import annotations

import pytest

from .building import Build, build_together
from .examples import councils_of, read_examples


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, pack_environment: None) -> Build:
    """Every council of these tests in one lake, computed in one build."""
    folder = tmp_path_factory.mktemp("councils")
    councils = [c for example in read_examples() for c in councils_of(example, folder)]
    return build_together(councils, tmp_path_factory.mktemp("out"))

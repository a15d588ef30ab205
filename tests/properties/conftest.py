"""The build that these tests read: drawn, landed and built once."""

from __future__ import annotations

import pytest

from .batch import Batch, build_batch


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory, pack_environment: None) -> Batch:
    """Every drawn council and every twin, computed in one build."""
    return build_batch(tmp_path_factory.mktemp("properties"))

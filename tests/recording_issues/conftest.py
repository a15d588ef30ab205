"""The councils with faults are built once for all tests of recording issues."""

from __future__ import annotations

import pytest

from .councils import Built, build_councils


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every recording issue typed in, landed and built."""
    return build_councils(tmp_path_factory.mktemp("recording_issues"))

"""An inbox to write into, and the settings that read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.month import Month
from pipeline.settings import Settings

WriteFile = Callable[[str, str], Path]


@pytest.fixture
def month() -> Month:
    return Month(2026, 10)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    return Settings(tmp_path / "inbox", tmp_path / "out", shipped_reference=shipped)


@pytest.fixture
def write_file(settings: Settings) -> WriteFile:
    """Write a text file into the inbox, by its path there."""

    def write(path: str, text: str) -> Path:
        file = settings.inbox / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write

"""The page for officers says what the cases show."""

from __future__ import annotations

from .page import PAGE, page


def test_the_page_is_written_from_the_cases() -> None:
    told = "run `python -m tests.bad_input.page`"
    assert PAGE.read_text(encoding="utf-8") == page(), told

"""Nothing of a template, and no empty value of the program, is left in what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checking.pages import Page

# Part of a template, or a value that was written as the program sees it.
_LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|\bUndefined\b|\bobject at 0x|<(?:class|reporting|pipeline)\b"
    r"|\b(?:Figure|Markup|Decimal)\(|\bdatetime\.date\("
)
# In a sentence these may be English ("her nan"); alone or beside a number they are not.
_EMPTY = r"(?:None|nan|NaN|NaT|undefined|inf)"
_ALONE = re.compile(rf"{_EMPTY}%?")
_BESIDE_A_NUMBER = re.compile(
    rf"\b{_EMPTY}(?:%|\s(?:out\s)?of\s\d)|\d\s(?:of|to|from)\s{_EMPTY}\b|£{_EMPTY}\b"
)


def leftovers(text: str) -> Iterator[str]:
    """Give each leftover of a text, as it stands there; each line of the text is one cell."""
    for pattern in (_LEFTOVER, _BESIDE_A_NUMBER):
        yield from pattern.findall(text)
    yield from (line.strip() for line in text.splitlines() if _ALONE.fullmatch(line.strip()))


def cells(page: Page | None) -> Iterator[str]:
    """Give the text of each element of a page that holds nothing but text of ours."""
    for one in page.elements if page else ():
        is_ours = one.tag not in ("style", "script") and not one.is_recorded
        if one.inside and not any(one.within()) and is_ours:
            yield one.text

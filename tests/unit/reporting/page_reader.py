"""What a test sees of a page: its tags, ids, links and the text a reader sees."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser


class Reader(HTMLParser):
    """Collects tags, ids, links and the shape of tables and charts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, named))
        if tag not in ("meta", "link", "col", "path", "rect", "circle", "br"):
            self.open.append(tag)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        self.addresses += [str(named[name]) for name in ("href", "src") if named.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in ("path", "rect", "circle"):
            self.unclosed.append(tag)


def text_of(page: str) -> str:
    """The words of a page without its mark-up."""
    page = re.sub(r"(?s)<style>.*?</style>", "", page)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))

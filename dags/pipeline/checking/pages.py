"""A page as a tree of elements: what the checks of pages read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Attributes that are read out or shown; ids, classes and geometry are not.
_SPOKEN = (
    *("alt", "title", "aria-label", "aria-description", "content", "placeholder", "value"),
    *("href", "src", "download"),
)


@dataclass
class Element:
    """One element, the line it starts on, and what is inside: elements and texts, in order."""

    tag: str
    attributes: dict[str, str]
    line: int
    inside: list[Element | str] = field(default_factory=list)

    def within(self) -> Iterator[Element]:
        """Give every element inside this one, in the order of the page."""
        for one in self.inside:
            if isinstance(one, Element):
                yield one
                yield from one.within()

    def all(self, *tags: str) -> Iterator[Element]:
        """Give every element inside this one that has one of the tags."""
        return (one for one in self.within() if one.tag in tags)

    @property
    def text(self) -> str:
        """All text inside, with single spaces; no styles and programs."""
        return self.words()

    @property
    def is_recorded(self) -> bool:
        """Whether it shows a value as it was recorded, such as an id, and no words of ours."""
        return self.attributes.get("translate") == "no"

    def words(self, recorded: bool = True) -> str:
        """All text inside, as ``text``; without what was recorded where that is not wanted."""
        return " ".join(" ".join(self._texts(recorded)).split())

    def _texts(self, recorded: bool) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            elif one.tag not in ("style", "script") and (recorded or not one.is_recorded):
                yield from one._texts(recorded)


@dataclass(frozen=True)
class Page:
    """A parsed page. ``elements`` are all of it in order, ``hidden`` its comments and programs."""

    path: Path
    root: Element
    elements: tuple[Element, ...]
    hidden: tuple[str, ...]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id, which is also every place a link can lead to."""
        return frozenset(one.attributes["id"] for one in self.elements if "id" in one.attributes)

    def all(self, *tags: str) -> Iterator[Element]:
        """Give every element of the page that has one of the tags."""
        return (one for one in self.elements if one.tag in tags)

    def texts(self, recorded: bool = True) -> Iterator[str]:
        """Give everything that can be read in the page, and what is read out or linked to."""
        yield self.root.words(recorded)
        for one in self.elements:
            for name in _SPOKEN:
                value = one.attributes.get(name, "")
                if value and not value.startswith("data:"):
                    yield value


def read_page(path: Path) -> Page:
    """Read a page; never raises for what is in it."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return Page(path, reader.root, tuple(reader.root.within()), tuple(reader.hidden))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, 0)
        self.hidden: list[str] = []
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)
        if tag not in _VOID:
            element = self._open[-1].inside[-1]
            assert isinstance(element, Element)
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and with it what was left open inside; a stray end tag is nothing."""
        if any(one.tag == tag for one in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)
        if self._open[-1].tag == "script":
            self.hidden.append(data)

    def handle_comment(self, data: str) -> None:
        self.hidden.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._open[-1].inside.append(Element(tag, attributes, self.getpos()[0]))

"""What a page must have for everybody to read it, as far as its source tells.

A real browser with axe-core looks further (`tests/browser`); these are looked at every month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.checking.pages import Element, Page

_SCOPES = ("col", "row", "colgroup", "rowgroup")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def barriers(page: Page) -> Iterator[str]:
    """Give one sentence for each barrier found."""
    yield from _document(page)
    yield from _headings(page)
    yield from _ids(page)
    yield from _pictures(page)
    yield from _tables(page)
    yield from _links(page)


def _document(page: Page) -> Iterator[str]:
    if not any(one.attributes.get("lang") for one in page.all("html")):
        yield "the page does not say its language"
    if not any(one.text for one in page.all("title") if not _is_in_svg(one, page)):
        yield "the page has no title"
    if len(list(page.all("main"))) != 1:
        yield "the page has no main part, or several"


def _is_in_svg(title: Element, page: Page) -> bool:
    return any(title in svg.inside for svg in page.all("svg", "g"))


def _headings(page: Page) -> Iterator[str]:
    before = 0
    for one in page.all(*_HEADINGS):
        level = int(one.tag[1])
        if not one.text:
            yield f"line {one.line}: a heading without words"
        if level > before + 1:
            yield f"line {one.line}: a heading {one.tag} after h{before} leaves out a level"
        before = level
    if len(list(page.all("h1"))) != 1:
        yield "the page has no h1, or several"


def _ids(page: Page) -> Iterator[str]:
    times = Counter(one.attributes["id"] for one in page.elements if "id" in one.attributes)
    yield from (
        f"the id '{name}' is there {many} times" for name, many in times.items() if many > 1
    )


def _pictures(page: Page) -> Iterator[str]:
    for one in page.all("img", "svg"):
        if one.attributes.get("aria-hidden") == "true" or _name(one):
            continue
        is_decoration = one.tag == "img" and one.attributes.get("alt") == ""
        if not is_decoration:
            yield f"line {one.line}: a picture ({one.tag}) without a name"


def _name(one: Element) -> str:
    given = (one.attributes.get(name, "") for name in ("alt", "aria-label", "aria-labelledby"))
    titles = (each.text for each in one.inside if isinstance(each, Element) and each.tag == "title")
    return next((text for text in (*given, *titles) if text), "")


def _tables(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        if not any(one.text for one in table.all("caption")):
            yield f"line {table.line}: a table without a caption"
        heads = list(table.all("th"))
        if not heads:
            yield f"line {table.line}: a table without a header cell"
        for head in heads:
            if head.attributes.get("scope") not in _SCOPES:
                yield f"line {head.line}: a header cell that does not say what it heads (scope)"


def _links(page: Page) -> Iterator[str]:
    for one in page.all("a", "button", "summary"):
        if not (one.text or _name(one) or any(_name(each) for each in one.within())):
            yield f"line {one.line}: a link or button without words"

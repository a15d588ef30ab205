"""The tags of a PDF, mended before it is written.

WeasyPrint tags a page well but for what is mended here: a header cell does not say whether it
heads a column or a row, running text at the foot of a page is not marked as furniture, the box of
a picture is in the wrong units, cells are named without a list of the names, links are not marked
to be printed, and empty elements are left. It is done through WeasyPrint's own hook for finishing
a PDF, while the tree is in memory: reading a written file again costs half a second more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

POINTS_PER_PIXEL = 0.75


class UntaggedPdf(Exception):
    """A picture or the document lacks what a screen reader needs."""


@dataclass(frozen=True)
class _Node:
    """An element of the structure tree, and whether it stands in the head of a table."""

    element: Any
    is_in_head: bool


def mend_tags(pdf: Any) -> None:
    """Mend the structure tree and the page streams of a PDF that is about to be written.

    Raises UntaggedPdf when a picture has no text in its place.
    """
    live: dict[bytes, set[int]] = {}
    named: dict[str, bytes] = {}
    heights = _page_heights(pdf)
    for node in _nodes(pdf):
        _drop_empty(pdf, node.element)
        _note_content(node.element, live)
        _mend_header(node, named)
        _mend_figure(node.element, heights)
    for number, page in enumerate(_pages(pdf)):
        alive = live.get(page.reference, set())
        _turn_into_furniture(_object(pdf, page["Contents"]), alive)
        _forget_furniture(pdf, number, alive)
        _mark_for_print(pdf, page)
    _list_names(pdf, named)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _pages(pdf: Any) -> list[Any]:
    return [_object(pdf, reference) for reference in pdf.page_references]


def _page_heights(pdf: Any) -> dict[bytes, float]:
    return {page.reference: float(page["MediaBox"][3]) for page in _pages(pdf)}


def _nodes(pdf: Any) -> Iterator[_Node]:
    """Every element in reading order."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    waiting = [_Node(_object(pdf, kid), False) for kid in reversed(root["K"])]
    while waiting:
        node = waiting.pop()
        yield node
        is_in_head = node.is_in_head or node.element["S"] == "/THead"
        kids = [_object(pdf, kid) for kid in node.element["K"] if isinstance(kid, bytes)]
        elements = [kid for kid in kids if kid.get("Type") == "/StructElem"]
        waiting.extend(_Node(kid, is_in_head) for kid in reversed(elements))


def _drop_empty(pdf: Any, element: Any) -> None:
    """Leave out what holds nothing to read, such as the swatch of a key."""
    element["K"][:] = [
        kid for kid in element["K"] if not (isinstance(kid, bytes) and _is_empty(_object(pdf, kid)))
    ]


def _is_empty(element: Any) -> bool:
    return element.get("S") == "/Span" and not element["K"]


def _mark_for_print(pdf: Any, page: Any) -> None:
    for reference in page.get("Annots", ()):
        _object(pdf, reference)["F"] = 4


def _note_content(element: Any, live: dict[bytes, set[int]]) -> None:
    """Remember which pieces of its page the tree holds."""
    numbers = [kid for kid in element["K"] if isinstance(kid, int)]
    if numbers:
        live.setdefault(element["Pg"], set()).update(numbers)


def _mend_header(node: _Node, named: dict[str, bytes]) -> None:
    if node.element["S"] != "/TH":
        return
    node.element["A"]["Scope"] = "/Column" if node.is_in_head else "/Row"
    if "ID" in node.element:
        named[node.element["ID"].string] = node.element.reference


def _mend_figure(element: Any, heights: dict[bytes, float]) -> None:
    """Its box in points from the foot of the page, where WeasyPrint has pixels from the top."""
    if element["S"] != "/Figure":
        return
    if not element.get("Alt"):
        raise UntaggedPdf("a picture has no text in its place (alt or title)")
    left, top, right, bottom = (side * POINTS_PER_PIXEL for side in element["A"]["BBox"])
    height = heights[element["Pg"]]
    box = (left, height - bottom, right, height - top)
    element["A"]["BBox"] = pydyf.Array(round(side, 2) for side in box)


def _turn_into_furniture(stream: Any, live: set[int]) -> None:
    """Mark what no element holds, the running foot of the page, as an artifact."""
    parts = stream.stream
    for index, part in enumerate(parts):
        if part == b"BDC" and parts[index - 1]["MCID"] not in live:
            parts[index - 2] = "/Artifact"
            parts[index - 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _forget_furniture(pdf: Any, page: int, live: set[int]) -> None:
    """Take the pieces that became furniture out of the page's list of parents."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    parents = _object(pdf, root["ParentTree"])["Nums"][2 * page + 1]
    for number in range(len(parents)):
        if number not in live:
            parents[number] = b"null"


def _list_names(pdf: Any, named: dict[str, bytes]) -> None:
    """The tree of names, without which no reader finds the headers a cell points to."""
    if not named:
        return
    names = pydyf.Array()
    for name in sorted(named):
        names.extend((pydyf.String(name), named[name]))
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    _object(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = tree.reference

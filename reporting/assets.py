"""Fonts and icons as data URIs, so the page is one file and asks the network for nothing.

The latin subsets of Source Sans 3 hold no arrows and shapes; typed ones would fall back to another
font, so they are drawn, beside a word that says the same (`fonts/OFL.txt` is the font's licence).
"""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

FONT_FOLDER = Path(__file__).parent / "fonts"
WEIGHTS = ("400", "600", "700")

_SHAPES = {
    "tick": ("#ffffff", "M2 6.6 4.8 9.4 10 3", "stroke"),
    "triangle": ("#14181a", "M6 1.5 11.2 10.5H.8z", "fill"),
    "diamond": ("#ffffff", "M6 .6 11.4 6 6 11.4 .6 6z", "fill"),
    "up": ("#14181a", "M6 .8 11 6.2H7.6V11.2H4.4V6.2H1z", "fill"),
    "down": ("#14181a", "M6 11.2 1 5.8H4.4V.8H7.6V5.8H11z", "fill"),
    "rising": ("#0b5cad", "M1.4 9.6 4.6 6.2 6.8 8 10.6 3.2M7.2 2.6H10.8V6.2", "stroke"),
    "falling": ("#a83f00", "M1.4 2.6 4.6 6 6.8 4.2 10.6 9M7.2 9.6H10.8V6", "stroke"),
    "unusual": ("#7a1f5c", "M6 1V7M6 9.2V11", "stroke"),
    "level": ("#4a545b", "M1 6H11", "stroke"),
    "same": ("#14181a", "M1 3.2H11V5H1zM1 7H11V8.8H1z", "fill"),
}


def fonts() -> dict[str, str]:
    """Each weight of the font as a data URI."""
    return {weight: _uri("font/woff2", _font(weight).read_bytes()) for weight in WEIGHTS}


def icons() -> dict[str, str]:
    """Each shape, 12 by 12, as a data URI."""
    return {name: _uri("image/svg+xml", _svg(*shape)) for name, shape in _SHAPES.items()}


def _font(weight: str) -> Path:
    return FONT_FOLDER / f"source-sans-3-latin-{weight}-normal.woff2"


def _svg(colour: str, path: str, how: str) -> bytes:
    paint = f'fill="{colour}"'
    if how == "stroke":
        paint = f'fill="none" stroke="{colour}" stroke-width="2.2"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12"><path {paint} d="{path}"/>'
        "</svg>"
    ).encode()


def _uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"

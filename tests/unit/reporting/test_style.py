"""The palette: what axe cannot decide over tables and charts is computed here (WCAG 2.2 AA)."""

from __future__ import annotations

import re

import pytest

from reporting.assets import _SHAPES
from reporting.page.html import TEMPLATES

STYLE = (TEMPLATES / "style.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", STYLE))
TEXT_PAIRS = [
    ("ink", "paper"), ("ink", "tint"), ("ink", "notice"), ("link", "paper"), ("link", "notice"),
    ("muted", "paper"), ("muted", "tint"), ("navy", "paper"), ("navy", "tint"), ("paper", "navy"),
    ("on-green", "green"), ("on-amber", "amber"), ("on-red", "red"), ("better", "paper"),
    ("worse", "paper"), ("red", "paper"), ("muted", "usual"), ("ink", "usual"),
    ("similar", "paper"), ("england", "paper"), ("target", "paper"),
]  # fmt: skip
SHAPE_PAIRS = [
    ("edge", "paper"), ("notice-edge", "notice"), ("navy", "paper"), ("green", "paper"),
    ("flag", "paper"), ("flag", "usual"), ("centre", "usual"), ("centre", "paper"),
]  # fmt: skip


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_ends() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_has_at_least_4_5_to_1(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_and_edges_have_at_least_3_to_1(shape: str, ground: str) -> None:
    assert contrast(COLOURS[shape], COLOURS[ground]) >= 3


@pytest.mark.parametrize(
    ("icon", "ground"), [("tick", "green"), ("triangle", "amber"), ("diamond", "red")]
)
def test_the_shape_in_a_rating_can_be_seen_on_its_colour(icon: str, ground: str) -> None:
    assert contrast(_SHAPES[icon][0], COLOURS[ground]) >= 4.5


def test_lines_and_labels_can_be_seen_on_the_shaded_months_and_the_usual_range() -> None:
    shades = [*re.findall(r"\.gap \{ fill: (#[0-9a-f]{6})", STYLE), COLOURS["usual"]]
    assert len(shades) == 2
    for shade in shades:
        assert contrast(COLOURS["navy"], shade) >= 4.5
        for line in ("target", "similar", "england", "flag", "centre"):
            assert contrast(COLOURS[line], shade) >= 3, line


def test_the_lines_of_a_chart_differ_without_colour() -> None:
    dashes = re.findall(
        r"\.chart path\.(?:target|similar|england) \{[^}]*dasharray: ([0-9 ]+)", STYLE
    )
    assert len(set(dashes)) == 3


@pytest.mark.parametrize("icon", ["rising", "falling", "unusual", "level"])
def test_the_sign_of_a_signal_can_be_seen(icon: str) -> None:
    assert contrast(_SHAPES[icon][0], COLOURS["paper"]) >= 4.5


def test_text_over_a_shade_is_not_drawn_in_an_unnamed_colour() -> None:
    assert not re.findall(r"[^-]color:\s*#(?!fff\b)", STYLE)

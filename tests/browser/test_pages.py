"""The pages in a real browser: accessible, without sideways scroll, and usable by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WIDTHS = (1280, 390, 320)
NAMES = ("index.html", "definitions.html", "data-quality.html")
PAGES = (
    *(f"usual/{pack}/{name}" for pack in ("pack", "restricted/pack") for name in NAMES),
    "months/index.html",
)
# The same template with other rows: looked at where there is least room.
UNUSUAL = ("bare/pack/index.html", "hidden/pack/index.html")
USUAL = "usual/pack/index.html"


@contextmanager
def _opened(browser: Browser, path: Path, width: int) -> Iterator[tuple[Page, list[str]]]:
    """A page in a window of that width, and what it complained of or asked the network for."""
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page, heard = context.new_page(), []
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", lambda request: heard.append(f"request: {request.url}"))
    page.goto(path.as_uri())
    heard[:] = [one for one in heard if one != f"request: {path.as_uri()}" and ": data:" not in one]
    yield page, heard
    context.close()


def _violations(page: Page, rules: tuple[str, ...] = RULES) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']})", list(rules)
    )
    return [
        f"{each['id']}: {each['help']}: {[node['target'] for node in each['nodes'][:3]]}"
        for each in found["violations"]
    ]


@pytest.mark.parametrize(
    ("name", "widths"), [(each, WIDTHS) for each in PAGES] + [(each, (320,)) for each in UNUSUAL]
)
def test_a_page_is_accessible_fits_its_window_and_asks_for_nothing(
    browser: Browser, out: Path, name: str, widths: tuple[int, ...]
) -> None:
    with _opened(browser, out / name, widths[0]) as (page, heard):
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert _violations(page) == [], width
            assert page.evaluate("document.documentElement.scrollWidth") == width, "boxes open"
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
        assert heard == []


def test_the_check_sees_what_is_not_accessible(browser: Browser, out: Path, tmp_path: Path) -> None:
    source = (out / USUAL).read_text(encoding="utf-8")
    broken = source.replace('role="region"', "").replace('lang="en-GB"', "")
    broken = broken.replace("</main>", '<div style="width: 2000px">wide</div></main>')
    (tmp_path / "broken.html").write_text(broken, encoding="utf-8")
    with _opened(browser, tmp_path / "broken.html", 320) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") > 320
        assert any("html-has-lang" in each for each in _violations(page, ("html-has-lang",)))


def test_no_text_is_cut_off_at_the_edge_of_a_wide_window(browser: Browser, out: Path) -> None:
    """Nothing but a scroll region may be wider than the window; no cell may hide its text."""
    with _opened(browser, out / USUAL, 1280) as (page, _):
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        outside = page.evaluate(
            "[...document.querySelectorAll('main *:not(.scroll *)')].filter(each =>"
            " each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML)"
        )
        cut = page.evaluate(
            "[...document.querySelectorAll('td, th, .tag, .signal')].filter(each =>"
            " each.scrollWidth > each.clientWidth + 1).map(each => each.outerHTML)"
        )
        assert (outside, cut) == ([], [])


def test_the_page_is_walked_by_keyboard(browser: Browser, out: Path) -> None:
    """The skip link first, then every link, region and box in its order, each with an outline."""
    with _opened(browser, out / USUAL, 1280) as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')].filter(each =>"
            " each.checkVisibility()).map(each => each.outerHTML)"
        )
        assert _walked(page, len(wanted)) == wanted


def _walked(page: Page, steps: int) -> list[str]:
    """What has the focus, Tab by Tab; fails where the focus cannot be seen."""
    page.reload()
    walked = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        html, style, width = page.evaluate(
            "() => { const one = document.activeElement, style = getComputedStyle(one);"
            " return [one.outerHTML, style.outlineStyle, parseFloat(style.outlineWidth)]; }"
        )
        assert style != "none" and width >= 2, html
        walked.append(html)
    return walked


def test_a_box_opens_by_keyboard_and_shows_the_figures_behind_a_chart(
    browser: Browser, out: Path
) -> None:
    with _opened(browser, out / USUAL, 1280) as (page, _):
        box = page.locator("#lac_count details")
        assert not box.locator("table").is_visible()
        box.locator("summary").focus()
        page.keyboard.press("Enter")
        assert box.locator("table").is_visible()


def test_the_page_can_be_read_at_twice_the_letter_size(browser: Browser, out: Path) -> None:
    with _opened(browser, out / USUAL, 1280) as (page, _):
        page.add_style_tag(content="html { font-size: 200% }")
        assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_the_page_prints_with_the_figures_behind_its_charts_and_without_links(
    browser: Browser, out: Path
) -> None:
    with _opened(browser, out / USUAL, 1100) as (page, _):
        page.emulate_media(media="print")
        assert page.locator("#lac_count .months").is_visible()
        assert not page.locator(".contents").is_visible()
        assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"

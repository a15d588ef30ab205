"""Markdown: what is printed, and what is refused with its line and what to do."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from reporting.commentary.reading import CommentaryError
from reporting.rows import PackRows
from tests.unit.reporting.commentary_files import public_rows, read, refused


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> PackRows:
    return public_rows(tmp_path_factory.mktemp("markdown"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>bold</b>", "HTML is not printed"),
        ("Words <em class='x'>here</em>", "HTML is not printed"),
        ("<script>alert(1)</script>", "HTML is not printed"),
        ("<script src=x", "HTML is not printed"),
        ("<ScRiPt >alert(1)", "HTML is not printed"),
        ("Words <img src=x onerror=alert(1)>", "HTML is not printed"),
        ("<!-- hidden words -->", "HTML is not printed"),
        ("<?php x ?>", "HTML is not printed"),
        ("<style>p{}</style>", "HTML is not printed"),
        ("</div>", "HTML is not printed"),
        ("<https://example.org>", "HTML is not printed"),
        ("[x](javascript:alert(1))", "a link leads to https://"),
        ("[x](JaVaScRiPt:alert(1))", "a link leads to https://"),
        ("[x](&#106;avascript:alert(1))", "a link leads to https://"),
        ("[x](data:text/html;base64,xx)", "a link leads to https://"),
        ("[x](vbscript:x)", "a link leads to https://"),
        ("[x](http://example.org)", "not to 'http://example.org'"),
        ("[x](//example.org)", "a link leads to https://"),
        ("[x](../private/x.csv)", "a link leads to https://"),
        ("[x](file:///etc/passwd)", "a link leads to https://"),
        ("[x]()", "a link leads to https://"),
        ("[x][a]\n\n[a]: javascript:alert(1)", "a link leads to https://"),
        ('[x](https://example.org "999 children")', "a link has no title"),
        ("![x](https://example.org/x.png)", "pictures are not printed"),
        ("Words `code`", "code is not printed"),
        ("```\ncode\n```", "code is not printed"),
        ("    indented", "starts with four spaces"),
        ("---", "a line across the page"),
        ("| a | b |\n|---|---|\n| c | d |", "tables are not printed"),
    ],
)
def test_what_is_not_printed_is_refused_with_its_line(
    tmp_path: Path, rows: PackRows, text: str, words: str
) -> None:
    message = refused(tmp_path, rows, f"One line\nof words.\n\n{text}\n")
    assert "2026-10/health.md, line 4: " in message and words in message


def test_the_line_within_a_paragraph_is_named(tmp_path: Path, rows: PackRows) -> None:
    message = refused(tmp_path, rows, "One\ntwo [x](ftp://y)\nthree")
    assert "health.md, line 2: " in message


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", "<h3>One</h3>"),
        ("#### One", "<h3>One</h3>"),
        ("One\n---", "<h3>One</h3>"),
        ("> said a child", "<blockquote>\n<p>said a child</p>\n</blockquote>"),
        ("1. One\n2. Two", "<ol>\n<li>One</li>\n<li>Two</li>\n</ol>"),
        ("less < more & so on", "<p>less &lt; more &amp; so on</p>"),
        ("< script > is no script", "<p>&lt; script &gt; is no script</p>"),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>"),
        ("[m](mailto:panel@example.org)", '<p><a href="mailto:panel@example.org">m</a></p>'),
        ("[d](#definitions)", '<p><a href="#definitions">d</a></p>'),
        ("it's “quoted”", "<p>it's “quoted”</p>"),
    ],
)
def test_plain_markdown_is_printed(tmp_path: Path, rows: PackRows, text: str, html: str) -> None:
    assert read(tmp_path, rows, text).html == html


def test_deep_nesting_ends_quickly(tmp_path: Path, rows: PackRows) -> None:
    for text in (">" * 9_000 + "x", "- " * 4_000 + "x", "*a " * 2_000, "[" * 790, "(" * 790):
        with contextlib.suppress(CommentaryError):
            read(tmp_path, rows, text)


def test_an_endless_sentence_is_refused_and_a_long_one_is_judged_quickly(
    tmp_path: Path, rows: PackRows
) -> None:
    message = refused(tmp_path, rows, "One.\n\n" + "551 children in care and " * 40)
    assert "line 3: a sentence of more than 800 characters" in message
    start = time.process_time()
    for text in ("one " * 195, "551 in October, 7 more than in September, " * 18):
        sentence = f"Of {text}."
        read(tmp_path / "long", rows, f"{sentence} " * 12, "summary")
    assert time.process_time() - start < 5


def test_numbers_cannot_hide_behind_marks_or_codes(tmp_path: Path, rows: PackRows) -> None:
    for text in (
        "5**5**3 children in care.",
        "55&#51; children in care.",
        "５５３ children in care.",
        "⑨⑨ children in care.",
    ):
        assert "seems to be Number of looked after children" in refused(tmp_path, rows, text)

"""The Markdown of a commentary: paragraphs, lists, quotations, emphasis, links and one heading.

Anything else is refused with its line, never quietly escaped or dropped: HTML, pictures, code,
tables, and links to anywhere but https, mailto or a place on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from reporting.commentary.expressions import FIRST_MARK, MARKS, Expression
from reporting.commentary.source import Written

_ALLOWED = frozenset(
    "paragraph_open paragraph_close heading_open heading_close bullet_list_open bullet_list_close"
    " ordered_list_open ordered_list_close list_item_open list_item_close blockquote_open"
    " blockquote_close inline text softbreak hardbreak em_open em_close strong_open strong_close"
    " link_open link_close".split()
)
_REFUSED = {
    "html_block": "HTML is not printed: write it in plain words, with *stars* for emphasis",
    "html_inline": "HTML is not printed: write it in plain words, with *stars* for emphasis",
    "image": "pictures are not printed: take the image away",
    "fence": "code is not printed: take the ``` away",
    "code_inline": "code is not printed: take the ` away",
    "code_block": "the line starts with four spaces or more: take them away",
    "hr": "a line across the page is not printed: leave an empty line instead",
    "table_open": "tables are not printed, the pack has its own: write a list",
}
_TAG = re.compile(r"</?[A-Za-z]|<[!?]")
_LINK = re.compile(r"https://[^\s]+|mailto:[^\s]+|#[^\s]+")
# Where one sentence ends and the next begins.
_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9\ue000-\uf8ff])")
_HEADING = "h3"
LONGEST_SENTENCE = 800


@dataclass(frozen=True)
class Sentence:
    """A sentence as typed, with a mark where an expression stands, and its line in the file."""

    text: str
    line: int


@dataclass(frozen=True)
class Page:
    """A commentary as it is printed, and the sentences that are to be judged."""

    html: Markup
    paragraphs: tuple[str, ...]
    sentences: tuple[Sentence, ...]


def render_markdown(written: Written, marked: str, expressions: Sequence[Expression]) -> Page:
    """The file's text, its expressions already marked, as HTML, as plain text and in sentences."""
    for line, text in enumerate(written.text.split("\n"), start=1):
        if _TAG.search(text):
            raise written.error(line, f"{_REFUSED['html_inline']}: {text.strip()[:80]}")
    reader = _parser(html=True).enable("table")
    for token, line in _walked(reader.parse(marked)):
        _refuse(written, token, line)
    writer = _parser(html=False)
    tokens = writer.parse(marked)
    blocks = [(token, line) for token, line in _walked(tokens) if token.type == "inline"]
    texts = [(_plain(token.children or ()), line) for token, line in blocks]
    _refuse_a_lost_expression(written, "".join(text for text, _ in texts), expressions)
    for token in tokens:
        token.tag = _HEADING if token.type.startswith("heading") else token.tag
    html = writer.renderer.render(tokens, writer.options, {}).strip()
    return Page(
        html=Markup(MARKS.sub(lambda mark: _of(mark, expressions).html, html)),
        paragraphs=tuple(_printed(text, expressions) for text, _ in texts if text.strip()),
        sentences=tuple(
            _refuse_an_endless_one(written, part)
            for text, line in texts
            for part in _sentences(text, line)
        ),
    )


def _parser(html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html})
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _walked(tokens: Sequence[Token], line: int = 1) -> Iterator[tuple[Token, int]]:
    """Every token with the line of the file it starts on."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        yield token, line
        at = line
        for child in token.children or ():
            yield child, at
            at += child.type in ("softbreak", "hardbreak")


def _refuse(written: Written, token: Token, line: int) -> None:
    if token.type not in _ALLOWED:
        raise written.error(line, _REFUSED.get(token.type, f"{token.type} is not printed"))
    if token.type == "link_open" and not _LINK.fullmatch(str(token.attrs.get("href", ""))):
        raise written.error(
            line,
            f"a link leads to https://…, mailto:… or #…, not to {token.attrs.get('href')!r}:"
            " write the full address, or the words without the link",
        )
    if "title" in token.attrs:
        raise written.error(line, "a link has no title in quotes: take it away")


def _refuse_a_lost_expression(
    written: Written, text: str, expressions: Sequence[Expression]
) -> None:
    for place, expression in enumerate(expressions):
        if text.count(chr(FIRST_MARK + place)) != 1:
            raise written.error(
                expression.line,
                f"{expression.typed} stands where it is not printed, such as the address of a"
                " link: put it among the words",
            )


def _refuse_an_endless_one(written: Written, sentence: Sentence) -> Sentence:
    if len(sentence.text) > LONGEST_SENTENCE:
        raise written.error(
            sentence.line,
            f"a sentence of more than {LONGEST_SENTENCE} characters: end it with a full stop and"
            f" begin a new one: “{sentence.text[:60]}…”",
        )
    return sentence


def _plain(children: Sequence[Token]) -> str:
    """The words of a block; the lines of the file stay apart, so that a line can be named."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in children)


def _of(mark: re.Match[str], expressions: Sequence[Expression]) -> Expression:
    return expressions[ord(mark[0]) - FIRST_MARK]


def _printed(text: str, expressions: Sequence[Expression]) -> str:
    return MARKS.sub(lambda mark: _of(mark, expressions).text, " ".join(text.split()))


def _sentences(text: str, line: int) -> Iterator[Sentence]:
    start = 0
    for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
        if text[start:end].strip():
            yield Sentence(text[start:end].strip(), line + text[:start].count("\n"))
        start = end

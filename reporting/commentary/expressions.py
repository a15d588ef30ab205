"""The figures in a commentary: `{{ figure('lac_count') }}` and its like.

Each expression is one call of a function listed here, with plain texts in its brackets. It is
looked at before anything is run, then rendered by a sandboxed, autoescaping, strict Jinja
environment that knows nothing else.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reporting.commentary.functions import EXAMPLES, Functions, Refused
from reporting.commentary.source import Written

# Expressions stand in the text as single characters of the private area until they are rendered.
FIRST_MARK = 0xE000
MARKS = re.compile("[\ue000-\uf8ff]")
LONGEST_EXPRESSION = 200
_MARKED = "not_a_figure"
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True)
class Expression:
    """An expression as typed, what is printed in its place, and the indicator it speaks of."""

    typed: str
    line: int
    text: str
    html: Markup
    indicator_id: str
    is_marked: bool


def environment() -> ImmutableSandboxedEnvironment:
    """An environment without a single global, filter or test."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals, made.filters, made.tests = {}, {}, {}
    return made


def render_expressions(
    written: Written, functions: Functions
) -> tuple[str, tuple[Expression, ...]]:
    """The text with a mark in place of each expression, and the expressions, rendered.

    Raises CommentaryError for anything in braces that is not one call of a known function.
    """
    made = environment()
    found: list[Expression] = []
    lines: list[str] = []
    for number, line in enumerate(written.text.split("\n"), start=1):
        kept = ""
        for part, is_expression in _parts(written, number, line):
            if is_expression:
                kept += chr(FIRST_MARK + len(found))
                found.append(_rendered(written, number, part, functions, made))
            else:
                kept += part
        lines.append(kept)
    return "\n".join(lines), tuple(found)


def _parts(written: Written, number: int, line: str) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    start = 0
    braces = list(_BRACES.finditer(line))
    while braces:
        opening = braces.pop(0)
        if opening[0] in ("{%", "%}", "{#", "#}"):
            raise written.error(
                number,
                f"{opening[0]} is not allowed: commentary has figures in double braces, such as"
                f" {EXAMPLES['figure']}, and no blocks, loops, settings or imports",
            )
        if opening[0] == "}}" or not braces or braces[0][0] != "}}":
            raise written.error(
                number,
                f"broken expression: {opening[0]} without its partner on the same line; write it"
                f" like {EXAMPLES['figure']}",
            )
        closing = braces.pop(0)
        parts += [
            (line[start : opening.start()], False),
            (line[opening.end() : closing.start()], True),
        ]
        start = closing.end()
    return [*parts, (line[start:], False)]


def _rendered(
    written: Written,
    number: int,
    typed: str,
    functions: Functions,
    made: ImmutableSandboxedEnvironment,
) -> Expression:
    whole = f"{{{{{typed}}}}}"
    try:
        call = _call(typed, made)
        known = functions.by_name()
        if call.name not in known:
            raise Refused(_not_known(call.name, tuple(known)))
        _refuse_wrong_brackets(call, known[call.name])
        html = made.from_string(whole).render(known)
    except Refused as refused:
        raise written.error(number, f"{whole}: {refused}") from None
    return Expression(
        whole, number, Markup(html).unescape(), Markup(html), call.indicator_id, call.is_marked
    )


@dataclass(frozen=True)
class _Call:
    """The one call that an expression is."""

    name: str
    given: tuple[str, ...]
    named: dict[str, str]

    @property
    def is_marked(self) -> bool:
        return self.name == _MARKED

    @property
    def indicator_id(self) -> str:
        """The indicator that is spoken of, if any."""
        return self.given[0] if self.given and not self.is_marked else ""


def _call(typed: str, made: ImmutableSandboxedEnvironment) -> _Call:
    if len(typed) > LONGEST_EXPRESSION:
        raise Refused(f"is longer than {LONGEST_EXPRESSION} characters")
    try:
        body = made.parse(f"{{{{{typed}}}}}").body
    except (TemplateSyntaxError, RecursionError) as error:
        said = getattr(error, "message", None) or "too deep"
        raise Refused(f"broken expression ({said}); write it like {EXAMPLES['figure']}") from None
    found = body[0].nodes[0] if len(body) == 1 and isinstance(body[0], nodes.Output) else None
    if not isinstance(found, nodes.Call) or not isinstance(found.node, nodes.Name):
        raise Refused(
            f"only a function of the commentary may stand here, such as {EXAMPLES['figure']};"
            f" there are {', '.join(EXAMPLES)}"
        )
    values = [*found.args, *(keyword.value for keyword in found.kwargs)]
    if found.dyn_args or found.dyn_kwargs or not all(_is_text(value) for value in values):
        raise Refused(
            "only texts in quotes may stand in the brackets: write it like"
            f" {EXAMPLES.get(found.node.name, EXAMPLES['figure'])}"
        )
    given = tuple(str(value.as_const()) for value in found.args)
    return _Call(
        found.node.name, given, {key.key: str(key.value.as_const()) for key in found.kwargs}
    )


def _is_text(value: nodes.Node) -> bool:
    return isinstance(value, nodes.Const) and isinstance(value.value, str)


def _not_known(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name, known, 1)
    meant = f"; is {close[0]} meant, as in {EXAMPLES[close[0]]}?" if close else ""
    return f"there is no function {name}{meant or '; there are ' + ', '.join(known)}"


def _refuse_wrong_brackets(call: _Call, function: Callable[..., str]) -> None:
    try:
        inspect.signature(function).bind(*call.given, **call.named)
    except TypeError:
        raise Refused(f"write it like {EXAMPLES[call.name]}") from None

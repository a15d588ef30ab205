"""Judging the numbers that somebody typed into a commentary by hand.

A typed number that is taken to be a figure must be one that the pack publishes, of a measure and a
period that its sentence speaks of. Where the sentence names no measure, those of the theme are
looked at. The check is strict rather than clever: it is answered by writing the expression, or by
marking a number that is no figure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from reporting.commentary.cues import PERIODS, Cue, binding, cues, movement
from reporting.commentary.expressions import FIRST_MARK, MARKS, Expression
from reporting.commentary.figures import Key, Published, book, month_of, without
from reporting.commentary.markdown import Sentence
from reporting.commentary.names import named
from reporting.commentary.numbers import Typed, typed_numbers
from reporting.commentary.source import FURTHER, CommentaryError, Written
from reporting.rows import Indicator, PackRows
from reporting.wording import figure, month_name, number

Wanted = Callable[[Mapping[Key, Published]], list[Published]]
_OF_A_MONTH = ("figure", "numerator", "denominator", "rest")
_TOUCHING = re.compile(r"\d[\ue000-\uf8ff]|[\ue000-\uf8ff]\d")
_TOKEN = re.compile(r"[a-z]+|\d+")
# A measure that so many sentences speak of is the last to be taken for the one that is meant.
_GENERAL = ("lac_count",)
_KINDS = {
    "numerator": "the number behind it",
    "denominator": "how many are counted",
    "rest": "those who do not meet it",
    "part": "a part of it",
    "part_numerator": "a part of it",
    "ytd": "year to date",
    "last_year": "last year",
    "neighbours": "similar councils",
    "best_neighbour": "the best similar council",
    "england": "England",
    "region": "the region",
    "top_quartile": "the top quartile",
    "target": "a limit of its rating",
}


class Judge:
    """Knows what one edition publishes, and what it hides."""

    def __init__(self, rows: PackRows, officers: PackRows) -> None:
        self._rows = rows
        self._shown = book(rows)
        self._everything = book(officers)
        self._hidden = without(self._everything, self._shown)
        self._refs = {row.ref for row in rows.indicators if row.ref}

    def check(
        self, written: Written, sentence: Sentence, expressions: Sequence[Expression]
    ) -> None:
        """Raise CommentaryError for the first number of the sentence that must not stand in it."""
        text = unicodedata.normalize("NFKC", sentence.text.replace("\n", " ")).replace("'", "’")
        used = [expressions[ord(mark) - FIRST_MARK] for mark in MARKS.findall(text)]
        told = _Told(self._rows, written, sentence, text, tuple(used))
        if _TOUCHING.search(text):
            raise told.error("a digit touches an expression: leave a space between them")
        for expression in used:
            if expression.is_marked:
                self._check_marked(told, expression)
        units = frozenset(row.unit for row in told.rows if row.indicator_id in told.names)
        found = cues(text, self._rows.front.period_end)
        for typed in typed_numbers(MARKS.sub("\ue000", text), units):
            if not self._is_reference_number(text, typed):
                self._check_number(told, typed, found)

    def _check_marked(self, told: _Told, expression: Expression) -> None:
        for typed in typed_numbers(expression.text, frozenset(("age", "days", "years"))):
            for name in sorted(told.names):
                if any(_is_equal(typed, hidden) for hidden in self._hidden.get(name, {}).values()):
                    raise told.hidden(typed, name)

    def _is_reference_number(self, text: str, typed: Typed) -> bool:
        """True for `(4.19)` or `indicator 4.19`, the place of a measure in the scorecard."""
        before = text[: typed.start].rstrip().lower()
        return typed.text in self._refs and (
            before.endswith(("indicator", "measure", "line", "ref", "reference"))
            or (before.endswith("(") and text[typed.end :].startswith(")"))
        )

    def _check_number(self, told: _Told, typed: Typed, found: tuple[Cue, ...]) -> None:
        names = sorted(told.names or told.of_the_theme)
        rise = movement(told.text, typed.start, typed.end, typed.is_points)
        if rise is None:
            bound = binding(told.text, typed.start, typed.end, found)
            wanted = _levels(told, bound, found)
        else:
            wanted = _movements(told, found)
        allowed = [entry for name in names for entry in wanted(self._shown.get(name, {}))]
        right = {e.key.indicator_id for e in allowed if _is_equal(typed, e, rise)}
        for name in names:
            is_hidden = any(
                _is_equal(typed, entry, rise) for entry in wanted(self._everything.get(name, {}))
            )
            if is_hidden and name not in right and not (right and not told.names):
                raise told.hidden(typed, name)
        if not right:
            raise self._disagrees(told, typed, allowed, names)

    def _disagrees(
        self, told: _Told, typed: Typed, allowed: list[Published], names: Sequence[str]
    ) -> CommentaryError:
        likely = [entry for entry in allowed if entry.is_percent == typed.is_percent] or allowed
        if not likely:
            return told.without_figures(typed, names)
        meant = min(
            likely,
            key=lambda e: (e.key.indicator_id in _GENERAL, abs(e.value - typed.value), str(e.key)),
        )
        others = [entry for name in names for entry in self._shown.get(name, {}).values()]
        elsewhere = [entry for entry in others if told.names and _is_equal(typed, entry)]
        return told.disagrees(typed, meant, elsewhere[:1])


class _Told:
    """A sentence and where it stands, for finding its measures and for its errors."""

    def __init__(
        self,
        pack: PackRows,
        written: Written,
        sentence: Sentence,
        text: str,
        used: tuple[Expression, ...],
    ) -> None:
        self._written, self._sentence, self._used = written, sentence, used
        self.rows = pack.indicators
        self.month = pack.front.month
        self.usual = (month_of(pack, 1), month_of(pack, 12))
        self.text = text
        spoken = {expression.indicator_id for expression in used if expression.indicator_id}
        self.names = named(text, self.rows) | spoken
        self.tokens = frozenset(_TOKEN.findall(text.lower()))
        is_whole = written.theme in FURTHER
        self.of_the_theme = frozenset(
            row.indicator_id for row in self.rows if is_whole or row.theme == written.theme
        )

    def error(self, said: str) -> CommentaryError:
        marks = iter(self._used)
        typed = MARKS.sub(lambda _: next(marks).typed, self.text)
        return self._written.error(self._sentence.line, f"“{typed}” {said}")

    def hidden(self, typed: Typed, name: str) -> CommentaryError:
        row = self._row(name)
        return self.error(
            f"{typed.text}, typed by hand, would give away a figure that this edition hides"
            f" ({row.title}). Leave the number out, or write {{{{ figure('{name}') }}}}, which"
            " prints the words for a hidden figure; a number that is about something else goes into"
            " a sentence of its own."
        )

    def disagrees(
        self, typed: Typed, meant: Published, elsewhere: list[Published]
    ) -> CommentaryError:
        row = self._row(meant.key.indicator_id)
        hint = "".join(
            f" ({typed.text} is {_called(entry, self._row(entry.key.indicator_id))}: name that in"
            " the sentence if it is meant.)"
            for entry in elsewhere
        )
        return self.error(
            f"{typed.text}, typed by hand, seems to be {_called(meant, row)}, which the pack"
            f" publishes as {_value(meant, row)}.{hint} {_what_to_do(typed, row, meant)}"
        )

    def without_figures(self, typed: Typed, names: Sequence[str]) -> CommentaryError:
        rows = sorted(names, key=lambda name: (name in _GENERAL, name))
        meant = ""
        if rows and self.names:
            row = self._row(rows[0])
            shown = figure(row.month, row.unit, "not available")
            meant = f" seems to be of {row.title}, which the pack publishes as {shown}; it"
        return self.error(
            f"{typed.text}, typed by hand,{meant} is no figure that the pack publishes for what"
            " this sentence names. Write an expression for the figure or, if it is no figure of"
            f" the pack, {{{{ not_a_figure('{typed.text}') }}}}."
        )

    def _row(self, indicator_id: str) -> Indicator:
        return next(row for row in self.rows if row.indicator_id == indicator_id)


def _levels(told: _Told, bound: tuple[Cue, ...], found: tuple[Cue, ...]) -> Wanted:
    """The figures that a number may be: of what binds it, else of the month and all named.

    A period that something is only compared with (`than in September`) is not one of these.
    """
    named_too = (cue for cue in found if not (cue.is_reference and cue.kind in PERIODS))
    said = bound or (*named_too, Cue("month", told.month, 0, 0, False))
    months = {cue.month for cue in said if cue.kind == "month"}
    kinds = {cue.kind for cue in said} - {"month"}

    def wanted(of: Mapping[Key, Published]) -> list[Published]:
        return [
            entry
            for key, entry in of.items()
            if (key.month in months and (key.kind in _OF_A_MONTH or _is_named(key, told)))
            or key.kind in kinds
        ]

    return wanted


def _is_named(key: Key, told: _Told) -> bool:
    """True when every word of a part's name stands in the sentence: `16`, or `c` and `2`."""
    name = key.part.partition(": ")[2].lower()
    return bool(name) and told.tokens.issuperset(_TOKEN.findall(name))


def _movements(told: _Told, found: tuple[Cue, ...]) -> Wanted:
    """The differences between the month and what it is compared with.

    That is all that the sentence names, also among themselves, or any month where it names none.
    """
    months = {cue.month for cue in found if cue.kind == "month"}
    kinds = {cue.kind for cue in found if cue.kind not in ("month", "ytd")}

    def wanted(of: Mapping[Key, Published]) -> list[Published]:
        return [
            _difference(entry, other)
            for key, entry in of.items()
            if key.kind in ("figure", "numerator") and key.month in months | {told.month}
            for other_key, other in of.items()
            if _is_compared(key, other_key, told, months, kinds)
        ]

    return wanted


def _is_compared(key: Key, other: Key, told: _Told, months: set[str], kinds: set[str]) -> bool:
    if other.kind == key.kind:
        named = months - {told.month}
        usual = named if named or kinds else told.usual
        return other.month < key.month and other.month in usual
    return key.kind == "figure" and key.month == told.month and other.kind in kinds


def _difference(entry: Published, other: Published) -> Published:
    amount = round(entry.value - other.value, 1)
    return Published(other.key, abs(amount), "difference", (amount > 0) - (amount < 0))


def _is_equal(typed: Typed, entry: Published, rise: int | None = None) -> bool:
    """Equal as printed: counts whole, else to one decimal; a percent sign is for percentages.

    A rise is no fall: where the sentence says which, the direction must be the same.
    """
    if typed.is_percent and not entry.is_percent:
        return False
    if rise and entry.direction == -rise:
        return False
    return abs(round(entry.value, 0 if entry.unit == "count" else 1) - typed.value) < 1e-9


def _called(entry: Published, row: Indicator) -> str:
    kind = _KINDS.get(entry.key.kind, "")
    if entry.unit == "difference":
        kind = "the change on " + (month_name(entry.key.month) if entry.key.month else kind)
    elif entry.key.month:
        kind = f"{kind}, {month_name(entry.key.month)}".removeprefix(", ")
    return f"{row.title} ({kind})"


def _value(entry: Published, row: Indicator) -> str:
    if entry.unit != "difference":
        return number(entry.value, entry.unit)
    moved = {1: "a rise of ", -1: "a fall of "}.get(entry.direction, "")
    return moved + number(entry.value, "count" if row.unit == "count" else "")


def _what_to_do(typed: Typed, row: Indicator, meant: Published) -> str:
    name = {"rest": "denominator", "part": "figure", "part_numerator": "figure"}.get(
        meant.key.kind, meant.key.kind
    )
    if meant.unit == "difference":
        name = "change"
    return (
        f"Write {{{{ {name}('{row.indicator_id}') }}}} for the figure or, if it is no figure of the"
        f" pack, {{{{ not_a_figure('{typed.text}') }}}}."
    )

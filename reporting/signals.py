"""What the months together say of a measure, in a word and a sentence.

Three words stand beside a figure and are never made from one another: Rating (where it is against
its target), Change (this month on the one before) and Signal (whether its months show more than
chance). Only a signal is called improving or getting worse. All is judged in the models; here it
is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from reporting.rows import Indicator, Signal
from reporting.wording import number, plain, sentence, start

WORDS = {
    "improving": ("Improving", "improving"),
    "getting_worse": ("Getting worse", "getting-worse"),
    "unusual": ("Unusual", "unusual"),
    "no_change": ("No clear change", "no-change"),
    "too_few": ("Too few to test", "too-few"),
}
NOT_TESTED = ("Not tested", "none")
# What the target is against the usual range: {target} is both, as far as they are known.
_ASSURANCES = {
    "met": "{range} is on the right side of {target}, so in a usual month it is met.",
    "missed": "{range} is on the wrong side of {target}, so in a usual month it is missed.",
    "varies": (
        "{Target} is within {within}, so it will be met in some months and missed in others."
    ),
}


@dataclass(frozen=True)
class Said:
    """A signal in a word, the class it is styled by, and a sentence that says why."""

    word: str
    kind: str
    sentence: str


def said(signal: Signal | None, row: Indicator | None = None) -> Said:
    """A signal as it is read; with its scorecard row, in the figure's unit and with its target.

    The word is empty where the measure has no signal at all. A measure that no chart fits, such
    as one whose months share the same children, is `Not tested`, and the sentence says why.
    """
    if signal is None:
        return Said("", "none", "")
    word, kind = WORDS[signal.signal]
    if signal.signal == "too_few" and signal.chart == "none":
        word, kind = NOT_TESTED
    if signal.centre is None or signal.lower_limit is None or signal.upper_limit is None:
        return Said(word, kind, _joined(f"{word}: {signal.why}", signal.decision))
    unit = row.unit if row else ""
    because = f"{word}: {_reason(signal, row, _average(signal.centre, unit), _range(signal, unit))}"
    return Said(word, kind, _joined(because, _assurance(signal, row), signal.why, signal.decision))


def target(row: Indicator) -> str:
    """The limit of green as a sentence has it: `95%`, `under 8%`; empty where there is none."""
    sign = "%" if row.unit == "percent" else ""
    for mark, words in (("<=", "{} or under"), ("<", "under {}"), (">", "over {}")):
        if row.green.startswith(mark):
            return words.format(row.green.removeprefix(mark).strip() + sign)
    return row.green.rstrip("+") + sign if row.green else ""


def _joined(*texts: str) -> str:
    return " ".join(sentence(start(text)) for text in texts if text)


def _reason(signal: Signal, row: Indicator | None, average: str, usual: str) -> str:
    """Why the latest month is judged so: the rule that was met, or the range chance explains."""
    if not signal.rule:
        if signal.lower_limit == signal.upper_limit:
            return f"it has stayed at {average}"
        return f"it moves between {usual.replace(' to ', ' and ')} by chance alone"
    side = _side(signal, row)
    if signal.rule == "trend":
        than = {"above": "higher", "below": "lower"}.get(side, "further")
        return f"each of the last six months was {than} than the month before"
    where = side or "on one side of"
    return {
        "outside_limits": f"the latest month is {side or 'outside'} the usual range of {usual}",
        "run": f"the last seven months were all {where} the average of {average}",
        "two_of_three": (
            f"two of the last three months were far {side or 'from'} the average of {average},"
            f" at the edge of the usual range of {usual} or beyond it"
        ),
    }[signal.rule]


def _side(signal: Signal, row: Indicator | None) -> str:
    """Whether what was noticed is high or low; empty where it cannot be told."""
    if row is None or signal.centre is None:
        return ""
    if row.good_is in ("high", "low"):
        is_above = (signal.signal == "improving") == (row.good_is == "high")
    elif signal.rule == "trend":
        if row.change not in ("up", "down"):
            return ""
        is_above = row.change == "up"
    elif row.month.value is None or row.month.value == signal.centre:
        return ""
    else:
        is_above = row.month.value > signal.centre
    return "above" if is_above else "below"


def _assurance(signal: Signal, row: Indicator | None) -> str:
    pattern = _ASSURANCES.get(signal.assurance)
    if pattern is None:
        return ""
    known = target(row) if row else ""
    the_target = f"the target of {known}" if known else "the target"
    is_said = signal.rule in ("", "outside_limits", "two_of_three")
    usual = f"the usual range of {_range(signal, row.unit if row else '')}"
    return pattern.format(
        target=the_target,
        Target=start(the_target),
        range=start("that range" if is_said else usual),
        within="that range" if is_said else usual,
    )


def _average(centre: float, unit: str) -> str:
    return plain(round(centre, 1)) if unit == "count" else number(centre, unit)


def _range(signal: Signal, unit: str) -> str:
    """`84.3% to 99.8%`: the lowest and the highest figure, as printed, within the limits.

    So no reader sees a month called outside a range whose printed end it equals. A range too
    narrow to hold a printed figure is given by its own ends.
    """
    lower, upper = signal.lower_limit or 0.0, signal.upper_limit or 0.0
    steps = 1 if unit == "count" else 10
    low = math.ceil(lower * steps - 1e-6) / steps
    high = math.floor(upper * steps + 1e-6) / steps
    if low > high:
        return f"{_average(lower, unit)} to {_average(upper, unit)}"
    return f"{number(low, unit)} to {number(high, unit)}"

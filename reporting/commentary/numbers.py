"""The numbers that somebody typed into a sentence, in digits or words.

Dates, years, ages, money, times, durations, ordinals, "phase 2", "Regulation 44", fractions and
telephone numbers are no figures and are passed over; all others are taken to be figures. Up to
twelve a number in words is one only where what it counts follows ("two children").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_WORD = "|".join(sorted([*_VALUES, "nil", "dozen", "hundred", "thousand"], key=len, reverse=True))
_SPELT = rf"\b(?:{_WORD})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{_WORD})){{0,6}}\b"
_DIGITS = r"(?<![\w£])(?<!\d[.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_N = rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|{_SPELT})"
_SMALL = rf"(?:\d{{1,2}}(?![\d.,]*\d|\s?%|\s+per\s?cent)|{_SPELT}(?!\s+per\s?cent))"
_AGE = rf"(?:(?:2[0-5]|1?\d)(?![\d.,]*\d|\s?%|\s+per\s?cent)|{_SPELT}(?!\s+per\s?cent))"
_TO = r"\s*(?:to|and|or|until|-|–|—|/|,)\s*"
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_LABELS = (
    "(?i:phases?|key stage|stage|regulations?|regs?|sections?|parts?|schedule|articles?"
    "|paragraphs?|para|teams?|tiers?|steps?|items?|appendix|annex|pages?|chapters?|clauses?|grades?"
    "|priority|priorities|options?|volume)|Years?|Quarter|Weeks?|Levels?|Table|Band|No|Priority"
)
_COUNTED = (
    "child(?:ren)?|young (?:person|people)|(?:care )?leavers?|households?|(?:foster )?carers?"
    "|adoptions?|admissions?|episodes?|reviews?|placements?|orders?|visits?|boys?|girls?|famil"
)
_DURATION = (
    "(?:(?:(?:consecutive|full|more|further|whole)[ -])*(?:working|school|calendar)[ -]days?"
    "|(?:(?:consecutive|full|more|further|whole|school|calendar)[ -])*"
    "(?:nights?|weeks?|months?|quarters?|terms?|hours?|hrs?|minutes?|mins?))"
)

# What is passed over, in this order. `days` and `years` are kept out where measures are in those.
_PASSED: tuple[tuple[str, str], ...] = (
    ("date", rf"\b\d{{1,2}}(?:{_TO}\d{{1,2}})?\s+(?:{_MONTHS})\b(?:,?\s+(?:19|20)\d\d)?"),
    ("date", rf"\b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?,\s+(?:19|20)\d\d\b"),
    ("date", rf"\b(?:{_MONTHS})(?:\s+(?:19|20)\d\d|[ -]?’\d\d|-\d\d)\b(?![\d.,]*\d|\s?%| per)"),
    ("date", r"\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d\b|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b"),
    ("year", r"\b(?:19|20)\d\d\s?[/–-]\s?(?:20)?\d\d\b"),
    (
        "year",
        r"\b(?:in|since|during|by|until|before|after|from)\s+(?:19|20)\d\d\b(?![.,]\d|\s?%)",
    ),
    (
        "year",
        rf"(?<![\d.,£])\b(?:19|20)\d\d\b(?![.,]\d|\s?%|\s+(?:per\s?cent|of|more|fewer|{_COUNTED}))",
    ),
    ("telephone", r"\+\d{1,3}[\d ()-]{6,}\d|\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b|\b0\d{9,10}\b"),
    ("ordinal", r"\b\d+(?:st|nd|rd|th)\b"),
    ("money", rf"£\s?{_N}(?:\s?(?:k|m|bn|million|thousand|billion))?\b"),
    ("money", rf"\b{_N}\s?(?:pounds?|pence|million pounds)\b"),
    ("time", r"\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|noon)\b|\b\d{1,2}:\d\d\b|\b24/7\b"),
    ("age", rf"\b{_SMALL}(?:{_TO}{_SMALL})?[ -]years?[ -]olds?\b"),
    ("age", rf"\b(?:aged?|ages)(?:\s+of)?\s+(?:between\s+|over\s+|under\s+|from\s+)?{_SMALL}"
            rf"(?:{_TO}{_SMALL})?(?:\+|\s+(?:or|and)\s+(?:over|under|older|younger|above))?"),
    ("age", rf"\b(?:under|over)[ -]?{_SMALL}s\b|\bunder[ -](?:fives|tens|ones|threes)\b"),
    ("age", rf"\b(?:child(?:ren)?|people|those|boys|girls|babies)\s+(?:under|over)\s+{_AGE}\b"),
    ("age", rf"\b(?:turn(?:s|ed|ing)?|reach(?:es|ing)?|post|pre)[ -]{_AGE}\b"),
    ("age", r"\b(?:1[0-9]|2[0-5])\+(?!\s?%)"),
    ("age", r"\b0\s?(?:-|–|to)\s?(?:17|18|25)\b"),
    ("label", rf"\b(?:{_LABELS})\.?\s+(?:\d{{1,3}}(?:\.\d+)*[a-z]?\b"
              r"(?![\d.,]*\d|\s?%|\s+per\s?cent)"
              rf"|(?i:{_SPELT}))(?:{_TO}\d{{1,3}}\b(?![\d.,]*\d|\s?%|\s+per\s?cent))*"
              rf"(?!\s+(?i:{_COUNTED}))"),
    ("label", r"\b[A-Z]{2,}-\d+\b"),
    ("base", r"\b(?:per|every)\s+(?:10,?000|1,?000|100,?000|100)\b"),
    ("fraction", rf"\b(?:{_SPELT}|\d)[ -](?:thirds?|quarters?|fifths?|tenths?|halves|half)\b"),
    ("definition", rf"\b(?:(?:more|fewer|less|over)\s+than\s+|over\s+)?{_SMALL}\s+(?:times|or\s+"
                   r"(?:more|fewer|less)\s+(?:placements?|homes?|moves?|carers?|times|episodes?))\b"),
    ("days", rf"\b{_N}(?:{_TO}{_N})?[ -](?:(?:consecutive|full|more|further)[ -])?days?\b"),
    ("duration", rf"\b{_N}(?:{_TO}{_N})?[ -]{_DURATION}\b"),
    ("years", rf"\b{_N}(?:{_TO}{_N})?(?:\s+and\s+a\s+half)?[ -](?:(?:financial|full|more|academic)"
              r" )?years?\b"),
)  # fmt: skip
_COMPILED = tuple(
    (kind, re.compile(pattern, 0 if kind in ("date", "label") else re.IGNORECASE))
    for kind, pattern in _PASSED
)
_NUMBER = re.compile(rf"(?P<digits>{_DIGITS})|(?P<spelt>{_SPELT})", re.IGNORECASE)
_PERCENT = re.compile(r"\s?%(?!\s*points?)|[ -]per\s?cent(?!age)", re.IGNORECASE)
_POINTS = re.compile(r"\s?(?:%|per\s?cent(?:age)?)?[ -]?points?\b", re.IGNORECASE)
# A small number in words counts something only where the thing counted, or what it did, follows.
_ONE = re.compile(rf"\s+(?:{_COUNTED})", re.IGNORECASE)
_FEW = re.compile(
    rf"(?:\s+(?:and|to|or)\s+[a-z]+|\s+[a-z-]+)?\s+(?:{_COUNTED}|more\b|fewer\b|less\b|were\b|had\b|have\b|are\b|left\b"
    r"|out of|of (?:\d|them|these|those|whom|which)|per\s?cent|percentage|in (?:\d|every))",
    re.IGNORECASE,
)
_MANY = 12


@dataclass(frozen=True)
class Typed:
    """A number as typed and where; `is_percent` where a percent sign or words say so."""

    text: str
    value: float
    start: int
    end: int
    is_percent: bool
    is_points: bool


def typed_numbers(sentence: str, units: frozenset[str]) -> Iterator[Typed]:
    """The numbers that are taken to be figures; `units` are those of the measures named."""
    text = sentence
    for kind, pattern in _COMPILED:
        if kind not in units and not (kind == "age" and _is_average_age(sentence, units)):
            text = pattern.sub(lambda found: " " * len(found[0]), text)
    for found in _NUMBER.finditer(text):
        value = float(found[0].replace(",", "")) if found["digits"] else _spelt(found[0])
        follows = _ONE if value == 1 else _FEW
        if found["spelt"] and value <= _MANY and not follows.match(text, found.end()):
            continue
        points = _POINTS.match(text, found.end())
        percent = None if points else _PERCENT.match(text, found.end())
        end = (points or percent or found).end()
        yield Typed(
            sentence[found.start() : end], value, found.start(), end, bool(percent), bool(points)
        )


def _is_average_age(sentence: str, units: frozenset[str]) -> bool:
    return "years" in units and "average age" in sentence.lower()


def _spelt(words: str) -> float:
    """`five hundred and fifty-one` is 551."""
    total, part = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            part = max(part, 1) * 100
        elif word in ("thousand", "dozen"):
            total, part = total + max(part, 1) * (1000 if word == "thousand" else 12), 0
        elif word != "and":
            part += _VALUES.get(word, 0)
    return float(total + part)

"""What the words around a number say of it: of when it is, what it is compared with, and whether
it is a figure or a movement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reporting.wording import MONTHS, last_of_month

_MONTH = "|".join([*MONTHS, "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov"])
_MONTH_NAMED = re.compile(rf"\b({_MONTH}|Dec)\b\.?(?:[ -]’?((?:20)?\d\d)\b(?!\s?%|[.,]\d))?")
_ISO_MONTH = re.compile(r"\b(20\d\d)-(\d\d)\b")
_RELATIVE: tuple[tuple[str, str], ...] = (
    ("now", r"this month|currently|at the month end|at present|right now"),
    ("previous", r"last month|(?:the )?previous month|month before|month earlier|prior month"),
    ("year_ago", r"(?:a|one) year ago|same (?:month|time|point|period|date) (?:in )?last year"
                 r"|(?:12|twelve) months (?:ago|earlier|before)|year earlier|year before"),
    ("last_year", r"last year|previous year|last financial year|year[- ]end"
                  r"|20\d\d(?:[/–]\d\d|-(?:1[3-9]|[2-9]\d))\b|31 March(?: 20\d\d)?"
                  r"|end of March|March year"),
    ("ytd", r"year to date|(?:year|months?|weeks?) so far|so far this (?:financial )?year"
            r"|this (?:financial )?year|since (?:1 )?April|April (?:20\d\d )?(?:to|and|until)|ytd"),
    ("best_neighbour", r"best (?:of )?(?:the |our )?(?:statistical |similar )?"
                       r"(?:neighbour|council)s?"),
    ("neighbours", r"(?:statistical )?neighbours?’?|similar (?:councils?|authorities)"
                   r"|comparators?"),
    ("england", r"England(?:’s)?|national(?:ly)?|the country"),
    ("region", r"region(?:al|ally)?|Yorkshire(?: and the Humber)?|Midlands|London"
               r"|(?:North|South|East|West) (?:East|West|of England)"),
    ("top_quartile", r"top quartile|upper quartile|best quarter"),
    ("target", r"targets?|thresholds?|green|amber|red|tolerance|goal|aim(?:ed)?|floor standard"),
)  # fmt: skip
_COMPILED = tuple(
    (kind, re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE)) for kind, pattern in _RELATIVE
)
PERIODS = ("month", "ytd", "last_year")
_REFERRED = re.compile(
    r"\b(?:than|since|from|compared|before|after|until|against|on|above|below|over|under)"
    r"(?:\s+(?:in|at|with|to|for|the|end|of|that|our))*\s*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:()]|,(?!\d)|\s[–—]\s"
    r"|\b(?:and|but|while|whereas|against|compared (?:with|to)|from|to|then)\b"
)
_FILLER = re.compile(
    r"[\s(:,]*(?:(?:is|was|were|are|of|(?:is|was|stood|stands|stayed|remains|remained) at|average"
    r"|averages|averaged|figure|the|rate|for|in|across|among|all|has|had|set|our|over|limit"
    r"|being)\b[\s(:,]*)*",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\s*(?:(?:in|at|the|for|across|our)\s+)*", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NOUN = (
    r"(?:children|child|young people|households?|carers?|care leavers?|leavers?|points?|places?"
    r"|admissions?|adoptions?|reviews?|episodes?|orders?|days?|years?|of them|percentage points?)"
)
_UP, _DOWN = "more|higher|above|older|extra|additional|up", "fewer|less|lower|below|younger|down"
_AFTER = re.compile(rf"\s*(?:{_NOUN}\s+)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:\b(?P<up>up|(?:rise|increase|growth|gain|improvement) of|(?:rose|risen|grew|grown"
    r"|increased?|increasing|improved) by)|\b(?P<down>down|(?:fall|drop|decrease|reduction|decline)"
    r" of|(?:fell|fallen|dropped|decreased?|reduced|declined) by)|\bby|\bchange of)"
    r"(?:\s+(?:about|just|only|nearly|almost|a further|another))?\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """A period or a comparator named in a sentence; `month` is filled where the kind is month."""

    kind: str
    month: str
    start: int
    end: int
    is_reference: bool


def cues(sentence: str, period_end: date) -> tuple[Cue, ...]:
    """Every period and comparator that the sentence names, in the months before `period_end`."""
    return tuple(sorted(_cues(sentence, period_end), key=lambda cue: (cue.start, cue.kind)))


def _cues(sentence: str, period_end: date) -> Iterator[Cue]:
    back = {"now": 0, "previous": 1, "year_ago": 12}
    for kind, pattern in _COMPILED:
        for found in pattern.finditer(sentence):
            month = last_of_month(period_end, back[kind]) if kind in back else None
            yield _cue(sentence, "month" if month else kind, month, found)
            if kind == "last_year" and found[0].lower() in ("last year", "previous year"):
                yield _cue(sentence, "month", last_of_month(period_end, 12), found)
    for found in _MONTH_NAMED.finditer(sentence):
        yield _cue(sentence, "month", _named_month(found[1], found[2], period_end), found)
    for found in _ISO_MONTH.finditer(sentence):
        if 1 <= int(found[2]) <= 12:
            month = last_of_month(date(int(found[1]), int(found[2]), 1), 0)
            yield _cue(sentence, "month", month, found)


def _cue(sentence: str, kind: str, month: date | None, found: re.Match[str]) -> Cue:
    is_reference = bool(_REFERRED.search(sentence[: found.start()]))
    named = month.isoformat()[:7] if month else ""
    return Cue(kind, named, found.start(), found.end(), is_reference and kind != "ytd")


def _named_month(name: str, year: str | None, period_end: date) -> date:
    """The month named; without a year the latest of that name up to the month of the pack."""
    number = next(i for i, month in enumerate(MONTHS, 1) if month[:3] == name[:3])
    if year:
        return last_of_month(date(int(year) if len(year) == 4 else 2000 + int(year), number, 1), 0)
    back = (period_end.month - number) % 12
    return last_of_month(period_end, back)


def binding(sentence: str, start: int, end: int, found: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """The cues that say what the number at `start` is; none leaves it to the whole sentence.

    `89.0% in England` is England’s, `544 in September` is of September; `than in September` says
    only what a number is compared with.
    """
    beside = tuple(
        cue
        for cue in found
        if cue.kind not in PERIODS
        and (
            (cue.end <= start and _FILLER.fullmatch(sentence, cue.end, start))
            or (cue.start >= end and _FILLER.fullmatch(sentence, end, cue.start))
        )
    )
    first, last = _clause(sentence, start, end)
    if not beside:
        beside = tuple(cue for cue in found if _is_subject(sentence[:start], cue, first))
    if beside:
        return beside
    return tuple(
        cue
        for cue in found
        if cue.kind in PERIODS and not cue.is_reference and first <= cue.start < last
    )


def _is_subject(before: str, cue: Cue, first: int) -> bool:
    """True for `England’s rate of ... is` before a number, where no other number stands between."""
    if cue.kind in (*PERIODS, "target") or cue.is_reference or not first <= cue.start < len(before):
        return False
    return bool(_OPENING.fullmatch(before[first : cue.start])) and not _DIGIT.search(
        before[cue.end :]
    )


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    before = [found.end() for found in _CLAUSE.finditer(sentence) if found.end() <= start]
    after = [found.start() for found in _CLAUSE.finditer(sentence) if found.start() >= end]
    return max(before, default=0), min(after, default=len(sentence))


def movement(sentence: str, start: int, end: int, is_points: bool) -> int | None:
    """1 where the number is a rise, -1 a fall, 0 a movement either way, None where it is none."""
    found = _AFTER.match(sentence, end) or _BEFORE.search(sentence[:start])
    if found is None:
        return 0 if is_points else None
    return 1 if found["up"] else -1 if found["down"] else 0

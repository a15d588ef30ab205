"""Counted episodes, periods of care and carer spells of one child, cut at a reporting date D.

Everything here takes episodes already cut at D (B0): they start on or before D, and an end after
D is open. Intervals are half-open (C2): a child is not in care on the day care ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from .dates import birthday
from .reference import COUNTED

TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
ADOPTIVE = frozenset({"A3", "A4", "A5", "A6"})
KINSHIP = frozenset({"U1", "U2", "U3"})
FOSTER = KINSHIP | {"U4", "U5", "U6"}
FAMILY_BASED = ADOPTIVE | FOSTER | {"P1"}
LIMIT_DAYS = {"T1": 42, "T3": 21, "T4": 7}
NOT_RECORDED = "NOT_RECORDED"
FOREVER = date.max


@dataclass(frozen=True)
class Episode:
    """One episode row with its legal status and placement, as codes where they are known."""

    row_id: str
    person: str
    start: date
    end: date | None = None
    start_reason: str | None = None
    legal_status: str | None = None
    place: str | None = None
    end_reason: str | None = None
    place_text: str = ""
    locally_family_based: bool = False
    locally_kinship: bool = False
    provider: str = ""
    urn: str = ""
    sector: str = ""
    household: str = ""
    care_id: str = ""
    other: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[date, int, str]:
        """By start, then by row id, where '10' comes after '9'."""
        return (self.start, len(self.row_id), self.row_id)

    @property
    def is_temporary(self) -> bool:
        """Whether the child is away for a while: holiday, hospital, carer's holiday (C10)."""
        return self.place in TEMPORARY

    @property
    def is_family_based(self) -> bool:
        """Foster care, placed for adoption, with parents, or a local type that counts (C14)."""
        return self.place in FAMILY_BASED or self.locally_family_based

    @property
    def is_kinship(self) -> bool:
        """With relatives or friends (C14): R38(6) is not, unless the council says so itself."""
        return self.place in KINSHIP or self.locally_kinship

    @property
    def is_v2_in_k2(self) -> bool:
        """The one case that may last beyond the 18th birthday (C8)."""
        return (self.legal_status, self.place) == ("V2", "K2")

    def runs_on(self, day: date) -> bool:
        """Whether the night of a day belongs to the row (C2)."""
        return self.start <= day < (self.end or FOREVER)


@dataclass(frozen=True)
class Period:
    """A period of care (C7): an unbroken chain of counted episodes, ended at 18 where it must."""

    episodes: tuple[Episode, ...]
    start: date
    end: date | None
    reason: str | None
    derived_18: bool = False
    care_ids: frozenset[str] = frozenset()

    @property
    def is_admission(self) -> bool:
        """Whether it began by a child coming into care, not in the middle of a history (B4)."""
        return self.episodes[0].start_reason == "S"

    def runs_on(self, day: date) -> bool:
        """Whether the child is looked after at the end of a day."""
        return self.start <= day < (self.end or FOREVER)


@dataclass
class Spell:
    """A carer spell (C9): rows with the same carer, holidays and hospital stays folded in."""

    episodes: list[Episode] = field(default_factory=list)

    @property
    def start(self) -> date:
        """The first day with the carer."""
        return self.episodes[0].start

    @property
    def end(self) -> date | None:
        """The latest end of its rows; open if one is open."""
        return latest_end(self.episodes)


def latest_end(episodes: Iterable[Episode]) -> date | None:
    """The latest end, where an open row is later than all others."""
    latest = max(episode.end or FOREVER for episode in episodes)
    return None if latest == FOREVER else latest


def cut_at(episodes: Iterable[Episode], day_d: date) -> list[Episode]:
    """The episodes as known at D (B0): none that start later, no end that comes later."""
    kept = []
    for episode in episodes:
        if episode.start > day_d:
            continue
        if episode.end is not None and episode.end > day_d:
            episode = replace(episode, end=None)
        if episode.end is None:
            episode = replace(episode, end_reason=None)
        kept.append(episode)
    return kept


def counted(episodes: Iterable[Episode]) -> list[Episode]:
    """The rows that count, in order: looked after (C6), some length, each fact once (DQ10)."""
    seen: dict[Episode, Episode] = {}
    for episode in sorted(episodes, key=lambda e: e.order):
        if episode.end is not None and episode.end <= episode.start:
            continue
        if episode.legal_status in COUNTED:
            seen.setdefault(replace(episode, row_id="", care_id=""), episode)
    return list(seen.values())


def chains(episodes: Sequence[Episode]) -> list[list[Episode]]:
    """Counted rows of one child in chains: the next starts by the latest end so far (B0a)."""
    found: list[list[Episode]] = []
    for episode in sorted(episodes, key=lambda e: e.order):
        if found and episode.start <= (latest_end(found[-1]) or FOREVER):
            found[-1].append(episode)
        else:
            found.append([episode])
    return found


def periods_of_care(episodes: Sequence[Episode], born: date | None, day_d: date) -> list[Period]:
    """The periods of care of one child, from all of the child's rows, as known at D."""
    known = cut_at(episodes, day_d)
    found = []
    for chain in chains(counted(known)):
        period = _ended_at_18(_period(chain, known), born, day_d)
        if period is not None:
            found.append(period)
    return found


def _period(chain: list[Episode], known: list[Episode]) -> Period:
    """A chain as a period of care; a review may name the care id of a duplicate left out."""
    last = max(chain, key=lambda e: (e.end or FOREVER, *e.order))
    starts = {episode.start for episode in chain}
    same = [e for e in known if e.start in starts and e.legal_status in COUNTED]
    return Period(
        episodes=tuple(chain),
        start=chain[0].start,
        end=last.end,
        reason=None if last.end is None else last.end_reason or NOT_RECORDED,
        care_ids=frozenset(e.care_id for e in same),
    )


def _ended_at_18(period: Period, born: date | None, day_d: date) -> Period | None:
    """The period, ended on the 18th birthday where it runs past it; None if it starts after."""
    if born is None:
        return period
    limit: date | None = birthday(born, 18)
    assert limit is not None
    if any(e.is_v2_in_k2 and e.runs_on(limit) for e in period.episodes):
        later = [e.start for e in period.episodes if e.start > limit and not e.is_v2_in_k2]
        limit = min(later, default=None)
    elif period.start >= limit:
        return None
    if limit is None or limit > day_d or (period.end or FOREVER) <= limit:
        return period
    return replace(period, end=limit, reason=period.reason or NOT_RECORDED, derived_18=True)


def same_home(one: Episode, other: Episode) -> bool:
    """The same household where both have one, else the same place, URN and sector (B2)."""
    if one.household and other.household:
        return one.household == other.household
    return (one.place, one.place_text, one.urn, one.sector) == (
        other.place,
        other.place_text,
        other.urn,
        other.sector,
    )


def carer_spells(period: Period) -> list[Spell]:
    """The carer spells of a period of care (C9, C10, B1 to B3, B16), in order."""
    spells: list[Spell] = []
    main: Episode | None = None
    away = own_spell = False
    stays = _stays(period.episodes)
    for number, stay in enumerate(stays):
        if stay[0].is_temporary:
            away = True
            if _is_own_spell(stay, is_last=number == len(stays) - 1):
                spells.append(Spell(list(stay)))
                own_spell = True
            continue
        row = stay[0]
        if main is None or own_spell or not _continues(main, row, returns=away):
            spells.append(Spell([row]))
        else:
            spells[-1].episodes.append(row)
        main, away, own_spell = row, False, False
    return spells


def _stays(episodes: Sequence[Episode]) -> list[list[Episode]]:
    """Each other row by itself; T rows in stays; T rows inside a main placement left out."""
    stays: list[list[Episode]] = []
    mains: list[Episode] = []
    for row in episodes:
        if not row.is_temporary:
            mains.append(row)
            stays.append([row])
        elif any(_lies_inside(row, main) for main in mains):
            continue
        elif stays and stays[-1][0].place == row.place and row.start_reason in ("L", "T", "U"):
            stays[-1].append(row)
        else:
            stays.append([row])
    return stays


def _lies_inside(row: Episode, main: Episode) -> bool:
    return main.start <= row.start and (row.end or FOREVER) <= (main.end or FOREVER)


def _is_own_spell(stay: list[Episode], is_last: bool) -> bool:
    """Whether a T stay is no absence but a spell: over its limit, or closed for good (B1)."""
    end = latest_end(stay)
    if end is None:
        return False
    limit = LIMIT_DAYS.get(stay[0].place or "")
    return is_last or (limit is not None and (end - stay[0].start).days > limit)


def _continues(before: Episode, row: Episode, returns: bool) -> bool:
    """Whether a row stays with the carer of the main row before it."""
    if returns:
        return same_home(before, row)
    follows = before.end is not None and row.start == before.end
    if row.start_reason in ("S", "P", "B"):
        return False
    if row.start_reason == "L":
        return follows and same_home(before, row)
    if row.start_reason in ("T", "U"):
        return follows
    return same_home(before, row)


def at_d(period: Period, day_d: date) -> Episode | None:
    """The row at D, an absence too: of those running the latest to start (B0a)."""
    running = [e for e in period.episodes if e.runs_on(day_d)]
    return max(running, key=lambda e: e.order, default=None)


def current_row(period: Period, day_d: date) -> Episode | None:
    """The placement at D (C12): the latest main row running, or the one an absence returns to."""
    running = [e for e in period.episodes if e.runs_on(day_d)]
    mains = [e for e in running if not e.is_temporary]
    if mains:
        return max(mains, key=lambda e: e.order)
    latest = at_d(period, day_d)
    if latest is None:
        return None
    before = [e for e in period.episodes if not e.is_temporary and e.order < latest.order]
    return max(before, key=lambda e: e.order, default=None)


def current_spell(period: Period, day_d: date) -> tuple[Spell | None, Spell | None]:
    """The carer spell of the placement at D, and the spell before it."""
    row = current_row(period, day_d)
    spells = carer_spells(period)
    for number, spell in enumerate(spells):
        if row is not None and row in spell.episodes:
            return spell, spells[number - 1] if number else None
    return None, None

"""Caseloads of qualified social workers in the teams for looked after children (C24, B14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .council import CareAt
from .dates import Span
from .extract import Involvement, Post
from .values import Figure, count, ratio

TEAMS_1_TO_3 = frozenset({"lac team 1", "lac team 2", "lac team 3"})
TEAMS_4_AND_5 = frozenset({"lac team 4", "lac team 5"})
FACTORS_SINCE = date(2019, 2, 28)
FACTORS = {"advanced practitioner": Fraction("0.4"), "asye": Fraction("0.6")}
LONG_ABSENCE_DAYS = 28
ALWAYS = Span(date.min)


@dataclass(frozen=True)
class Worker:
    """A qualified social worker who counts at D."""

    worker_id: str
    team: str
    grade: str
    hours: Fraction
    children: int

    def hours_at(self, day_d: date) -> Fraction:
        """The hours, less for advanced practitioners and the newly qualified since 2019 (C24)."""
        factor = FACTORS.get(self.grade, Fraction(1)) if day_d >= FACTORS_SINCE else Fraction(1)
        return self.hours * factor


def lead_workers(care: CareAt) -> dict[str, Involvement]:
    """The lead key worker of each child at D: the latest to start, then the higher id."""
    found: dict[str, Involvement] = {}
    for one in care.extract.involvements or []:
        if one.span.runs_on(care.day):
            found[one.person] = max(found.get(one.person, one), one, key=_standing)
    return found


def _standing(one: Involvement) -> tuple[date, int, str]:
    return (one.span.start, len(one.row_id), one.row_id)


def workers(care: CareAt) -> list[Worker]:
    """The qualified social workers in post at D and not long absent, with their children."""
    children = Counter(one.worker for one in lead_workers(care).values())
    posts = care.extract.posts or {}
    known = {*posts, *(care.extract.professionals or {})}
    found = []
    for worker_id in sorted(known):
        held = [post for post in posts.get(worker_id, []) if post.span.start <= care.day]
        post = max(held, key=lambda post: post.span.start, default=None)
        if worker_id not in posts:
            post = _post_of_professional(worker_id, care)
        if post is not None and counts(post, care.day):
            found.append(
                Worker(
                    worker_id=worker_id,
                    team=post.team or _team_of_cases(worker_id, care),
                    grade=post.grade,
                    hours=_hours(worker_id, post, care),
                    children=children[worker_id],
                )
            )
    return found


def counts(post: Post, day_d: date) -> bool:
    """A qualified social worker, in post at D, not away for more than 28 days by then."""
    away = post.away
    is_long_away = (
        away is not None and away.runs_on(day_d) and (day_d - away.start).days > LONG_ABSENCE_DAYS
    )
    return post.role == "social worker" and post.span.runs_on(day_d) and not is_long_away


def _post_of_professional(worker_id: str, care: CareAt) -> Post:
    """Somebody the staff list does not have is in post, by job title and hours of the SSD."""
    one = (care.extract.professionals or {})[worker_id]
    return Post(one.role, one.grade, "", one.hours, span=ALWAYS)


def _team_of_cases(worker_id: str, care: CareAt) -> str:
    """The team of the worker's latest open involvement."""
    mine = [
        one
        for one in care.extract.involvements or []
        if one.worker == worker_id and one.span.runs_on(care.day)
    ]
    latest = max(mine, key=_standing, default=None)
    return latest.team if latest else ""


def _hours(worker_id: str, post: Post, care: CareAt) -> Fraction:
    """Contracted hours, else those of the SSD, else none."""
    professional = (care.extract.professionals or {}).get(worker_id)
    if post.hours is None and professional is not None:
        return professional.hours or Fraction(0)
    return post.hours or Fraction(0)


def largest_caseload(care: CareAt) -> Figure:
    """The children of the worker of teams 1 to 5 who has most."""
    teams = TEAMS_1_TO_3 | TEAMS_4_AND_5
    return count(max((one.children for one in workers(care) if one.team in teams), default=0))


def average_caseload(teams: frozenset[str], by_grade: bool = True) -> Callable[[CareAt], Figure]:
    """Children for each full-time worker of some teams: a ratio of sums."""

    def figure(care: CareAt) -> Figure:
        staff = [one for one in workers(care) if one.team in teams]
        hours = [one.hours_at(care.day) if by_grade else one.hours for one in staff]
        return ratio(sum(one.children for one in staff), sum(hours, Fraction(0)))

    return figure

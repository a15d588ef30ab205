"""Workers in post, whose cases are whose, and the involvement rows that say so."""

import heapq
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from synthetic.case_system import told
from synthetic.council import Council
from synthetic.days import birthday, days
from synthetic.lives import Child
from synthetic.recording import recorded
from synthetic.routes import pick
from synthetic.settings import CouncilSettings

LAC_TEAMS = {
    "LAC Team 1": 0.9,
    "LAC Team 2": 0.9,
    "LAC Team 3": 0.9,
    "LAC Team 4": 1.2,
    "LAC Team 5": 1.2,
}
"""The teams and their size against an even share; teams 4 and 5 keep children longer."""

LEAVING_CARE_TEAM = "Leaving Care Team"
CHILDREN_PER_POST = {"Social Worker": 14.0, "IRO": 58.0, "Personal Adviser": 22.0}
HELD_BY_MANAGER = 0.008
"""Share of the cases of a looked-after team that its manager holds."""

FTE_FACTOR = {"Social Worker": 1.0, "Advanced Practitioner": 0.45, "ASYE": 0.65}


@dataclass(frozen=True)
class Worker:
    """Someone in a post, from a day until the successor comes."""

    worker_id: str
    role: str
    grade: str | None
    team: str
    fte: float
    start: date
    end: date
    absent_from: date | None
    absent_to: date | None


@dataclass
class Post:
    """A post, its holders one after the other, and how many cases it has just now."""

    holders: list[Worker]
    cases: int = 0

    @property
    def weight(self) -> float:
        """How many cases a post takes, against a full-time social worker."""
        holder = self.holders[-1]
        return holder.fte * FTE_FACTOR.get(holder.grade or "", 1.0)


@dataclass
class Staff:
    """All posts by role and team."""

    posts: dict[tuple[str, str], list[Post]] = field(default_factory=dict)

    @property
    def workers(self) -> list[Worker]:
        """Every worker, post by post."""
        return [w for posts in self.posts.values() for post in posts for w in post.holders]


def add_workforce(council: Council) -> None:
    """Add the staff and the allocation of every child and care leaver."""
    staff = _fill_posts(council.settings)
    _add_staff_rows(council, staff)
    _allocate(council, staff, _stints(council))


def _fill_posts(settings: CouncilSettings) -> Staff:
    rng = settings.rng("posts")
    staff = Staff()
    number = 10
    posts_a_team = settings.children / CHILDREN_PER_POST["Social Worker"] / 5
    plan = [
        ("Social Worker", team, max(1, round(posts_a_team * share)))
        for team, share in LAC_TEAMS.items()
    ]
    plan += [("Team Manager", team, 1) for team in LAC_TEAMS]
    iro_posts = max(1, round(settings.children / CHILDREN_PER_POST["IRO"]))
    plan.append(("IRO", "IRO Service", iro_posts))
    plan.append(("Fostering IRO", "IRO Service", 1))
    advisers = max(1, round(settings.scaled(330) / CHILDREN_PER_POST["Personal Adviser"]))
    plan.append(("Personal Adviser", LEAVING_CARE_TEAM, advisers))
    for role, team, posts in plan:
        staff.posts[role, team] = []
        for _ in range(posts):
            holders = _holders(rng, settings, role, team, number)
            number += 10
            staff.posts[role, team].append(Post(holders))
    return staff


def _holders(
    rng: Random, settings: CouncilSettings, role: str, team: str, number: int
) -> list[Worker]:
    start = settings.history_from - days(rng.randint(10, 2000))
    holders = []
    while start <= settings.last_day:
        end = start + days(rng.triangular(250, 3200, 800))
        end = end + days(2600) if role in ("IRO", "Team Manager") else end
        number += 1
        grade = None
        if role == "Social Worker":
            shares = {"Social Worker": 72, "Advanced Practitioner": 12, "ASYE": 16}
            grade = pick(rng, shares)
        leave = start + days(rng.randint(200, 1500))
        is_absent = rng.random() < 0.12 and leave + days(300) < end
        back = leave + days(rng.randint(40, 300))
        fte = float(pick(rng, {"1.0": 76, "0.8": 14, "0.6": 7, "0.5": 3}))
        worker_id = f"{number:05d}"
        away = (leave, back) if is_absent else (None, None)
        if end > settings.history_from:
            holders.append(Worker(worker_id, role, grade, team, fte, start, end, *away))
        start = end
    return holders


@dataclass(frozen=True)
class _ListGaps:
    """The workers whom the staff list shows otherwise than most, by worker id."""

    without_hours: str = ""
    without_team: str = ""
    unlisted: str = ""
    long_absent: str = ""


def _choose_gaps(settings: CouncilSettings, staff: Staff) -> _ListGaps:
    """Choose them among those in post at the end; a small council's staff list is whole."""
    last = settings.last_day
    fit = [
        worker.worker_id
        for worker in staff.workers
        if worker.grade == "Social Worker" and worker.absent_from is None
        if worker.start < last - days(120) and worker.end > last + days(120)
    ]
    if not settings.is_large or len(fit) < 4:
        return _ListGaps()
    return _ListGaps(*settings.rng("staff list").sample(sorted(fit), 4))


def _add_staff_rows(council: Council, staff: Staff) -> None:
    gaps, last = _choose_gaps(council.settings, staff), council.settings.last_day
    for worker in sorted(staff.workers, key=lambda worker: worker.worker_id):
        is_unlisted = worker.worker_id == gaps.unlisted
        if worker.worker_id == gaps.long_absent:
            worker = replace(worker, absent_from=last - days(50), absent_to=last + days(40))
        if not is_unlisted:
            _add_staff_row(council, worker, gaps)
        title = worker.role if worker.grade in (None, "Social Worker") else worker.grade
        # The caseload is the vendor's count of 30 September, which nobody should use.
        caseload = int(worker.worker_id) % 17 + 4
        job = title if is_unlisted else f"{title} \u2013 {worker.team}"
        known = (worker.worker_id, job, worker.fte, caseload)
        council.system.add("ssd_professionals", worker.start, *known)


def _add_staff_row(council: Council, worker: Worker, gaps: _ListGaps) -> None:
    left = told((worker.end, worker.end))
    away = told((worker.absent_from, worker.absent_from)) if worker.absent_from else None
    back = told((worker.absent_to, worker.absent_to)) if worker.absent_to else None
    hours = None if worker.worker_id == gaps.without_hours else worker.fte
    team = None if worker.worker_id == gaps.without_team else worker.team
    who = (worker.worker_id, worker.role, worker.grade, hours, team)
    council.system.add_told("ext_staff", worker.start, *who, worker.start, left, away, back)


@dataclass(frozen=True)
class _Stint:
    """A time for which one post should have a person's case."""

    start: date
    end: date
    role: str
    team: str
    child: Child
    cla_id: str


def _stints(council: Council) -> list[_Stint]:
    """Cut each period of care into times with one post, and add the years after care."""
    settings = council.settings
    found = []
    for child in council.children:
        rng = settings.rng("allocation", child.person_id)
        team = rng.choice(tuple(LAC_TEAMS))
        for care in child.cares:
            start = max(care.start, settings.history_from)
            if start < care.end and not care.is_short_break:
                found.append(_Stint(start, care.end, "IRO", "IRO Service", child, care.cla_id))
            while start < care.end:
                end = min(care.end, start + days(rng.triangular(200, 1600, 700)))
                found.append(_Stint(start, end, "Social Worker", team, child, care.cla_id))
                start = end
                team = rng.choice(("LAC Team 4", "LAC Team 5")) if rng.random() < 0.05 else team
        last = child.cares[-1]
        served_until = birthday(child.birth_date, 21 if rng.random() < 0.6 else 25)
        after = max(last.end, settings.history_from)
        is_served = last.end >= birthday(child.birth_date, 16) and after < served_until
        if is_served and not last.is_short_break:
            times = (after, served_until, "Personal Adviser", LEAVING_CARE_TEAM)
            found.append(_Stint(*times, child, last.cla_id))
    found = [stint for stint in found if stint.start <= settings.last_day]
    return sorted(found, key=lambda s: (s.start, s.cla_id, s.role, s.end))


def _allocate(council: Council, staff: Staff, stints: list[_Stint]) -> None:
    """Give each case to the post with the least work; a leaver's cases go to the successor."""
    rng = council.settings.rng("workers")
    running: list[tuple[date, int]] = []
    held_by: list[Post] = []
    for number, stint in enumerate(stints):
        while running and running[0][0] <= stint.start:
            held_by[heapq.heappop(running)[1]].cases -= 1
        posts = staff.posts[stint.role, stint.team]
        if stint.role == "Social Worker" and rng.random() < HELD_BY_MANAGER:
            posts = staff.posts["Team Manager", stint.team]
        post = min(posts, key=lambda post: (post.cases + 1) / post.weight)
        post.cases += 1
        held_by.append(post)
        heapq.heappush(running, (stint.end, number))
        _add_involvements(council, rng, stint, post, number)


def _add_involvements(
    council: Council, rng: Random, stint: _Stint, post: Post, number: int
) -> None:
    role = "Allocated Worker" if stint.role == "Social Worker" else stint.role
    opened = council.opened[stint.cla_id]
    for part, worker in enumerate(post.holders):
        start, end = max(stint.start, worker.start), min(stint.end, worker.end)
        if start >= end:
            continue
        if role == "IRO":
            council.iros.setdefault(stint.cla_id, []).append((start, worker.worker_id))
        typed = max(opened, recorded(rng, "other", start) if part else start)
        closed = max(typed, recorded(rng, "other", end) if rng.random() < 0.3 else end)
        council.system.add_told(
            "ssd_involvements",
            typed,
            f"{number:06d}{part}",
            worker.worker_id,
            role,
            worker.team,
            stint.child.person_id,
            start,
            told((closed, end)),
        )

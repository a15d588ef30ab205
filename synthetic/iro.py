"""When independent reviewing officers (IROs) see a child between the reviews."""

from dataclasses import dataclass
from datetime import date

from synthetic.days import days
from synthetic.lives import Care
from synthetic.recording import recorded
from synthetic.routes import pick
from synthetic.settings import CouncilSettings


@dataclass(frozen=True)
class IroVisit:
    """One contact of the IRO with the child."""

    day: date
    mode: str
    recorded_on: date


def iro_visits(settings: CouncilSettings, care: Care) -> list[IroVisit]:
    """Return the IRO's visits in a period of care; some children are hardly ever seen."""
    rng = settings.rng("iro visits", care.cla_id)
    every = rng.choice((150, 180, 240, 330, 560))
    found, day = [], max(care.start, settings.history_from) + days(rng.randint(12, every))
    while day < min(care.end, settings.last_day):
        mode = pick(rng, {"Face to face": 68, "Virtual": 32})
        found.append(IroVisit(day, mode, recorded(rng, "other", day)))
        day += days(every * rng.uniform(0.6, 1.5))
    return found

"""The person table, with people who were never looked after but are known to social care."""

from datetime import date

from synthetic.case_system import told
from synthetic.council import Council
from synthetic.days import birthday, days
from synthetic.population import ETHNICITIES
from synthetic.routes import pick

OTHERS_PER_CHILD = 0.4
"""People known for another reason, for each child usually in care."""


def add_people(council: Council) -> None:
    """Add a row for every child, and others with a plan or a private order (never counted)."""
    for child in council.children:
        typed = council.known_from(child)
        if child.birth_date >= typed:
            typed = child.birth_date
        died = child.death_date
        death = told((max(typed, died), died)) if died else None
        row = (child.person_id, child.sex, child.ethnicity, child.birth_date, death, None)
        council.system.add_told("ssd_person", typed, *row)
    _add_others(council)


def _add_others(council: Council) -> None:
    settings = council.settings
    rng = settings.rng("others")
    for number in range(round(settings.children * OTHERS_PER_CHILD)):
        person_id = f"9{number:05d}"
        span = (settings.last_day - settings.history_from).days
        known = settings.history_from + days(rng.randint(30, span))
        born = known - days(365.25 * rng.uniform(0.2, 15))
        row = (person_id, pick(rng, {"M": 51, "F": 49}), pick(rng, ETHNICITIES), born, None, "UN1")
        council.system.add("ssd_person", known, *row)
        if rng.random() < 0.6:
            _add_cp_plan(council, person_id, known, known + days(rng.randint(60, 500)))
        elif rng.random() < 0.3 and known < birthday(born, 16):
            order = (f"{person_id}01", person_id, pick(rng, {"SGO": 1, "CAO": 3}), known, None)
            council.system.add("ssd_legal_status", known, *order)


def _add_cp_plan(council: Council, person_id: str, start: date, end: date) -> None:
    row = (f"{person_id}51", person_id, start, told((end, end)), "N")
    council.system.add_told("ssd_cp_plans", start, *row)

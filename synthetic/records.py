"""All records of an invented council, in the order in which they depend on each other."""

from synthetic.adoption import add_adoption
from synthetic.care_rows import add_care_rows
from synthetic.contacts import add_contacts
from synthetic.council import Council
from synthetic.education import add_education_and_risks
from synthetic.fostering import add_fostering
from synthetic.health import add_health
from synthetic.leavers import add_care_leavers
from synthetic.money import add_money
from synthetic.oddities import choose_oddities
from synthetic.people import add_people
from synthetic.population import simulate_children
from synthetic.recruitment import add_recruitment
from synthetic.settings import CouncilSettings
from synthetic.workforce import add_workforce

DOUBLE_ENTRIES = {"ssd_cla_episodes": 3, "ssd_cla_visits": 12, "ssd_cla_health": 5}
"""Rows that were entered twice under two ids, for 550 children (DQ10)."""


def make_council(settings: CouncilSettings) -> Council:
    """Simulate a council's lives and return it with everything its case system holds."""
    council = Council(settings, tuple(simulate_children(settings)))
    odd = choose_oddities(settings, list(council.children))
    for child in council.children:
        add_care_rows(council, child, odd)
    add_people(council)
    add_workforce(council)
    add_contacts(council)
    add_health(council)
    add_education_and_risks(council)
    add_care_leavers(council)
    add_adoption(council)
    add_recruitment(council, add_fostering(council))
    add_money(council)
    _enter_twice(council)
    return council


def _enter_twice(council: Council) -> None:
    for table, number in DOUBLE_ENTRIES.items():
        rng = council.settings.rng("double entries", table)
        rows = council.system.row_count(table)
        if rows > 1:
            wanted = min(round(council.settings.scaled(number)), rows // 2)
            positions = sorted(rng.sample(range(rows // 2, rows), wanted))
            council.system.add_duplicates(table, positions, "2")

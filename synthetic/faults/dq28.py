"""DQ28: provider or legal status held as free text.

Words that no list knows stand where a code or a known wording should, for a legal status or a
provider; a legal status is blank, or there is none at all. The shapes touch past periods of care,
so that a council of any size can still be published.
"""

from __future__ import annotations

import random

from .cares import (
    EPISODE_ID,
    EPISODES,
    ORDER,
    ORDERS,
    PLACEMENTS,
    PROVIDER,
    Cell,
    Child,
    code_of,
    issue_of,
    put,
    text_of,
)
from .extracts import Extracts

UNKNOWN_STATUS = {
    "C1": ("Interim order - renewed", "ICO (court extended)", "Interim care oder"),
    "C2": ("Care order final hearing", "Final C.O.", "Full care oder"),
    "V2": ("Voluntary agreement signed", "Accomodated under section 20", "S.20 (16+)"),
}
KNOWN_STATUS = {
    "C1": ("C1 - Interim care order", " INTERIM CARE ORDER", "Interim care order Sec. 38(1)"),
    "C2": ("C2 - Full care order", "FULL CARE ORDER ", "Care order Sec. 31(1)"),
    "V2": ("Section 20", "S20", "Voluntary accommodation"),
}
UNKNOWN_PROVIDER = {
    "PR1": ("In house team", "Council carers"),
    "PR4": ("Agency (framework)", "Spot purchase"),
}
KNOWN_PROVIDER = {
    "PR1": ("Own provision", "own provision "),
    "PR4": ("Private provision", "PR4 - Private provision"),
}


def _has_common_order(child: Child) -> bool:
    return child.has_left and code_of(child.last.orders[0]) in UNKNOWN_STATUS


def _reworded(extracts: Extracts, child: Child, words: str | None) -> Cell:
    order = child.last.orders[0]
    row_id, true = str(order["lega_legal_status_id"]), code_of(order)
    put(extracts, ORDERS, row_id, {ORDER: words})
    return Cell(ORDERS, row_id, ORDER, true)


def _unknown_status(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    words = chance.choice(UNKNOWN_STATUS[code_of(child.last.orders[0])])
    return _reworded(extracts, child, words)


def _blank_status(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    return _reworded(extracts, child, None)


def _has_one_order(child: Child) -> bool:
    is_one = len(child.last.orders) == 1 and len(child.cares) == 1
    return child.has_left and is_one and child.last.reason in {"E4A", "E4B", "E5", "E7"}


def _no_status(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    extracts.remove(ORDERS, "lega_person_id", child.person_id)
    first = str(child.last.episodes[0][EPISODE_ID])
    return Cell(EPISODES, first, EPISODE_ID, f"(legal status {child.last.last_code})")


def _has_common_provider(child: Child) -> bool:
    return child.has_left and child.last.last_home[PROVIDER] in UNKNOWN_PROVIDER


def _renamed(extracts: Extracts, child: Child, words: str) -> Cell:
    home = child.last.last_home
    row_id, true = str(home["clap_cla_placement_id"]), text_of(home[PROVIDER])
    put(extracts, PLACEMENTS, row_id, {PROVIDER: words})
    return Cell(PLACEMENTS, row_id, PROVIDER, true)


def _unknown_provider(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    words = chance.choice(UNKNOWN_PROVIDER[str(child.last.last_home[PROVIDER])])
    return _renamed(extracts, child, words)


def _known_status(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    words = chance.choice(KNOWN_STATUS[code_of(child.last.orders[0])])
    return Cell(ORDERS, _reworded(extracts, child, words).row_id, ORDER)


def _known_provider(extracts: Extracts, chance: random.Random, child: Child) -> Cell:
    words = chance.choice(KNOWN_PROVIDER[str(child.last.last_home[PROVIDER])])
    return Cell(PLACEMENTS, _renamed(extracts, child, words).row_id, PROVIDER)


ISSUE = issue_of(
    "DQ28",
    faults={
        "a legal status no list knows": (_has_common_order, _unknown_status),
        "a legal status left blank": (_has_common_order, _blank_status),
        "no legal status": (_has_one_order, _no_status),
        "a provider no list knows": (_has_common_provider, _unknown_provider),
    },
    look_alikes={
        "a legal status in known words": (_has_common_order, _known_status),
        "a provider in known words": (_has_common_provider, _known_provider),
    },
)

"""What the person who is asked to approve a pack is told, and whether they have approved it.

The question stands in Airflow, where everybody who may see the DAGs can read it; so it is made of
the public edition alone and tells nothing of a child.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pipeline.month import Month
from pipeline.refusal import PublicationRefused
from pipeline.rendering import Rendered, made_at
from pipeline.settings import Settings

_LONGEST_LIST = 12


def question(settings: Settings, month: Month, folder: Path, rendered: Rendered) -> str:
    """Say in Markdown what the staged pack holds, for the person who is asked to approve it."""
    rows = _read(folder / "pack" / "data" / "scorecard.csv")
    shown = [row for row in rows if row["month_status"] == "ok"]
    red = [row["title"].removeprefix("'") for row in rows if row["rag"] == "red"]
    changed = [
        row for row in _read(folder / "restatements.csv") if row["snapshot_month"] == str(month)
    ]
    is_new = not (settings.out / str(month)).exists()
    lines = [
        f"The pack of {month} is made and checked, and waits in `{folder}`.",
        "It would be published for the first time."
        if is_new
        else "It would replace the pack of this month that is published now.",
        f"- {len(shown)} of {len(rows)} measures have a figure for the month.",
        f"- {_listed(red, 'measure is', 'measures are')} red.",
        f"- {len(changed)} figures of earlier months read otherwise than in the extract before.",
        *(f"- {name} is missing: {why}" for name, why in sorted(rendered.not_made.items())),
        "Approve: it is published. Reject: nothing is, and what is published stays as it is.",
    ]
    return "\n".join(lines)


def require_approval(settings: Settings, month: Month, answer: object) -> str:
    """Refuse to publish what nobody has approved since it was made; return who has.

    A sign-off that somebody marked as done in Airflow has no answer, and the answer to an earlier
    question is older than the pack.
    """
    answered = answer if isinstance(answer, Mapping) else {}
    at = answered.get("responded_at")
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    is_of_this_pack = isinstance(at, datetime) and at >= made_at(settings)
    if list(answered.get("chosen_options") or ()) != ["Approve"] or not is_of_this_pack:
        raise PublicationRefused(
            f"{month}: nobody has approved this pack, so it is not published. Clear the step "
            "sign_off in Airflow: the question is put again."
        )
    return str((answered.get("responded_by_user") or {}).get("name") or "somebody unnamed")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _listed(titles: Sequence[str], one: str, several: str) -> str:
    """`2 measures (the first; the second) are`, with the names of the first dozen."""
    many = one if len(titles) == 1 else several
    noun, _, verb = many.partition(" ")
    more = len(titles) - _LONGEST_LIST
    named = [*titles[:_LONGEST_LIST], *([f"{more} more"] if more > 0 else [])]
    return f"{len(titles)} {noun} ({'; '.join(named)}) {verb}" if named else f"No {noun} {verb}"

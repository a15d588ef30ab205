"""Why a figure changed, in sentences made from the rows alone.

Numbers that are hidden are left out, and the sentence says that they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reporting import wording
from reporting.history.rows import ChangeCause
from reporting.rows import SUPPRESSED, ChangedFigure, Figure

DELIVERED_AGAIN, DEFINITION = "delivered again", "definition"
NO_RECORD = "No record changed; a rule or code list did."
ALL_HIDDEN = "Small numbers of records changed, which are hidden."
REST_HIDDEN = "Other small numbers are hidden."
# What stands in place of a team where none is recorded.
NO_TEAM = "no team recorded"
# Tables whose numbers are told; the others are named.
MOST_TOLD = 3
# One of what a table holds, where it is not the title without its last letter.
_ONE = {
    "people": "person",
    "episodes of care": "episode of care",
    "legal statuses": "legal status",
    "immigration statuses": "immigration status",
    "adoption decisions and permanence orders": "adoption decision or permanence order",
    "allocations to workers": "allocation to a worker",
    "children in the return": "child in the return",
    "asylum-seeking children": "asylum-seeking child",
    "adopted children": "adopted child",
}


def why(row: ChangedFigure, causes: Sequence[ChangeCause], month: str) -> str:
    """`14 visits were recorded after the month end, 9 of them by LAC Team 3: half of them …`

    `month` is that of the extract, in words: it may have been delivered again. A new definition
    explains a figure alone.
    """
    if not (row.before.is_shown or row.now.is_shown):
        return "–"
    if row.reason == DEFINITION:
        return f"Its definition changed: it is counted by version {row.definition_version} now."
    again = f"The extract of {month} was delivered again. " if row.reason == DELIVERED_AGAIN else ""
    return again + (_records(causes) or (ALL_HIDDEN if _hides_rows(row) else NO_RECORD))


def _hides_rows(row: ChangedFigure) -> bool:
    """Whether the rows behind a figure are hidden: then no cause of it is there to be read."""
    return any(
        each.status == SUPPRESSED for each in (row.rows_added, row.rows_changed, row.rows_removed)
    )


def sentence(row: ChangedFigure, said: str, than: str) -> str:
    """`Visits in date for August: 94.1% in last month’s pack, 96.8% now. 14 visits were …`"""
    month = wording.month_year(row.period_end)
    before, now = (wording.figure(each, row.unit) for each in (row.before, row.now))
    return f"{row.title} for {month}: {before} {than}, {now} now. {said}"


def of_figure(row: ChangedFigure, causes: Sequence[ChangeCause]) -> tuple[ChangeCause, ...]:
    """The causes of one changed figure."""
    figure = (row.indicator_id, row.period_end, row.basis)
    return tuple(
        cause for cause in causes if (cause.indicator_id, cause.period_end, cause.basis) == figure
    )


def one_of(title: str) -> str:
    """One of what a table holds: `visits` are one `visit`, `people` one `person`."""
    return _ONE.get(title, title.removesuffix("s"))


def _records(causes: Sequence[ChangeCause]) -> str:
    """What happened to the records of the tables with most of them; the others are named."""
    wholes = sorted((row for row in causes if not row.team), key=_many, reverse=True)
    told = [row for row in wholes[:MOST_TOLD] if _many(row)]
    named = [row for row in wholes if row not in told]
    parts = [said for row in told if (said := _late(row, causes))]
    parts += [said for verb in _VERBS if (said := _happened(told, verb))]
    if named:
        titles = wording.and_list([row.table_title for row in named])
        too = " too" if parts else ""
        how_many = "; how many is hidden" if any(map(_hides, named)) else ""
        parts.append(f"Records of {titles} changed{too}{how_many}.")
    elif any(map(_hides, wholes)):
        parts.append(REST_HIDDEN)
    return " ".join(parts)


def _hides(row: ChangeCause) -> bool:
    numbers = (row.records_added, row.records_changed, row.records_removed, row.records_late)
    return any(each.status == SUPPRESSED for each in numbers)


def _late(row: ChangeCause, causes: Sequence[ChangeCause]) -> str:
    """`14 visits were recorded after the month end, …`; empty where none was."""
    late = _known(row.records_late)
    if not late:
        return ""
    teams = [each for each in causes if each.team and each.table_name == row.table_name]
    verb = "was" if late == 1 else "were"
    how = _by_team(row, teams) + _days(row)
    return f"{wording.start(_counted(late, row))} {verb} recorded after the month end{how}."


def _happened(told: Sequence[ChangeCause], verb: str) -> str:
    """`Three legal statuses and two placements were changed.`; empty where none was."""
    found = [(number, row) for row in told if (number := _VERBS[verb](row)) > 0]
    if not found:
        return ""
    is_more = verb == "added" and any(_known(row.records_late) for _, row in found)
    counted = [_counted(number, row, "more " if is_more else "") for number, row in found]
    was = "was" if len(found) == 1 and found[0][0] == 1 else "were"
    return f"{wording.start(wording.and_list(counted))} {was} {verb}."


def _counted(number: int, row: ChangeCause, more: str = "") -> str:
    """`14 visits`, `one visit`, `two more visits`."""
    noun = one_of(row.table_title) if number == 1 else row.table_title
    return f"{wording.in_words(number)} {more}{noun}"


def _by_team(row: ChangeCause, teams: Sequence[ChangeCause]) -> str:
    """`, 9 of them by LAC Team 3`: the team with most of the late records; empty without one."""
    named = [each for each in teams if each.team != NO_TEAM]
    most = max(named, key=lambda each: _known(each.records_late), default=None)
    number = _known(most.records_late) if most else 0
    if not (most and number):
        return ""
    if number < _known(row.records_late):
        return f", {number:,} of them by {wording.team(most.team)}"
    return f", {'' if number == 1 else 'all of them '}by {wording.team(most.team)}"


def _days(row: ChangeCause) -> str:
    """`: half of them within 12 days, the longest after 41`; for one record `, 12 days late`."""
    if not (row.median_days_late.is_shown and row.longest_days_late.is_shown):
        return ""
    half, longest = (
        wording.whole_days(each.value or 0)
        for each in (row.median_days_late, row.longest_days_late)
    )
    if _known(row.records_late) == 1:
        return f", {_day_count(longest)} late"
    if half == longest:
        return f": all of them within {_day_count(longest)}"
    return f": half of them within {_day_count(half)}, the longest after {longest}"


def _day_count(days: str) -> str:
    return f"{days} day{'' if days == '1' else 's'}"


def _many(row: ChangeCause) -> int:
    numbers = (row.records_added, row.records_changed, row.records_removed)
    return sum(map(_known, numbers)) or _known(row.records_late)


def _known(shown: Figure) -> int:
    """The number; 0 where it is hidden."""
    return int(shown.value or 0)


# What can have happened to records, in the order it is told: how many in the row of a table.
_VERBS: dict[str, Callable[[ChangeCause], int]] = {
    "added": lambda row: _known(row.records_added) - _known(row.records_late),
    "changed": lambda row: _known(row.records_changed),
    "taken out": lambda row: _known(row.records_removed),
}

"""What a figure is made of, in plain words."""

from __future__ import annotations

from datetime import date

import pytest

from reporting.page.parts import by, part_name, part_tables
from reporting.rows import Figure, Part

DAY = date(2026, 10, 31)
NONE, HIDDEN = Figure(None, "none"), Figure(None, "suppressed")


def _part(part: str, breakdown: str = "reason", number: Figure | None = None) -> Part:
    number = number or Figure(4.0, "ok")
    return Part("ceased_by_reason", breakdown, part, DAY, "fytd", number, number, NONE)


@pytest.mark.parametrize(
    ("breakdown", "part", "name"),
    [
        ("reason", "E4A", "Went home as planned (E4A)"),
        ("reason", "E8 at 18", "Another reason, at 18 (E8)"),
        ("reason", "NOT_RECORDED", "No reason recorded"),
        ("legal_status", "C2", "Full care order (C2)"),
        ("legal_status", "other", "Another legal status"),
        ("age_band", "under 1", "Under 1"),
        ("something_new", "not_known", "Not known"),
    ],
)
def test_a_code_is_said_in_plain_words(breakdown: str, part: str, name: str) -> None:
    assert part_name(_part(part, breakdown)) == name


def test_a_breakdown_has_a_name_also_when_it_is_new() -> None:
    assert (by("age_band"), by("hair_colour")) == ("Age", "Hair colour")


def test_a_hidden_part_has_neither_number_nor_share() -> None:
    table = part_tables([_part("E4A"), _part("E4B", number=HIDDEN)], "X", DAY)[0]
    assert [(row.number, row.is_hidden) for row in table.rows] == [
        ("4", False),
        ("hidden", True),
    ]
    assert not table.has_share and table.whole == ""


def test_each_breakdown_is_a_table_of_its_own() -> None:
    tables = part_tables([_part("A", "carer_type"), _part("B", "route")], "X", DAY)
    assert [table.by for table in tables] == ["Kind of carer", "How it came about"]
    assert len({table.id for table in tables}) == 2

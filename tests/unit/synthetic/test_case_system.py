from datetime import date

from synthetic.case_system import CaseSystem, told

MONDAY, FRIDAY, LATER = date(2026, 10, 5), date(2026, 10, 9), date(2026, 11, 20)


def test_a_row_is_not_seen_before_it_was_recorded() -> None:
    system = CaseSystem()
    system.add("visits", FRIDAY, "1", MONDAY)
    assert list(system.as_known("visits", MONDAY)) == []
    assert list(system.as_known("visits", FRIDAY)) == [("1", MONDAY)]


def test_a_correction_is_seen_from_the_day_it_was_made() -> None:
    system = CaseSystem()
    system.add_told("placements", MONDAY, "1", told((MONDAY, "U4"), (LATER, "U6")))
    assert list(system.as_known("placements", FRIDAY)) == [("1", "U4")]
    assert list(system.as_known("placements", LATER)) == [("1", "U6")]


def test_an_end_is_open_until_it_is_recorded() -> None:
    system = CaseSystem()
    system.add_told("plans", MONDAY, "1", MONDAY, told((LATER, FRIDAY)))
    assert list(system.as_known("plans", FRIDAY)) == [("1", MONDAY, None)]
    assert list(system.as_known("plans", LATER)) == [("1", MONDAY, FRIDAY)]


def test_a_double_entry_differs_only_in_its_id() -> None:
    system = CaseSystem()
    system.add("visits", MONDAY, "1", MONDAY)
    system.add_duplicates("visits", [0], "2")
    assert list(system.as_known("visits", MONDAY)) == [("1", MONDAY), ("12", MONDAY)]

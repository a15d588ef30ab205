"""The recount reads the same facts from any spelling of an extract, and guesses nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from .dates import add_months, birthday, working_day_after
from .figures import recount
from .reading import Unreadable, read_date, read_table, sector
from .values import count

D = date(2026, 10, 31)

SOCIAL_CARE = {
    "ssd_person": """pers_person_id,pers_sex,pers_ethnicity,pers_dob,pers_death_date
7,F,WBRI,2016-01-05,
""",
    "ssd_cla_episodes": """clae_cla_episode_id,clae_person_id,clae_cla_placement_id,clae_cla_id,\
clae_cla_episode_start_date,clae_cla_episode_start_reason,clae_cla_primary_need_code,\
clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason,clae_entered_care_date
1,7,11,21,2026-10-05,S,N1,,,2026-10-05
""",
    "ssd_cla_placement": """clap_cla_placement_id,clap_cla_id,clap_person_id,\
clap_cla_placement_start_date,clap_cla_placement_end_date,clap_cla_placement_type,\
clap_cla_placement_provider,clap_cla_placement_urn,clap_cla_placement_distance,\
clap_cla_placement_change_reason
11,21,7,2026-10-05,,U6,PR1,,2.5,
""",
    "ssd_legal_status": """lega_legal_status_id,lega_person_id,lega_legal_status,\
lega_legal_status_start_date,lega_legal_status_end_date
31,7,V2,2026-10-05,
""",
}


def write_inbox(root: Path, suffix: str = "", encoding: str = "utf-8", uk: bool = False) -> Path:
    """Write the extract of one child in one spelling, and return the inbox."""
    folder = root / "2026-10" / "social_care"
    folder.mkdir(parents=True)
    for name, text in SOCIAL_CARE.items():
        if uk:
            text = text.replace("2026-10-05", "05/10/2026 00:00:00").replace(",", ";").upper()
        (folder / f"{name.upper() if suffix else name}{suffix}.csv").write_bytes(
            text.encode(encoding)
        )
    return root


@pytest.mark.parametrize(
    ("suffix", "encoding", "uk"),
    [
        ("", "utf-8", False),
        ("_20261101", "utf-8-sig", False),
        ("", "cp1252", True),
        ("_v2", "utf-16", True),
    ],
)
def test_any_spelling_gives_the_same_child(
    tmp_path: Path, suffix: str, encoding: str, uk: bool
) -> None:
    inbox = write_inbox(tmp_path, suffix, encoding, uk)
    figures = recount(inbox, "2026-10", [D], tmp_path / "nowhere")
    assert figures["lac_count", D, "month_end", ""] == count(1)
    assert figures["admissions", D, "in_month", ""] == count(1)
    assert figures["family_based_pct", D, "month_end", ""].value == 100
    assert figures["visits_up_to_date_nms_pct", D, "month_end", ""].status == "not_available"
    assert figures["foster_households", D, "month_end", ""].status == "not_available"


def test_without_a_required_table_nothing_is_counted_as_zero(tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path)
    (inbox / "2026-10" / "social_care" / "ssd_legal_status.csv").unlink()
    figures = recount(inbox, "2026-10", [D], tmp_path / "nowhere")
    assert {figure.status for figure in figures.values()} == {"not_available"}


def test_dates_are_read_in_every_agreed_spelling() -> None:
    spellings = ["2026-10-05", "2026-10-05T00:00:00", "05/10/2026", "5/10/2026 12:30", "46300"]
    assert {read_date(text) for text in spellings} == {date(2026, 10, 5)}
    assert read_date("") is read_date("01/01/1900") is read_date("1900-01-01 00:00") is None
    with pytest.raises(Unreadable):
        read_date("31/02/2026")


def test_a_row_that_cannot_be_read_is_left_out_whole(tmp_path: Path) -> None:
    lines = [f"{number},01/01/2016" for number in range(9)] + ["9,soon"]
    (tmp_path / "header.csv").write_text("\n".join(["CHILD,DOB", *lines]))
    rows = read_table(tmp_path, "header")
    assert rows is not None and [row["child"] for row in rows] == [str(n) for n in range(9)]


def test_postcodes_are_cut_to_their_sector() -> None:
    assert {sector(text) for text in ("S60 1AB", "s601ab", "S60 1")} == {"S60 1"}


def test_calendar_arithmetic_follows_the_definitions() -> None:
    assert add_months(date(2022, 8, 31), 6) == date(2023, 2, 28)
    assert birthday(date(2004, 2, 29), 18) == date(2022, 3, 1)
    holidays = {date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2)}
    assert working_day_after(date(2022, 12, 9), 20, holidays) == date(2023, 1, 11)

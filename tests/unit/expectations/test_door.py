"""What the door says of an extract, and that its pages hold nobody's record."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.data_docs import build_data_docs
from expectations.findings import Finding
from expectations.suites import RULES
from pipeline.contract import EXTRACT_FAMILIES, TABLES
from pipeline.landing import land_family
from pipeline.month import Month
from pipeline.settings import Settings

MONTH = Month(2026, 10)
HEADER = "pers_person_id,pers_sex,pers_ethnicity,pers_dob,pers_death_date"


def land(tmp_path: Path, *rows: str, month: Month = MONTH) -> tuple[Settings, list[Finding]]:
    settings = Settings(tmp_path / "inbox", tmp_path / "out", shipped_reference=tmp_path)
    file = settings.inbox / str(month) / "social_care" / "ssd_person.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return settings, list(land_family(settings, month, "social_care").findings)


def test_a_good_extract_has_no_findings(tmp_path: Path) -> None:
    assert land(tmp_path, "A1,F,WBRI,2015-04-03,", "A2,,WBRI,2014-04-03,")[1] == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("A9,X,WBRI,2015-04-03,", "values in pers_sex that are none of M, F"),
        ("A9,F,WBRI,1920-04-03,", "dates in pers_dob before 01/01/1926"),
        ("A9,F,WBRI,2027-04-03,", "or after 01/01/2027"),
        ("A1,F,WBRI,2015-04-03,", "rows that share their pers_person_id"),
        ("A9,F,WBRI,unknown,", "rows that cannot be read"),
    ],
)
def test_what_is_odd_is_a_warning_and_the_extract_comes_in(
    tmp_path: Path, row: str, says: str
) -> None:
    good = [f"A{n},F,WBRI,2015-04-03," for n in range(1, 9)]
    settings, (finding,) = land(tmp_path, *good, row)
    assert finding.effect == "warn"
    assert finding.message.startswith("ssd_person.csv has")
    assert says in finding.message
    ledger = land_family(settings, MONTH, "social_care").ledger
    assert ledger[0].status == "landed"


def test_far_fewer_rows_than_the_month_before_are_a_warning(tmp_path: Path) -> None:
    rows = [f"A{n},F,WBRI,2015-04-03," for n in range(60)]
    land(tmp_path, *rows)
    _, (finding,) = land(tmp_path, *rows[:29], month=MONTH.plus(1))
    assert "less than half or more than twice the 60 rows" in finding.message


def test_rules_name_only_columns_of_the_contract() -> None:
    for family, rules in RULES.items():
        for named in (rules.codes, rules.days_ahead, rules.years_back):
            for table, columns in named.items():
                assert TABLES[table].family == family
                assert set(columns) <= {column.name for column in TABLES[table].columns}


def test_every_family_has_its_module() -> None:
    assert set(RULES) == {*EXTRACT_FAMILIES, "ssda903"}


def test_data_docs_hold_no_value_of_a_row(tmp_path: Path) -> None:
    good = [f"CHILD{n},F,WBRI,2015-04-03," for n in range(1, 12)]
    odd = ["CHILD1,SEXX,ETHNICX,1911-11-11,", "CHILD77,F,WBRI,UNREADABLE,"]
    settings, findings = land(tmp_path, *good, *odd)
    assert len(findings) == 4
    index = build_data_docs(settings, MONTH, "unknown")
    assert index is not None
    pages = list(settings.data_docs.rglob("*.html"))
    assert any("ssd_person" in page.name or "ssd_person" in str(page.parent) for page in pages)
    records = list(settings.door.rglob("*.json"))
    text = "".join(file.read_text() for file in [*pages, *records])
    secrets = ("CHILD", "SEXX", "ETHNICX", "1911", "UNREADABLE", "2015-04-03", "2015", "WBRI")
    assert [secret for secret in secrets if secret in text] == []


def test_data_docs_are_made_once_for_the_same_findings(tmp_path: Path) -> None:
    settings, _ = land(tmp_path, "A1,F,WBRI,2015-04-03,")
    index = build_data_docs(settings, MONTH, "unknown")
    assert index is not None
    made = index.stat().st_mtime_ns
    assert build_data_docs(settings, MONTH, "unknown") == index
    assert index.stat().st_mtime_ns == made


def test_a_month_with_nothing_to_check_has_no_pages(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path / "out", shipped_reference=tmp_path)
    assert build_data_docs(settings, MONTH, "unknown") is None

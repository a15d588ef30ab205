"""The officers' marts name nobody, and a new key gives everybody another name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import marts
from pipeline.privacy.keys import Key, marts_key
from pipeline.refusal import PublicationRefused
from pipeline.settings import Settings
from tests.privacy.small_council import ONE, TWO, publish, rows_of
from tests.unit.pipeline.small_lake import LA, OCTOBER

COHORT = "select indicator_id, person_id, event_id, category, amount from fct_indicator_cohort"


def marts_of(settings: Settings) -> Path:
    return settings.out / "restricted" / "marts.duckdb"


def test_the_contract_tables_are_there(published: Settings) -> None:
    names = {str(row[0]) for row in rows_of(marts_of(published), "show tables")}
    assert names >= {
        *("fct_indicator_value", "fct_indicator_cohort", "fct_dq_issue", "fct_restatement"),
        *("dim_indicator", "rpt_scorecard"),
    }


def test_the_same_child_has_the_same_name_in_every_table(published: Settings) -> None:
    key = marts_key(published)
    one, row = f"p-{key.pseudonym(LA, ONE)}", f"r-{key.pseudonym(LA, 'e1')}"
    found = rows_of(marts_of(published), COHORT + " order by all")
    assert ("lac_count", one, row, None, None) in found
    issues = rows_of(marts_of(published), "select person_id, row_id from fct_dq_issue")
    assert (one, row) in issues
    household = f"r-{key.pseudonym(LA, 'H0211')}"
    assert ("foster_households", None, household, "IFA", 3.0) in found
    assert (None, household) in issues


def test_an_age_is_shown_as_its_band_alone(published: Settings) -> None:
    query = f"{COHORT} where indicator_id = 'admission_average_age' order by category"
    ages = [(row[3], row[4]) for row in rows_of(marts_of(published), query)]
    assert ages == [("5-9", None), ("under 1", None)]


def test_no_id_date_of_birth_or_text_of_a_record_is_in_the_marts(published: Settings) -> None:
    path = marts_of(published)
    query = "select table_name, column_name from duckdb_columns() where not internal"
    values = {
        str(value[0])
        for table, column in rows_of(path, query)
        for value in rows_of(path, f'select distinct "{column}" from "{table}"')
    }
    seen = " ".join(values)
    for secret in (ONE, TWO, "2012-02-03", "2030-02-03", "H0211", "row e1", "DQ02-aa", "8.52"):
        assert secret not in seen, secret
    assert not {"e1", "e2"} & values
    assert "(folded)" in values and "DQ02" in values


def test_a_new_key_gives_other_names_and_old_exports_cannot_be_joined(
    published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select person_id from fct_indicator_cohort union select event_id from fct_dq_cohort"
    query = query.replace("fct_dq_cohort", "fct_indicator_cohort")
    before = set(rows_of(marts_of(published), query)) - {(None,)}
    monkeypatch.setenv("PACK_PSEUDONYM_KEY", "another key of thirty-two characters")
    publish(published, OCTOBER, tmp_path)
    after = set(rows_of(marts_of(published), query)) - {(None,)}
    assert len(before) == len(after) == 5
    assert not before & after


def test_a_short_key_is_refused_before_anything_is_built(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACK_PSEUDONYM_KEY", "short")
    with pytest.raises(PublicationRefused, match="fewer than 32"):
        marts.require_marts(settings)


def test_only_a_named_group_may_read_the_marts_beside_their_owner(
    published: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    marts.publish_marts(published, published.warehouse, Key(b"k" * 32), "root")
    path = marts_of(published)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o440, 0o750)
    monkeypatch.setenv("PACK_OFFICERS_GROUP", "no-such-group")
    with pytest.raises(PublicationRefused, match="this machine has no such group"):
        marts.officers_group()


def test_what_a_killed_copy_left_is_no_trouble(published: Settings) -> None:
    path = marts_of(published)
    (published.private / "marts.duckdb.part").write_text("half")
    (published.private / "marts.duckdb.part.wal").write_text("half")
    marts.publish_marts(published, published.warehouse, Key(b"k" * 32))
    assert rows_of(path, "select count(*) from fct_indicator_cohort") == [(5,)]
    assert [one.name for one in path.parent.iterdir()] == ["marts.duckdb"]

"""A dbt project of one model and one check, built as the real one is."""

import duckdb
import pytest

from pipeline.dbt_build import build_models
from pipeline.refusal import PublicationRefused
from pipeline.warehouse import prepare_warehouse
from tests.unit.pipeline.small_lake import LA, OCTOBER, SEPTEMBER, land, plan, settings_in

PROFILE = """
council:
  target: here
  outputs:
    here: {type: duckdb, path: "{{ env_var('PACK_WAREHOUSE') }}", schema: main}
"""
PROPERTIES = """
models:
  - name: episodes
    columns:
      - name: person
        data_tests:
          - unique:
              description: Every child has one row.
"""


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path)
    land(settings, SEPTEMBER)
    land(settings, OCTOBER)
    return settings


@pytest.fixture
def build(settings, tmp_path):
    project = tmp_path / "project"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(
        "name: council\nversion: '1.0'\nprofile: council\n"
        "flags: {send_anonymous_usage_stats: false}"
    )
    (project / "profiles.yml").write_text(PROFILE)
    (project / "models" / "episodes.yml").write_text(PROPERTIES)

    def build(sql, month=OCTOBER):
        (project / "models" / "episodes.sql").write_text(
            f"{{{{ config(materialized='table') }}}} {sql}"
        )
        database = prepare_warehouse(settings, plan(settings, month, tmp_path))
        build_models(settings, database, project)
        return database

    return build


def test_two_builds_in_one_process_leave_two_whole_files(settings, build):
    for month in (SEPTEMBER, OCTOBER):
        database = build("select month as person from lake.run", month)
        assert not database.with_name("warehouse.duckdb.wal").exists()
        database.replace(settings.warehouse)
        with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
            assert connection.execute("select * from episodes").fetchall() == [(str(month),)]


def test_a_failed_check_is_told_by_its_description_without_the_values(build):
    with pytest.raises(PublicationRefused) as refusal:
        build("select 'child-1' as person from range(3)")
    assert refusal.value.lines == (
        "A check of the figures failed: Every child has one row (1 row).",
    )


def test_a_failed_model_is_told_by_its_name_without_the_values(settings, build):
    with pytest.raises(PublicationRefused) as refusal:
        build("select cast(person as date) as person from (select 'child-1' as person)")
    assert str(refusal.value).startswith("episodes could not be built: ")
    assert "child-1" not in str(refusal.value)
    logs = [path.read_text() for path in (settings.private / "logs").rglob("*") if path.is_file()]
    assert not [text for text in logs if "child-1" in text]


def test_the_council_of_the_run_is_the_only_one_built(build):
    database = build("select la as person from lake.run")
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("select person from episodes").fetchall() == [(LA,)]

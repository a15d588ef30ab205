"""Tables and views made by one statement: replaced, held to their contract, nothing passed over."""

import shutil

import duckdb
import pytest

from pipeline.dbt_build import DBT_PROJECT, build_models
from pipeline.refusal import PublicationRefused
from tests.unit.pipeline.small_lake import settings_in
from tests.unit.pipeline.small_project import write_project


@pytest.fixture
def build(tmp_path):
    """Build the model `children` of a project with the real one's materializations."""
    project = write_project(tmp_path / "project")
    shutil.copytree(DBT_PROJECT / "macros" / "materializations", project / "macros")
    settings = settings_in(tmp_path)

    def build(sql, properties=""):
        (project / "models" / "children.sql").write_text(sql)
        (project / "models" / "children.yml").write_text(properties or "models: []")
        build_models(settings, tmp_path / "warehouse.duckdb", project)

    return build


@pytest.mark.parametrize(("first", "then"), [("table", "view"), ("view", "table")])
def test_a_relation_that_is_there_already_is_replaced(build, tmp_path, first, then):
    for number, kind in enumerate((first, first, then)):
        build(f"{{{{ config(materialized='{kind}') }}}} select {number} as child")
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        assert connection.execute("select child from children").fetchall() == [(2,)]


def test_a_contract_is_still_held(build):
    contract = """
models:
  - name: children
    config: {materialized: table, contract: {enforced: true}}
    columns: [{name: child, data_type: date}]
"""
    with pytest.raises(PublicationRefused, match="children could not be built"):
        build("select 1 as child", contract)
    build("select cast('2026-10-31' as date) as child", contract)


@pytest.mark.parametrize("config", ["post_hook='select 1'", "grants={'select': ['somebody']}"])
def test_what_would_be_passed_over_is_refused(build, config):
    with pytest.raises(PublicationRefused, match="hooks, grants, indexes"):
        build(f"{{{{ config(materialized='table', {config}) }}}} select 1 as child")

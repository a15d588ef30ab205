"""What dbt has read of a project is kept and shared, as long as no file of it changes."""

import os
from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner

from pipeline import parsed_project as shelf
from pipeline.dbt_build import build_models
from pipeline.parsed_project import parsed_project
from tests.unit.pipeline.small_lake import settings_in
from tests.unit.pipeline.small_project import write_project

MODEL = "model.corporate_parenting.children"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("PACK_WAREHOUSE", str(tmp_path / "warehouse.duckdb"))
    return write_project(tmp_path / "project")


@pytest.fixture
def readings(monkeypatch):
    """Count how often dbt reads a project."""
    told = []
    invoke = dbtRunner.invoke
    monkeypatch.setattr(
        dbtRunner, "invoke", lambda self, words: told.append(words) or invoke(self, words)
    )
    return told


def kept_by(project):
    return list((project / "target" / "parsed").iterdir())


def test_a_project_is_read_once_for_every_council_and_every_database(
    project, readings, tmp_path, monkeypatch
):
    first = parsed_project(settings_in(tmp_path / "one"), project)
    monkeypatch.setenv("PACK_WAREHOUSE", str(tmp_path / "another" / "warehouse.duckdb"))
    again = parsed_project(settings_in(tmp_path / "another"), project)
    assert len(readings) == 1
    assert again is not first
    assert again.nodes[MODEL].raw_code == first.nodes[MODEL].raw_code
    assert again.flat_graph["nodes"][MODEL]


@pytest.mark.parametrize("file", ["models/children.sql", "macros/words.sql", "dbt_project.yml"])
def test_a_changed_or_new_file_is_read(project, readings, tmp_path, file):
    settings, path = settings_in(tmp_path), project / file
    parsed_project(settings, project)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{path.read_text() if path.exists() else ''}\n")
    parsed_project(settings, project)
    assert len(readings) == 2


def test_a_database_beside_the_models_is_no_part_of_the_project(project, readings, tmp_path):
    for content in ("one", "another"):
        (project / "warehouse.duckdb").write_text(content)
        parsed_project(settings_in(tmp_path), project)
    assert len(readings) == 1


def test_other_variables_are_another_reading(project, readings, tmp_path):
    (project / "models" / "children.sql").write_text(
        "{{ config(enabled=var('repairs', 'on') == 'on') }} select 1 as child"
    )
    settings = settings_in(tmp_path)
    assert MODEL in parsed_project(settings, project).nodes
    assert MODEL not in parsed_project(settings, project, ("--vars", "{repairs: 'off'}")).nodes
    assert len(readings) == 2


def test_where_the_project_may_not_be_written_to_the_council_keeps_it(
    project, tmp_path, monkeypatch
):
    settings = settings_in(tmp_path)
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, how: path != project and may(path, how))
    assert MODEL in parsed_project(settings, project).nodes
    assert list((settings.private / "dbt" / "target" / "parsed").glob("*.msgpack"))
    assert not (project / "target").exists()


def test_only_the_newest_few_readings_are_kept(project, tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "_MOST_KEPT", 2)
    for number in range(3):
        (project / "models" / "children.sql").write_text(f"select {number} as child")
        parsed_project(settings_in(tmp_path), project)
    assert len(kept_by(project)) == 2


def test_a_project_that_cannot_be_read_keeps_nothing_and_the_build_says_why(project, tmp_path):
    settings = settings_in(tmp_path)
    (project / "models" / "children.sql").write_text("select {{ from nowhere")
    assert parsed_project(settings, project) is None
    assert kept_by(project) == []
    with pytest.raises(Exception, match="children"):
        build_models(settings, tmp_path / "warehouse.duckdb", project)


def test_a_reading_leaves_the_working_folder_as_it_was(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parsed_project(settings_in(tmp_path), project)
    assert Path.cwd() == tmp_path


def test_a_reading_that_another_run_has_just_forgotten_is_no_trouble(tmp_path):
    """Two outputs share the shelf: what one has listed the other may have removed."""
    for number in range(6):
        (tmp_path / f"{number}.msgpack").touch()
    (tmp_path / "gone.msgpack").symlink_to(tmp_path / "nowhere")
    shelf._forget_oldest(tmp_path)
    assert len([path for path in tmp_path.glob("*.msgpack") if path.exists()]) == 4

import os
from pathlib import Path

import pytest

from pipeline.airflow_home import prepare_airflow
from pipeline.settings import Settings


@pytest.fixture
def made(monkeypatch):
    """How often Airflow's tables were made; the test's own Airflow is left as it is."""
    made = []

    def initdb():
        made.append(os.environ["AIRFLOW_HOME"])
        (Path(made[-1]) / "airflow.db").write_text("tables")

    monkeypatch.setattr("airflow.utils.db.initdb", initdb)
    before = dict(os.environ)
    yield made
    os.environ.clear()
    os.environ.update(before)


def test_the_database_is_made_once_and_again_where_it_was_lost(tmp_path, made):
    settings = Settings(tmp_path, tmp_path / "out")
    prepare_airflow(settings)
    prepare_airflow(settings)
    assert len(made) == 1
    (settings.private / "airflow" / "airflow.db").unlink()
    prepare_airflow(settings)
    assert len(made) == 2


def test_a_database_that_was_half_made_is_made_anew(tmp_path, made, monkeypatch):
    settings = Settings(tmp_path, tmp_path / "out")

    def cut_off():
        (settings.private / "airflow" / "airflow.db").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("airflow.utils.db.initdb", cut_off)
        with pytest.raises(KeyboardInterrupt):
            prepare_airflow(settings)
    prepare_airflow(settings)
    assert len(made) == 1

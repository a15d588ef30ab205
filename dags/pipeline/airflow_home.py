"""A small Airflow inside ``private/``, so that ``make pack`` runs the real DAGs in one process.

Airflow is imported inside these functions only: it reads its settings when it is first imported,
so ``prepare_airflow`` has to come before.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.garbage import collect_seldom
from pipeline.settings import Settings

DAGS = Path(__file__).resolve().parents[1]


def airflow_environment(settings: Settings) -> dict[str, str]:
    """Return the settings of an Airflow that keeps everything under ``private/``."""
    private = settings.private.resolve()
    home = private / "airflow"
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        # Airflow's own way asks the network for this machine's name.
        "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(private / "logs"),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "PACK_INBOX": str(settings.inbox.resolve()),
        "PACK_OUT": str(settings.out.resolve()),
    }


def prepare_airflow(settings: Settings) -> None:
    """Set Airflow up for this process, and make its database where this version has none."""
    collect_seldom()
    os.environ.update(airflow_environment(settings))
    os.environ.pop("SIGN_OFF", None)
    home = Path(os.environ["AIRFLOW_HOME"])
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    database, made_by, present = (
        home / "airflow.db",
        home / "made_by.txt",
        version("apache-airflow"),
    )
    is_made = database.exists() and made_by.exists()
    if not is_made or made_by.read_text(encoding="utf-8") != present:
        from airflow.utils.db import initdb

        made_by.unlink(missing_ok=True)
        database.unlink(missing_ok=True)
        initdb()
        made_by.write_text(present, encoding="utf-8")


def load_dags() -> dict[str, Any]:
    """Return the DAGs by name; raise RuntimeError where one cannot be read.

    A step that is tried again is tried at once here: somebody is waiting.
    """
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(str(DAGS))
    if bag.import_errors:
        raise RuntimeError(f"DAG files that cannot be read: {', '.join(bag.import_errors)}")
    for each in bag.dags.values():
        for task in each.tasks:
            task.retry_delay = timedelta(0)
    return dict(bag.dags)


def run_dag(dag: Any, conf: Mapping[str, str]) -> bool:
    """Run one DAG in this process; return whether it succeeded.

    A late delivery need not be announced: the pack is made at the end of the run anyway.
    """
    run = dag.test(run_conf=dict(conf), mark_success_pattern="announce_late_delivery")
    return str(run.state) == "success"

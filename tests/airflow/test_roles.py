"""What each role may do, asked of the running Airflow. What is not named for a role, it may not.

Where asking would change something, what is asked for is nonsense: Airflow looks at the right first
and at the sense of it afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.airflow.composed import SERVICES, Person

pytestmark = pytest.mark.slow

NOBODY: set[str] = set()
ADMIN = {"admin"}
OPERATOR = {"operator", "admin"}
APPROVER = {"approver", "admin"}
ANYBODY = {"viewer", "approver", "operator", "admin"}
RUN = "dags/monthly_pack/dagRuns/of-nobody"
STEP = f"{RUN}/taskInstances/sign_off"


@dataclass(frozen=True)
class Ask:
    """One thing that can be asked for, and who may."""

    who: set[str]
    method: str
    path: str
    body: object = None


ASKS = {
    "see the DAGs": Ask(ANYBODY, "GET", "dags"),
    "see how a DAG is written": Ask(ANYBODY, "GET", "dagSources/monthly_pack"),
    "see the runs": Ask(ANYBODY, "GET", "dags/monthly_pack/dagRuns"),
    "see the steps of a run": Ask(ANYBODY, "GET", f"{RUN}/taskInstances"),
    "read the log of a step": Ask(ANYBODY, "GET", f"{STEP}/logs/1"),
    "read the question of a sign-off": Ask(ANYBODY, "GET", f"{STEP}/-1/hitlDetails"),
    "see which DAG files cannot be read": Ask(ANYBODY, "GET", "importErrors"),
    "see which programs run": Ask(ANYBODY, "GET", "jobs"),
    "answer a sign-off": Ask(APPROVER, "PATCH", f"{STEP}/-1/hitlDetails", {"chosen_options": 1}),
    "pause a DAG": Ask(OPERATOR, "PATCH", "dags/monthly_pack", {"is_paused": "perhaps"}),
    "start a run": Ask(OPERATOR, "POST", "dags/monthly_pack/dagRuns", {"conf": 1}),
    "end a run": Ask(OPERATOR, "PATCH", RUN, {"state": "perhaps"}),
    "run a step again": Ask(
        OPERATOR, "POST", "dags/monthly_pack/clearTaskInstances", {"dry_run": 7}
    ),
    "mark a step as done": Ask(OPERATOR, "PATCH", STEP, {"new_state": "perhaps"}),
    "start a backfill": Ask(OPERATOR, "POST", "backfills", {"dag_id": "land_adoption"}),
    "see the pools": Ask(OPERATOR, "GET", "pools"),
    "change a pool": Ask(ADMIN, "PATCH", "pools/of-nobody", {"slots": 1}),
    "remove a run": Ask(ADMIN, "DELETE", RUN),
    "remove a DAG": Ask(ADMIN, "DELETE", "dags/of_nobody"),
    "remove a step": Ask(ADMIN, "DELETE", STEP),
    "write what a step has returned": Ask(ADMIN, "POST", f"{STEP}/xcomEntries", {}),
    "say that an extract has landed": Ask(ADMIN, "POST", "assets/events", {}),
    "start the DAG behind an asset": Ask(ADMIN, "POST", "assets/999999/materialize"),
    "read connections": Ask(ADMIN, "GET", "connections"),
    "make a connection": Ask(ADMIN, "POST", "connections", {}),
    "read variables": Ask(ADMIN, "GET", "variables"),
    "make a variable": Ask(ADMIN, "POST", "variables", {}),
    "read who did what": Ask(ADMIN, "GET", "eventLogs"),
    "see the plugins": Ask(ADMIN, "GET", "plugins"),
    "see the people": Ask(ADMIN, "GET", "auth/fab/v1/users"),
    "make a login": Ask(ADMIN, "POST", "auth/fab/v1/users", {}),
    "see the roles": Ask(ADMIN, "GET", "auth/fab/v1/roles"),
    "make a role": Ask(ADMIN, "POST", "auth/fab/v1/roles", {}),
    "read the settings": Ask(NOBODY, "GET", "config"),
}


@pytest.mark.parametrize("what", ASKS)
def test_may_be_done_by_these_and_nobody_else(people, composed, what):
    composed.wait_for("the DAGs", lambda: people["admin"].gets("GET", "dags")["dags"])
    ask = ASKS[what]
    statuses = {
        name: person.asks(ask.method, ask.path, ask.body)[0] for name, person in people.items()
    }
    assert {name for name, status in statuses.items() if status not in (401, 403)} == ask.who
    assert statuses.pop("stranger") == 401
    assert not [status for status in statuses.values() if status >= 500], statuses


def test_a_wrong_password_lets_nobody_in(composed):
    with pytest.raises(AssertionError, match="401"):
        Person.signed_in(composed.url, "admin", "admin")


def test_the_roles_are_made_again_at_every_start_and_hold_no_more_than_is_named(composed, people):
    from pipeline.airflow_roles import ROLES

    admin = people["admin"]
    more = [{"action": {"name": "can_read"}, "resource": {"name": "Connections"}}]
    changed = {"name": "Pack viewer", "actions": more}
    admin.gets("PATCH", "auth/fab/v1/roles/Pack%20viewer", changed)
    composed.run(*map(composed.here, SERVICES["init"]["command"]), service="init")
    for name, rights in ROLES.items():
        role = admin.gets("GET", f"auth/fab/v1/roles/{name.replace(' ', '%20')}")
        has = {(one["action"]["name"], one["resource"]["name"]) for one in role["actions"]}
        assert has == set(rights), name

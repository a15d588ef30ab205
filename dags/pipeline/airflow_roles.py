"""The roles of the people who use Airflow, and the administrator's login.

    python -m pipeline.airflow_roles PASSWORD_FILE

gives each role exactly the rights named here and sets the administrator's password to what the
file holds; it runs before the programs start (docker/init.sh), and running it again is safe.

Nobody but an administrator may change connections, variables, XComs or people.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ADMIN = "admin"
_SHORTEST_PASSWORD = 20

_READ = (
    *("DAGs", "DAG Code", "DAG Dependencies", "DAG Runs", "DAG Versions", "DAG Warnings"),
    *("Task Instances", "Task Logs", "XComs", "HITL Detail", "Assets", "ImportError", "Jobs"),
    *("Cluster Activity", "Website", "My Profile", "My Password"),
)
_MENUS = ("Browse", "DAGs", "DAG Runs", "Task Instances", "Assets", "Jobs", "Cluster Activity")
VIEWER = (
    *(("can_read", resource) for resource in _READ),
    *(("menu_access", resource) for resource in _MENUS),
    ("can_edit", "My Password"),
)
APPROVER = (*VIEWER, ("can_edit", "HITL Detail"), ("menu_access", "HITL Detail"))
OPERATOR = (
    *VIEWER,
    # Pause and unpause; start, backfill and end runs; clear a step, to run it again.
    ("can_edit", "DAGs"),
    *(("can_create", resource) for resource in ("DAG Runs", "Backfills")),
    *(("can_read", resource) for resource in ("Backfills", "Pools")),
    *(("can_edit", resource) for resource in ("DAG Runs", "Task Instances", "Backfills")),
)
ROLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Pack viewer": VIEWER,
    "Pack approver": APPROVER,
    "Pack operator": OPERATOR,
}


def give_roles(security: Any) -> None:
    """Give each role the rights that stand here, and take any other right from it."""
    security.bulk_sync_roles([{"role": name, "perms": has} for name, has in ROLES.items()])
    for name, has in ROLES.items():
        role = security.find_role(name)
        for right in list(role.permissions):
            if (right.action.name, right.resource.name) not in has:
                security.remove_permission_from_role(role, right)


def set_administrator(security: Any, password: str) -> None:
    """Make the administrator's login, or give it this password."""
    if len(password) < _SHORTEST_PASSWORD:
        raise ValueError(f"the administrator's password has under {_SHORTEST_PASSWORD} characters")
    user = security.find_user(username=ADMIN)
    if user is not None:
        security.reset_password(user.id, password)
        return
    role = security.find_role("Admin")
    named = {"first_name": "Administrator", "last_name": "of Airflow", "email": ADMIN}
    if not security.add_user(ADMIN, role=role, password=password, **named):
        raise RuntimeError("the administrator's login could not be made")


def main(arguments: Sequence[str]) -> int:
    """Set roles and administrator; return 0."""
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    password = Path(arguments[0]).read_text(encoding="utf-8").strip()
    with get_application_builder() as builder:
        builder.sm.sync_roles()
        give_roles(builder.sm)
        set_administrator(builder.sm, password)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

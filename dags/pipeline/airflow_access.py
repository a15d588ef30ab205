"""Who may do what in Airflow: four roles, and the auth manager that keeps them apart.

Used where people have logins of their own (docker-compose.yml). People, passwords and the four
roles are those of Airflow's FAB auth manager, which also takes logins from LDAP or Entra ID. It
would let nobody answer a sign-off who may not change the DAG as well; `PackAuthManager` does, so
that whoever approves a pack can do that and nothing else.

This module imports Airflow when it is imported: only the Airflow programs load it.
"""

from __future__ import annotations

from typing import Any

from airflow.api_fastapi.auth.managers.base_auth_manager import ResourceMethod
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity, DagDetails
from airflow.providers.fab.auth_manager.fab_auth_manager import FabAuthManager
from airflow.providers.fab.auth_manager.models import User
from airflow.providers.fab.www.security import permissions as of


class PackAuthManager(FabAuthManager):
    """FAB's logins and roles; a sign-off may be answered by those who may answer sign-offs."""

    def is_authorized_dag(
        self,
        *,
        method: ResourceMethod,
        user: User,
        access_entity: DagAccessEntity | None = None,
        details: DagDetails | None = None,
    ) -> bool:
        """Say whether a user may; an answer to a sign-off needs no right to change the DAG."""
        if access_entity is DagAccessEntity.HITL_DETAIL and method == "PUT":
            sign_off: Any = {"resource_name": of.RESOURCE_HITL_DETAIL, "user": user}
            return bool(self.is_authorized_custom_view(method="PUT", **sign_off))
        asked: Any = {"method": method, "access_entity": access_entity, "details": details}
        return bool(super().is_authorized_dag(user=user, **asked))

    def is_authorized_hitl_task(self, *, assigned_users: set[str], user: User) -> bool:
        """Say whether a user is one of those that PACK_SIGN_OFF_BY names."""
        return user.username in assigned_users

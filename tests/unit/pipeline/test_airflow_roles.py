import pytest

from pipeline.airflow_roles import APPROVER, OPERATOR, ROLES, VIEWER, give_roles, set_administrator

PASSWORD = "long enough for an administrator"


class Thing:
    def __init__(self, **named):
        self.__dict__.update(named)


class Security:
    """What these functions ask of Airflow's security manager."""

    def __init__(self, **roles):
        self.roles = {name: set(has) for name, has in roles.items()}
        self.passwords = {}

    def bulk_sync_roles(self, roles):
        for one in roles:
            self.roles.setdefault(one["role"], set()).update(one["perms"])

    def find_role(self, name):
        rights = [
            Thing(action=Thing(name=action), resource=Thing(name=resource))
            for action, resource in self.roles.get(name, ())
        ]
        return Thing(name=name, permissions=rights)

    def remove_permission_from_role(self, role, right):
        self.roles[role.name].remove((right.action.name, right.resource.name))

    def find_user(self, username):
        return Thing(id=username) if username in self.passwords else None

    def reset_password(self, user_id, password):
        self.passwords[user_id] = password

    def add_user(self, username, *, role, password, **named):
        self.passwords[username] = password
        return role.name == "Admin"


def test_an_approver_may_what_a_viewer_may_and_answer_a_sign_off():
    assert set(APPROVER) - set(VIEWER) == {
        ("can_edit", "HITL Detail"),
        ("menu_access", "HITL Detail"),
    }


def test_an_operator_may_not_answer_a_sign_off_nor_forge_one():
    changes = {right for right in OPERATOR if right[0] not in ("can_read", "menu_access")}
    assert not {resource for _, resource in changes} & {"HITL Detail", "XComs", "Assets"}


@pytest.mark.parametrize("name", ROLES)
def test_nobody_but_an_administrator_sees_secrets_or_people_or_removes_anything(name):
    secret = {"Connections", "Variables", "Configurations", "Users", "Roles", "Audit Logs"}
    assert not {resource for _, resource in ROLES[name]} & secret
    assert not [right for right in ROLES[name] if right[0] == "can_delete"]


def test_a_role_gets_the_rights_it_lacks_and_loses_those_it_should_not_have():
    security = Security(**{"Pack viewer": [("can_read", "Connections")], "Op": [("can_edit", "x")]})
    give_roles(security)
    assert {name: security.roles[name] for name in ROLES} == {
        name: set(rights) for name, rights in ROLES.items()
    }
    assert security.roles["Op"] == {("can_edit", "x")}


def test_the_administrator_is_made_once_and_then_gets_the_password_that_is_in_force():
    security = Security()
    set_administrator(security, PASSWORD)
    set_administrator(security, PASSWORD.upper())
    assert security.passwords == {"admin": PASSWORD.upper()}


def test_a_short_password_is_refused():
    with pytest.raises(ValueError, match="under 20 characters"):
        set_administrator(Security(), "admin")

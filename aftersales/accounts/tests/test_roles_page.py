"""2 Who does what, as one table: every role, every permission, and who holds which."""

import pytest
from django.urls import reverse

from aftersales.accounts.roles import PERMISSIONS, ROLES


@pytest.mark.clause("2")
def test_the_page_shows_the_whole_table_and_the_holders(client, administrator, leader):
    client.force_login(administrator)

    page = client.get(reverse("role_list"))

    html = page.content.decode()
    assert all(str(role.label) in html for role in ROLES.values())
    assert all(str(permission.label) in html for permission in PERMISSIONS.values())
    given = sum(is_given for row in page.context["rows"] for _role, is_given in row["cells"])
    assert given == sum(len(role.permissions) for role in ROLES.values())
    assert f'<a href="/accounts/staff/users/{leader.pk}/">分管領導</a>' in html


def test_every_permission_of_a_role_is_in_the_table_of_permissions():
    named = frozenset().union(*(role.permissions for role in ROLES.values()))

    assert named <= set(PERMISSIONS)


def test_whoever_may_not_see_the_staff_meets_403(client, service_engineer):
    client.force_login(service_engineer)

    for name in ("role_list", "user_list", "department_list"):
        assert client.get(reverse(name)).status_code == 403

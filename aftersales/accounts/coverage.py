"""The table of roles as rules of the procedure: what needs a permission, and who has it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from aftersales.accounts.roles import PERMISSIONS, ROLES, Permission
from aftersales.core.coverage import Kind, Rule
from aftersales.core.coverage.rules import later
from aftersales.core.text import listed


def permission_rules() -> Iterator[Rule]:
    """Each permission that names its clause."""
    for permission in PERMISSIONS.values():
        if permission.clause:
            words = later(lambda permission=permission: _said(permission))
            yield Rule(
                permission.clause, Kind.PERMISSION, words, f"accounts.roles: {permission.code}"
            )


def _said(permission: Permission) -> str:
    holders = [role.label for role in ROLES.values() if permission.code in role.permissions]
    return _("%(permission)s（%(roles)s）") % {
        "permission": permission.label,
        "roles": listed(holders),
    }

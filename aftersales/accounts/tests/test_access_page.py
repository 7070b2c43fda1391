"""docs/access.md says what the table of roles says."""

from pathlib import Path

from django.conf import settings

from aftersales.accounts.roles import PERMISSIONS, ROLES


def row_of(permission) -> str:
    """The row that docs/access.md must hold."""
    holders = [role for role in ROLES.values() if permission.code in role.permissions]
    others = [role for role in ROLES.values() if role not in holders]
    who = "、".join(str(role.label) for role in holders)
    if not others:
        who = "all"
    elif len(others) <= 3:
        who = "all but " + "、".join(str(role.label) for role in others)
    return f"| `{permission.code}` | {permission.label} | {permission.clause or '–'} | {who} |"


def test_the_page_holds_one_true_row_for_each_permission():
    lines = Path(settings.BASE_DIR, "docs", "access.md").read_text().splitlines()

    told = [line for line in lines if line.startswith("| `")]
    assert told == [row_of(permission) for permission in PERMISSIONS.values()]


def test_it_counts_the_roles():
    page = Path(settings.BASE_DIR, "docs", "access.md").read_text()

    assert f"「all」 are the {len(ROLES)} roles" in page

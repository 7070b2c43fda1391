"""The departments of the company and how they stand under one another (2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import Department
from aftersales.core import audit, changes
from aftersales.core.errors import RuleViolation, StaleEdit

FACTS = ("code", "name", "parent", "is_active")


@transaction.atomic
def create_department(*, actor, now: datetime, **facts) -> Department:
    """A new department (FACTS)."""
    department = Department(**facts)
    department.full_clean()
    department.save()
    audit.record(department, "department.created", actor=actor, now=now)
    return department


@transaction.atomic
def edit_department(
    department: Department, *, actor, now: datetime, version: int, **facts
) -> Department:
    """Change a department's facts (FACTS). Raises StaleEdit and RuleViolation."""
    # All rows, since two edits at once could make a ring of parents; there are a few dozen.
    rows = {row.pk: row for row in Department.objects.select_for_update().order_by("pk")}
    department = rows[department.pk]
    if department.version != version:
        raise StaleEdit(department)
    before = Department.objects.get(pk=department.pk)
    for field in FACTS:
        setattr(department, field, facts[field])
    _check_parents(department, rows)
    people = department.users.active().count()
    if people and before.is_active and not department.is_active:
        raise RuleViolation(
            _("%(department)s 還有 %(people)d 位在職人員，請先把他們調到別的部門")
            % {"department": department.name, "people": people},
            field="is_active",
        )
    department.version += 1
    department.full_clean()
    department.save()
    changed = changes.between(before, department, FACTS)
    audit.record(department, "department.edited", actor=actor, now=now, changes=changed)
    return department


def _check_parents(department: Department, rows: dict[int, Department]) -> None:
    above = department.parent_id
    while above:
        if above == department.pk:
            raise RuleViolation(
                _("%(parent)s 在 %(department)s 之下，不能作它的上級部門")
                % {"parent": department.parent.name, "department": department.name},
                field="parent",
            )
        above = rows[above].parent_id

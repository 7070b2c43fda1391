"""A plan carried out: all of it in one transaction, by the same actions as the forms."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.masterdata.imports.reading import Plan
from aftersales.masterdata.imports.registers import DIFFERENT, NEW, Register


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were created and changed, and how many were left as they are."""

    created: int
    changed: int
    left: int


@transaction.atomic
def store(
    register: Register, plan: Plan, *, actor, now: datetime, update_existing: bool
) -> Outcome:
    """Create what is new and, where wanted, change what differs. Raises RuleViolation where the
    plan has an error or a row is refused; then nothing is written."""
    if plan.errors:
        raise RuleViolation(
            _("檔案裡還有 %(number)d 處錯誤，沒有寫入任何一列；請改好後重新上傳")
            % {"number": len(plan.errors)}
        )
    created = changed = 0
    for row in plan.rows:
        if row.status == NEW:
            register.create(row.facts, actor=actor, now=now)
            created += 1
        elif row.status == DIFFERENT and update_existing:
            register.edit(row, actor=actor, now=now)
            changed += 1
    return Outcome(created, changed, len(plan.rows) - created - changed)

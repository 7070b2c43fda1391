"""Outside carriers: chosen only with a valid agreement and verification (3.1.2, 3.2.2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.masterdata.actions import partners, rows
from aftersales.masterdata.models import Carrier

PERMISSION = "masterdata.edit_carrier"
PREFIX = "Y"


@transaction.atomic
def create_carrier(*, actor, now: datetime, **facts) -> Carrier:
    """新增承運商 (3.1.2); it cannot be chosen before it has an agreement and a verification.

    `facts` are partners.FIELDS. Raises RuleViolation or ValidationError.
    """
    rows.check_permission(actor, PERMISSION)
    return partners.create(Carrier(**facts), PREFIX, event="carrier.created", actor=actor, now=now)


@transaction.atomic
def edit_carrier(
    carrier: Carrier, *, actor, now: datetime, version: int | None = None, **facts
) -> Carrier:
    """修改承運商. Raises StaleEdit where somebody changed it since `version`."""
    rows.check_permission(actor, PERMISSION)
    return partners.edit(
        carrier, facts, event="carrier.edited", actor=actor, now=now, version=version
    )


@transaction.atomic
def deactivate_carrier(carrier: Carrier, *, actor, now: datetime, reason: str) -> Carrier:
    """停用承運商 (3.1.2): it cannot be chosen any more; notes that it carries keep it."""
    rows.check_permission(actor, PERMISSION)
    return rows.set_active(
        carrier, False, event="carrier.deactivated", actor=actor, now=now, reason=reason
    )


@transaction.atomic
def reactivate_carrier(carrier: Carrier, *, actor, now: datetime, reason: str) -> Carrier:
    """恢復往來: it can be chosen again where its papers allow it."""
    rows.check_permission(actor, PERMISSION)
    return rows.set_active(
        carrier, True, event="carrier.reactivated", actor=actor, now=now, reason=reason
    )


def locked_in_use(carrier: Carrier) -> Carrier:
    """The carrier, locked for a new paper. Raises RuleViolation where it is out of use."""
    carrier = Carrier.objects.select_for_update().get(pk=carrier.pk)
    if not carrier.is_active:
        message = _("承運商 %(name)s 已停用；請先恢復往來，再登記新的文件")
        raise RuleViolation(message % {"name": carrier.name}, clause="3.1.2")
    return carrier

"""Suppliers of bought-in products and parts, who have to mend their faults (4.8)."""

from datetime import datetime

from django.db import transaction

from aftersales.masterdata.actions import partners, rows
from aftersales.masterdata.models import Supplier

PERMISSION = "masterdata.edit_supplier"
PREFIX = "G"


@transaction.atomic
def create_supplier(*, actor, now: datetime, **facts) -> Supplier:
    """新增供應商 (4.8). `facts` are partners.FIELDS. Raises RuleViolation or ValidationError."""
    rows.check_permission(actor, PERMISSION)
    return partners.create(
        Supplier(**facts), PREFIX, event="supplier.created", actor=actor, now=now
    )


@transaction.atomic
def edit_supplier(
    supplier: Supplier, *, actor, now: datetime, version: int | None = None, **facts
) -> Supplier:
    """修改供應商. Raises StaleEdit where somebody changed it since `version`."""
    rows.check_permission(actor, PERMISSION)
    return partners.edit(
        supplier, facts, event="supplier.edited", actor=actor, now=now, version=version
    )


@transaction.atomic
def deactivate_supplier(supplier: Supplier, *, actor, now: datetime, reason: str) -> Supplier:
    """停用: no product can be given to it any more; those bought from it keep it."""
    rows.check_permission(actor, PERMISSION)
    return rows.set_active(
        supplier, False, event="supplier.deactivated", actor=actor, now=now, reason=reason
    )


@transaction.atomic
def reactivate_supplier(supplier: Supplier, *, actor, now: datetime, reason: str) -> Supplier:
    """恢復往來: back in use."""
    rows.check_permission(actor, PERMISSION)
    return rows.set_active(
        supplier, True, event="supplier.reactivated", actor=actor, now=now, reason=reason
    )

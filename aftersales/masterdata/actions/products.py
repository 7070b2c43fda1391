"""Products: own make or bought in."""

from datetime import datetime

from django.db import transaction

from aftersales.core.errors import RuleViolation
from aftersales.masterdata.actions import rows
from aftersales.masterdata.models import Product
from aftersales.masterdata.models.products import NO_SUPPLIER

FIELDS = (
    "part_no", "name", "spec", "family", "uom", "origin", "supplier", "warranty_months",
    "is_serialised", "is_active", "remark",
)  # fmt: skip
PERMISSION = "masterdata.edit_product"


@transaction.atomic
def create_product(*, actor, now: datetime, **facts) -> Product:
    """新增產品; what is bought in may name its supplier, who mends its faults (4.8).

    `facts` are FIELDS. Raises RuleViolation or ValidationError.
    """
    rows.check_permission(actor, PERMISSION)
    product = Product(**facts)
    _check_supplier(product)
    rows.store(product, event="product.created", actor=actor, now=now)
    return product


@transaction.atomic
def edit_product(
    product: Product, *, actor, now: datetime, version: int | None = None, **facts
) -> Product:
    """修改產品. Units delivered before keep their warranty. Raises RuleViolation, StaleEdit."""
    rows.check_permission(actor, PERMISSION)
    wanted = {name: facts.get(name, getattr(product, name)) for name in ("origin", "supplier")}
    _check_supplier(Product(**wanted))
    return rows.edit(product, facts, event="product.edited", actor=actor, now=now, version=version)


@transaction.atomic
def deactivate_product(product: Product, *, actor, now: datetime, reason: str) -> Product:
    """停用 (nothing is deleted): new documents cannot take it any more, older ones keep it."""
    rows.check_permission(actor, PERMISSION)
    return rows.set_active(
        product, False, event="product.deactivated", actor=actor, now=now, reason=reason
    )


@transaction.atomic
def reactivate_product(product: Product, *, actor, now: datetime, reason: str) -> Product:
    """恢復: back in use."""
    rows.check_permission(actor, PERMISSION)
    return rows.set_active(
        product, True, event="product.reactivated", actor=actor, now=now, reason=reason
    )


def _check_supplier(product: Product) -> None:
    if product.supplier is not None and product.origin != Product.Origin.BOUGHT_IN:
        raise RuleViolation(NO_SUPPLIER, clause="4.8", field="supplier")

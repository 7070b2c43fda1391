"""Units: delivered serial numbers under warranty (3.3.3)."""

import calendar
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.core import audit, changes
from aftersales.core.errors import RuleViolation
from aftersales.masterdata.actions import rows
from aftersales.masterdata.models import Contract, Customer, Product, Unit
from aftersales.masterdata.service_terms import terms_of

FIELDS = (
    "serial_no", "product", "customer", "lot_no", "delivered_on", "delivery_ref",
    "warranty_from", "warranty_until",
)  # fmt: skip
KEY = ("product", "serial_no")
# What the customer signed for; of a unit delivered by a shipping note it is not edited.
SIGNED = ("serial_no", "product", "lot_no", "delivered_on", "delivery_ref", "warranty_from")
PERMISSION = "masterdata.edit_unit"


def warranty_end(starts_on: date, months: int) -> date:
    """The last day of a warranty of whole calendar months that begins on `starts_on`.

    The day before the same day `months` later; where that month has no such day, its last day:
    31 January and one month last to 28 February. No months give the first day alone.
    """
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
    last = date(year, month + 1, calendar.monthrange(year, month + 1)[1])
    if starts_on.day > last.day:
        return last
    return max(starts_on, last.replace(day=starts_on.day) - timedelta(days=1))


def register_delivered_unit(
    *,
    serial_no: str,
    product: Product,
    customer: Customer,
    delivered_on: date,
    delivery_ref: str,
    actor,
    now: datetime,
    lot_no: str = "",
    contract: Contract | None = None,
) -> Unit:
    """A serial number has arrived at the customer's (3.2.2): its warranty begins that day.

    It lasts as assessed and agreed in the `contract` of the delivery, else as for the product
    (2.5, 3.3.3). Called inside the transaction of the receipt; `actor` may be a name, since the
    customer signs.
    """
    if Unit.objects.delivered().filter(product=product, serial_no=serial_no).exists():
        raise RuleViolation(
            _("序列號 %(serial)s 已經交付過，請核對後再登記") % {"serial": serial_no},
            clause="3.2.2",
        )
    months = terms_of(product, contract).warranty_months
    unit = Unit(
        serial_no=serial_no,
        product=product,
        customer=customer,
        source=Unit.Source.DELIVERED,
        lot_no=lot_no,
        delivered_on=delivered_on,
        delivery_ref=delivery_ref,
        warranty_from=delivered_on,
        warranty_until=warranty_end(delivered_on, months),
    )
    unit.full_clean()
    unit.save()
    audit.record(unit, "unit.delivered", actor=actor, now=now, clause="3.2.2", note=delivery_ref)
    return unit


def reverse_delivered_unit(unit: Unit, *, actor, now: datetime, ref: str) -> Unit:
    """Its delivery was reversed (3.2.2): it never came to the customer, and may be delivered anew.

    Called inside the transaction of the reversal; `ref` is the number of that. Raises
    RuleViolation where it was reversed before.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.is_reversed:
        message = _("序列號 %(serial)s 的交付已經沖銷過")
        raise RuleViolation(message % {"serial": unit.serial_no}, clause="3.2.2")
    unit.is_reversed = True
    unit.version += 1
    unit.save(update_fields=["is_reversed", "version"])
    audit.record(unit, "unit.reversed", actor=actor, now=now, clause="3.2.2", note=ref)
    return unit


@transaction.atomic
def create_unit(*, actor, now: datetime, **facts) -> Unit:
    """A unit from before this site. A missing warranty is computed from the product's months, or
    from those of its assessment (2.5)."""
    rows.check_permission(actor, PERMISSION)
    unit = Unit(source=Unit.Source.IMPORTED, **facts)
    if unit.delivered_on:
        unit.warranty_from = unit.warranty_from or unit.delivered_on
        unit.warranty_until = unit.warranty_until or warranty_end(
            unit.warranty_from, terms_of(unit.product).warranty_months
        )
    try:
        rows.store(unit, event="unit.created", actor=actor, now=now)
    except ValidationError:
        _check_serial(unit)
        raise
    return unit


@transaction.atomic
def edit_unit(unit: Unit, *, actor, now: datetime, version: int | None = None, **facts) -> Unit:
    """Correct a unit. Raises StaleEdit where somebody changed it since `version`.

    Of a unit that a shipping note delivered only the customer and the end of the warranty
    change: the rest was signed (3.2.2), and a correction of it is a reversal.
    """
    rows.check_permission(actor, PERMISSION)
    if unit.is_reversed:
        message = _("這台設備的交付已沖銷，不再修改；重新交付後會另建一筆")
        raise RuleViolation(message, clause="3.2.2")
    if unit.is_from_a_note:
        for field in SIGNED:
            if field in facts and facts[field] != getattr(unit, field):
                raise RuleViolation(
                    _(
                        "這台設備由發貨單 %(ref)s 交付，客戶已簽收：%(field)s 應為 %(value)s，不能修改"
                    )
                    % {
                        "ref": unit.delivery_ref,
                        "field": unit._meta.get_field(field).verbose_name,
                        "value": changes.in_words(unit, field) or "—",
                    },
                    clause="3.2.2",
                    field=field,
                )
    _check_serial(Unit(pk=unit.pk, **{name: facts.get(name, getattr(unit, name)) for name in KEY}))
    return rows.edit(unit, facts, event="unit.edited", actor=actor, now=now, version=version)


def _check_serial(unit: Unit) -> None:
    """Refuse a serial number that another unit of the product has, and say where that one is."""
    twins = Unit.objects.delivered().filter(product_id=unit.product_id, serial_no=unit.serial_no)
    if twin := twins.exclude(pk=unit.pk).select_related("customer").first():
        raise RuleViolation(
            _("序列號 %(serial)s 已經建檔：%(day)s 交付給 %(customer)s，請核對後填正確的序列號")
            % {"serial": twin.serial_no, "day": twin.delivered_on, "customer": twin.customer},
            clause="3.3.3",
            field="serial_no",
        )

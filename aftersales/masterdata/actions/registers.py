"""Rows of a register taken over, many at once. Each has been checked as the forms check it; what
the database alone can tell (a twin) it refuses for all of them.

Each function writes an event for every row, as the verb for a single one does.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model

from aftersales.core import audit
from aftersales.masterdata.actions import customers, products, rows, suppliers, units
from aftersales.masterdata.models import Contact, Customer, Product, Supplier, Unit
from aftersales.masterdata.service_terms import terms_of


def create_customers(
    found: Sequence[dict], *, actor, now: datetime, after: int = 0
) -> list[Customer]:
    """新增客戶, in their order. The facts are those of create_customer and `contact`, a person's
    name; codes that are given begin after K`after`. Raises RuleViolation, IntegrityError."""
    rows.check_permission(actor, customers.PERMISSION)
    codes = (code for code in customers.next_codes() if int(code[1:]) > after)
    made, contacts = [], []
    for facts in found:
        contact = facts.get("contact", "")
        customer = Customer(**{name: facts[name] for name in facts if name != "contact"})
        customer.code = customer.code or next(codes)
        customer.name_simplified = customer.name_simplified or customers.simplified(customer.name)
        made.append(customer)
        if contact:
            contacts.append(Contact(customer=customer, name=contact, phone=customer.phone))
    _store(made, "customer.created", actor=actor, now=now)
    Contact.objects.bulk_create(contacts)
    audit.record_many(
        [(contact.customer, {"name": contact.name}) for contact in contacts],
        "contact.created", actor=actor, now=now,
    )  # fmt: skip
    return made


def create_products(found: Sequence[dict], *, actor, now: datetime) -> list[Product]:
    """新增產品; the facts are those of create_product. Raises RuleViolation, IntegrityError."""
    rows.check_permission(actor, products.PERMISSION)
    made = [Product(**facts) for facts in found]
    _store(made, "product.created", actor=actor, now=now)
    return made


def create_suppliers(names: Sequence[str], *, actor, now: datetime) -> list[Supplier]:
    """Suppliers that a list of products names and nobody knew: who may keep products may name
    them; all else about them is kept by those who keep suppliers (4.8)."""
    rows.check_permission(actor, products.PERMISSION)
    codes = rows.next_codes(Supplier, suppliers.PREFIX)
    made = [
        Supplier(code=code, name=name, name_simplified=customers.simplified(name))
        for code, name in zip(codes, names, strict=False)
    ]
    _store(made, "supplier.created", actor=actor, now=now)
    return made


class WarrantyMonths:
    """How long the warranty of each product lasts by its terms (2.5, 3.3.3); each asked once."""

    def __init__(self) -> None:
        self._months: dict[int, int] = {}

    def of(self, product: Product) -> int:
        if product.pk is None:
            return product.warranty_months
        if product.pk not in self._months:
            self._months[product.pk] = terms_of(product).warranty_months
        return self._months[product.pk]


def create_units(
    found: Sequence[Unit],
    *,
    actor,
    now: datetime,
    months: WarrantyMonths,
    event: str = "unit.created",
) -> list[Unit]:
    """Units from before this site, that are not stored yet. A missing warranty begins with the
    delivery and lasts as long as the product's terms say (3.3.3). Raises IntegrityError."""
    made = list(found)
    for unit in made:
        unit.source = Unit.Source.IMPORTED
        unit.warranty_from = unit.warranty_from or unit.delivered_on
        if unit.warranty_until is None:
            unit.warranty_until = units.warranty_end(unit.warranty_from, months.of(unit.product))
    _store(made, event, actor=actor, now=now)
    return made


def _store(made: Sequence[Model], event: str, *, actor, now: datetime) -> None:
    if not made:
        return
    for row in made:
        if hasattr(row, "folded"):
            row.search_text = row.folded()
    type(made[0])._default_manager.bulk_create(made)
    noted = [(row, _note_of(row)) for row in made]
    audit.record_many(noted, event, actor=actor, now=now, are_new=True)


def _note_of(row: Model) -> dict:
    """The shipping note of a unit that came with one."""
    return {"note": row.delivery_ref} if getattr(row, "delivery_ref", "") else {}

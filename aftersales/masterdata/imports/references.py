"""What the rows of a register refer to: customers, parts and suppliers of the master data."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from aftersales.core.registers.register import Order, Planned, Register, Remarks, Silence
from aftersales.core.text import fold, listed
from aftersales.masterdata.actions.registers import (
    create_customers,
    create_products,
    create_suppliers,
)
from aftersales.masterdata.imports.catalogue import Catalogue
from aftersales.masterdata.models import Customer, Product, Supplier

_PART = ("name", "spec", "family", "uom")  # what a row may say of a part that nobody knows


class References:
    """Finds what rows refer to, and says what cannot be found.

    Where the register creates what is missing, the answer is a row that is not stored yet: one
    and the same for all that call it the same. Before writing `create` stores them.
    """

    def __init__(self, register: Register, *kinds: str):
        """`kinds` are what the register's rows refer to: customer, part, supplier."""
        self._register, self._catalogue, self._kinds = register, Catalogue(), kinds
        self._new: dict[tuple[type, str], Customer | Product | Supplier] = {}

    def begin(self) -> None:
        self._catalogue.forget_misses()
        self._new.clear()

    # --- finding -------------------------------------------------------------------------------

    def customer(self, row: Planned, remarks: Remarks) -> Customer | None:
        """By the facts `customer_code` and `customer`, which must mean the same."""
        said = [
            (fact, row.facts[fact]) for fact in ("customer_code", "customer") if fact in row.facts
        ]
        meant = [(fact, text, self._catalogue.customers_meant(text)) for fact, text in said]
        if not meant:
            return None
        if not any(rows for _fact, _text, rows in meant) and self._register.create_missing:
            return self._new_customer(row)
        found = [self._one(row, remarks, *each) for each in meant]
        if None in found:
            return None
        if len({customer.pk for customer in found}) > 1:
            words = _("代號是 %(code)s %(coded)s，與這一欄的 %(named)s 不是同一家")
            coded, named = found
            values = {"code": coded.code, "coded": coded.name, "named": named.name}
            remarks.error(row, "customer", "mixed_customer", words % values)
            return None
        return found[0]

    def _one(self, row: Planned, remarks: Remarks, fact: str, text: str, rows) -> Customer | None:
        if len(rows) == 1:
            return rows[0]
        if rows:
            codes = listed(sorted(customer.code for customer in rows))
            words = _("「%(text)s」有 %(codes)s 幾家，請填客戶代號")
            message = words % {"text": text[:40], "codes": codes}
            remarks.error(row, fact, "ambiguous_customer", message)
        else:
            words = _("客戶主檔裡沒有「%(text)s」，請更正、先建檔，或在上傳時勾選建立")
            remarks.error(row, fact, "unknown_customer", words % {"text": text[:40]})
        return None

    def part(self, row: Planned, remarks: Remarks) -> Product | None:
        """By the fact `part_no`."""
        part_no = row.facts.get("part_no")
        if part_no is None:
            return None
        if part := self._catalogue.find_part(part_no):
            return part
        if self._register.create_missing:
            return self._new_part(row)
        words = _("產品主檔裡沒有料號「%(text)s」，請更正、先建檔，或在上傳時勾選建立")
        remarks.error(row, "part_no", "unknown_part", words % {"text": part_no[:40]})
        return None

    def supplier(self, row: Planned, remarks: Remarks) -> Supplier | None:
        """By the fact `supplier`, a code or a name."""
        text = row.facts.get("supplier")
        if text is None:
            return None
        rows = self._catalogue.suppliers_meant(text)
        if len(rows) == 1:
            return rows[0]
        if rows:
            codes = listed(sorted(supplier.code for supplier in rows))
            words = _("「%(text)s」有 %(codes)s 幾家供應商，請填代號")
            message = words % {"text": text[:40], "codes": codes}
            remarks.error(row, "supplier", "ambiguous_supplier", message)
        elif self._register.create_missing:
            key = (Supplier, fold(text))
            if key not in self._new:
                self._new[key] = Supplier(name=text)
            return self._new[key]
        else:
            words = _("供應商主檔裡沒有「%(text)s」，請更正、先建檔，或在上傳時勾選建立")
            remarks.error(row, "supplier", "unknown_supplier", words % {"text": text[:40]})
        return None

    # --- what nobody knows yet -----------------------------------------------------------------

    def _new_customer(self, row: Planned) -> Customer:
        code, name = row.facts.get("customer_code", ""), row.facts.get("customer", "")
        key = (Customer, fold(name or code))
        if key not in self._new:
            self._new[key] = Customer(code=code, name=name or code)
        return self._new[key]

    def _new_part(self, row: Planned) -> Product:
        part_no = row.facts["part_no"]
        key = (Product, fold(part_no))
        if key not in self._new:
            facts = {name: row.facts[name] for name in _PART if row.facts.get(name)}
            self._new[key] = Product(part_no=part_no, **{"name": part_no, **facts})
        return self._new[key]

    def create(self, rows: Iterable[Planned], order: Order) -> None:
        """Store what these rows refer to and nobody knows. Raises RuleViolation where the actor
        may not."""
        for row in rows:
            for kind in self._kinds:
                getattr(self, kind)(row, Silence)
        who = {"actor": order.actor, "now": order.now}
        new = {model: [] for model in (Customer, Product, Supplier)}
        for (model, _key), made in self._new.items():
            new[model].append(made)
        create_customers([{"code": each.code, "name": each.name} for each in new[Customer]], **who)
        create_suppliers([each.name for each in new[Supplier]], **who)
        facts = ("part_no", *_PART)
        create_products(
            [{name: getattr(each, name) for name in facts} for each in new[Product]], **who
        )
        self.begin()

    def missing(self) -> dict[str, int]:
        """How many of each kind would be created."""
        counts = Counter(model for model, _key in self._new)
        return {str(model._meta.verbose_name): count for model, count in counts.items()}

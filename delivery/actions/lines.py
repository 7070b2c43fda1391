"""The lines of a draft: facts as people give them, made into rows that hold the rules."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.core.text import tidy
from delivery.models import ShippingNote, ShippingNoteLine

CENT = Decimal("0.01")
STEP = 10  # lines are numbered 10, 20, 30 …
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_SERIAL = 80
TEXTS = ("name", "spec", "uom", "bin", "lot_no", "remark")
PLAIN = ("quantity", "unit_price", "tax_rate", "due_on")
KNOWN = frozenset(
    {"pk", "product", "line_no", "part_no", "amount", "planned_serials", *TEXTS, *PLAIN}
)


def rows_of(
    note: ShippingNote,
    lines: Iterable[Mapping[str, Any]],
    existing: Mapping[int, ShippingNoteLine],
) -> list[ShippingNoteLine]:
    """Unsaved rows from the facts of lines, in their order.

    Each mapping has `product` and `quantity`, and if wanted `pk` of the existing row that it
    changes, `line_no`, `part_no`, `name`, `spec`, `uom` (else the product's), `unit_price`,
    `amount` (else computed), `tax_rate`, `due_on`, `bin`, `planned_serials` (a list), `lot_no`,
    `remark`. Raises RuleViolation that names the line, the field and the right value.
    """
    rows, taken = [], {row.line_no for row in existing.values()}
    given_again: set[int] = set()
    for position, facts in enumerate(lines, start=1):
        if unknown := set(facts) - KNOWN:
            raise TypeError(f"unknown facts of a line: {sorted(unknown)}")
        row = existing.get(facts.get("pk") or 0)
        if row is None or row.pk in given_again:
            row = ShippingNoteLine(line_no=_free_number(facts.get("line_no"), taken))
            taken.add(row.line_no)
        else:
            given_again.add(row.pk)
        row.note = note
        _fill(row, facts)
        _check(row, position, facts.get("amount"))
        rows.append(row)
    return rows


def amount_of(quantity: Decimal, unit_price: Decimal | None) -> Decimal | None:
    """Quantity times price, rounded half up to the cent; None without a price."""
    if unit_price is None:
        return None
    return (quantity * unit_price).quantize(CENT, ROUND_HALF_UP)


def _free_number(wanted: int | None, taken: set[int]) -> int:
    """The wanted number where it is free, else the next ten after the last."""
    if wanted and wanted > 0 and wanted not in taken:
        return wanted
    return (max(taken, default=0) // STEP + 1) * STEP


def _fill(row: ShippingNoteLine, facts: Mapping[str, Any]) -> None:
    product = facts["product"]
    if row.product_id != product.pk:
        # As on the paper: what the product is called today, unless the paper says otherwise.
        row.product, row.part_no = product, facts.get("part_no") or product.part_no
        row.name, row.spec, row.uom = product.name, product.spec, product.uom
    for name in TEXTS:
        if facts.get(name) is not None and (facts[name] or name not in ("name", "uom")):
            setattr(row, name, tidy(facts[name]))
    for name in PLAIN:
        if name in facts:
            setattr(row, name, facts[name])
    if "planned_serials" in facts:
        row.planned_serials = [tidy(serial) for serial in facts["planned_serials"] if tidy(serial)]


def _check(row: ShippingNoteLine, position: int, amount: Decimal | None) -> None:
    _clean(row, position, exclude=["note", "product", "amount"])
    if row.quantity <= 0:
        raise _refusal(position, "quantity", _("數量要大於 0，現在是 %(value)s"), row.quantity)
    if row.unit_price is not None and row.unit_price < 0:
        raise _refusal(
            position, "unit_price", _("單價不能小於 0，現在是 %(value)s"), row.unit_price
        )
    if row.product.is_serialised and row.quantity != row.quantity.to_integral_value():
        words = _("逐台有序列號的產品，數量要是整數，現在是 %(value)s")
        raise _refusal(position, "quantity", words, row.quantity)
    if row.due_on and not FIRST <= row.due_on <= LAST:
        words = _("交期應在 2000 至 2100 年之間，現在是 %(value)s")
        raise _refusal(position, "due_on", words, row.due_on)
    for serial in row.planned_serials:
        if len(serial) > LONGEST_SERIAL:
            words = _("序列號最多 80 個字：%(value)s…")
            raise _refusal(position, "planned_serials", words, serial[:20])
    row.amount = amount if amount is not None else amount_of(row.quantity, row.unit_price)
    others = [field.name for field in row._meta.fields if field.name != "amount"]
    _clean(row, position, exclude=others)


def _clean(row: ShippingNoteLine, position: int, exclude: list[str]) -> None:
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        label = row._meta.get_field(field).verbose_name
        words = _("%(field)s：%(error)s") % {"field": label, "error": messages[0]}
        raise _refusal(position, field, "%(value)s", words) from error


def _refusal(position: int, field: str, sentence: str, value: Decimal | date | str | None):
    words = sentence % {"value": value}
    return RuleViolation(
        _("第 %(position)d 項：%(words)s") % {"position": position, "words": words},
        clause="3.1.3",
        field=f"lines-{position - 1}-{field}",
    )

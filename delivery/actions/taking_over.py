"""Notes that were delivered before this site: taken over from a register, closed and in full.

They went through no state of this site, so nothing is checked by the workflow: the register is
what there is (3.2.2). Hundreds are stored at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, Max
from django.utils.translation import gettext as _

from aftersales.core import audit
from aftersales.core.batches import in_batches
from aftersales.core.errors import RuleViolation
from aftersales.masterdata.actions.registers import WarrantyMonths, create_units
from aftersales.masterdata.models import Customer, Product, Unit
from delivery.models import LineSerial, ShippingNote, ShippingNoteLine

CLAUSE = "3.2.2"
PERMISSION = "delivery.import_shippingnote"
EVENT = "shippingnote.imported_register"
_CENT = Decimal("0.01")
_STEP = 10  # between two line numbers


@dataclass(frozen=True, slots=True)
class OldLine:
    """A line as the register has it; what it leaves out is the product's own."""

    product: Product
    quantity: Decimal
    unit_price: Decimal | None = None
    name: str = ""
    spec: str = ""
    uom: str = ""
    lot_no: str = ""
    remark: str = ""
    serial_nos: list[str] = field(default_factory=list)


@dataclass(slots=True)
class OldNote:
    """A note of the register, known by customer and number; `note` is the row that is stored and
    locked, where these lines are only added to it."""

    customer: Customer
    external_no: str
    day: date
    lines: list[OldLine]
    note: ShippingNote | None = None


def take_over_notes(
    found: Sequence[OldNote], *, actor, now: datetime, source: str, months: WarrantyMonths
) -> list[ShippingNote]:
    """匯入發貨登記 (3.2.2): closed notes, every line verified, loaded and received sound.

    Each serial number becomes a unit under warranty; one that is on file at this customer keeps
    what is said there. `source` is the name of the file, for the timeline, `months` the terms of
    warranty, asked once for all calls. Called inside a transaction. Raises RuleViolation where the actor may not, or where a serial number is on file
    at another customer; IntegrityError where a number or a serial is stored twice.
    """
    if not actor.has_perm(PERMISSION):
        raise RuleViolation(_("您的角色沒有匯入發貨單的權限，請找銷售內勤"), clause=CLAUSE)
    grown = [each for each in found if each.note]
    fresh = [each for each in found if each.note is None]
    for each in fresh:
        each.note = _note(each, actor, now)
    ShippingNote.objects.bulk_create([each.note for each in fresh])
    ShippingNote.objects.filter(pk__in=[each.note.pk for each in grown]).update(
        version=F("version") + 1
    )
    pairs = _lines(found)
    ShippingNoteLine.objects.bulk_create([line for line, _each in pairs])
    _take_over_serials(pairs, actor=actor, now=now, months=months)
    for rows, are_new in ((fresh, True), (grown, False)):
        audit.record_many(
            [(each.note, {"file": source, "lines": len(each.lines)}) for each in rows],
            EVENT, actor=actor, now=now, clause=CLAUSE, are_new=are_new,
        )  # fmt: skip
    return [each.note for each in found]


def _note(old: OldNote, actor, now: datetime) -> ShippingNote:
    note = ShippingNote(
        source=ShippingNote.Source.REGISTER, state=ShippingNote.State.CLOSED,
        external_no=old.external_no, customer=old.customer, issuer=actor,
        salesperson_id=old.customer.salesperson_id, issued_on=old.day, ship_on=old.day,
        received_on=old.day, created_at=now, closed_at=now,
    )  # fmt: skip
    note.search_text = note.folded()
    return note


def _lines(found: Sequence[OldNote]) -> list[tuple[ShippingNoteLine, OldLine]]:
    """The rows to be stored, numbered on from those that each note has."""
    notes = [each.note.pk for each in found]
    last = dict(
        ShippingNoteLine.objects.filter(note__in=notes)
        .order_by()
        .values_list("note")
        .annotate(last=Max("line_no"))
    )
    return [
        (_line(each.note, last.get(each.note.pk, 0) + place * _STEP, line), line)
        for each in found
        for place, line in enumerate(each.lines, start=1)
    ]


def _line(note: ShippingNote, line_no: int, old: OldLine) -> ShippingNoteLine:
    product, price, nothing = old.product, old.unit_price, Decimal(0)
    amount = None if price is None else (old.quantity * price).quantize(_CENT, ROUND_HALF_UP)
    return ShippingNoteLine(
        note=note, line_no=line_no, product=product, part_no=product.part_no,
        name=old.name or product.name, spec=old.spec or product.spec, uom=old.uom or product.uom,
        quantity=old.quantity, unit_price=price, amount=amount, lot_no=old.lot_no,
        remark=old.remark, planned_serials=old.serial_nos, verified_quantity=old.quantity,
        loaded_quantity=old.quantity, received_sound=old.quantity, received_damaged=nothing,
        short=nothing, refused=nothing,
    )  # fmt: skip


def _take_over_serials(pairs, *, actor, now: datetime, months: WarrantyMonths) -> None:
    """Each serial number leaves with its line and becomes a unit, or is the unit on file."""
    wanted = [(line, serial) for line, old in pairs for serial in old.serial_nos]
    if not wanted:
        return
    on_file = {
        (unit.product_id, unit.serial_no): unit
        for serials in in_batches([serial for _line, serial in wanted])
        for unit in Unit.objects.delivered().filter(serial_no__in=serials)
    }
    units = [
        on_file.get((line.product_id, serial)) or _unit(line, serial) for line, serial in wanted
    ]
    for (line, serial), unit in zip(wanted, units, strict=True):
        _check_owner(line, serial, unit)
    create_units(
        [unit for unit in units if unit.pk is None],
        actor=actor, now=now, months=months, event="unit.delivered",
    )  # fmt: skip
    LineSerial.objects.bulk_create(
        LineSerial(
            line=line, product_id=line.product_id, serial_no=serial, unit=unit,
            fate=LineSerial.Fate.SOUND,
        )
        for (line, serial), unit in zip(wanted, units, strict=True)
    )  # fmt: skip


def _unit(line: ShippingNoteLine, serial: str) -> Unit:
    facts = {"note": line.note.external_no, "line": line.line_no}
    return Unit(
        serial_no=serial, product=line.product, customer_id=line.note.customer_id,
        lot_no=line.lot_no, delivered_on=line.note.ship_on,
        delivery_ref=(_("%(note)s 第 %(line)d 行") % facts)[:60],
    )  # fmt: skip


def _check_owner(line: ShippingNoteLine, serial: str, unit: Unit) -> None:
    if unit.customer_id != line.note.customer_id:
        raise RuleViolation(
            _("序列號 %(serial)s 已經建檔：%(day)s 交付給 %(customer)s，請核對後填正確的序列號")
            % {"serial": serial, "day": unit.delivered_on, "customer": unit.customer},
            clause="3.3.3",
        )

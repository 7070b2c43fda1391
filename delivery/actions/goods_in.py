"""What a receipt does to the rows: quantities, the fate of each serial, units, and who hears."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.models import AuditEntry
from aftersales.masterdata.actions import register_delivered_unit
from aftersales.masterdata.models import Unit
from delivery import arrivals
from delivery.actions.arrivals.telling import tell_quality
from delivery.actions.signatures import Signer
from delivery.actions.telling import dispatchers, sales_side, tell
from delivery.models import ArrivalReport, LineSerial, ShippingNote, ShippingNoteLine
from delivery.quantities import plain
from delivery.receipts import Receipt, checked

Fate = LineSerial.Fate
ZERO = Decimal(0)
CAME = (Fate.SOUND, Fate.DAMAGED)


def book(note: ShippingNote, receipts: Mapping[int, Receipt]) -> list[ShippingNoteLine]:
    """Store what was received of every line; raises RuleViolation where a sum is wrong.

    A refused serial comes back with the driver and may leave again (is_out ends); a short one
    stays claimed, so that a lost machine cannot be shipped under another note.
    """
    lines = list(note.lines.select_related("product").prefetch_related("serials"))
    for line in lines:
        serials = list(line.serials.all())
        receipt = checked(line, receipts.get(line.pk), [each.serial_no for each in serials])
        line.received_sound, line.received_damaged = receipt.sound, receipt.damaged
        line.short, line.refused = receipt.short, receipt.refused
        line.receipt_remark = receipt.remark
        fields = ["received_sound", "received_damaged", "short", "refused", "receipt_remark"]
        names = {field.name for field in line._meta.fields}
        line.clean_fields(exclude=names - {"receipt_remark"})
        line.save(update_fields=fields)
        for serial in serials:
            serial.fate = receipt.fates[serial.serial_no]
            serial.is_out = serial.fate != Fate.REFUSED
            serial.save(update_fields=["fate", "is_out"])
    return lines


def register_units(
    note: ShippingNote, lines: list[ShippingNoteLine], signer: Signer, *, actor, now: datetime
) -> list[str]:
    """Each serial that came, sound or damaged, becomes a unit under warranty (3.3.3).

    Returns a sentence for each number that somebody has put on file meanwhile: the customer
    who stands at the vehicle cannot mend that, our people can.
    """
    doubtful = []
    with override(settings.LANGUAGE_CODE):
        for line in lines:
            came = [each for each in line.serials.all() if each.fate in CAME]
            numbers = [each.serial_no for each in came]
            known = set(
                Unit.objects.delivered()
                .filter(product=line.product, serial_no__in=numbers)
                .values_list("serial_no", flat=True)
            )
            for serial in came:
                if serial.serial_no in known:
                    words = _("序列號 %(serial)s 已有設備檔案，沒有重複建檔，請核對")
                    doubtful.append(words % {"serial": serial.serial_no})
                else:
                    _register(note, line, serial, actor or _outsider(signer), now)
    return doubtful


def _register(note, line, serial: LineSerial, actor, now: datetime) -> None:
    facts = {"note": note.title, "line": line.line_no}
    serial.unit = register_delivered_unit(
        product=line.product,
        serial_no=serial.serial_no,
        customer=note.ship_to or note.customer,
        delivered_on=note.received_on,
        lot_no=line.lot_no,
        contract=note.contract,
        delivery_ref=_("%(note)s 第 %(line)d 行") % facts,
        actor=actor,
        now=now,
    )
    serial.save(update_fields=["unit"])


def _outsider(signer: Signer) -> str:
    return _("收貨人 %(name)s") % {"name": signer.name}


def tell_receipt(
    note: ShippingNote,
    lines: list[ShippingNoteLine],
    step,
    signer: Signer,
    doubtful: list[str],
    *,
    actor: User | None,
    now: datetime,
) -> AuditEntry:
    """Record the receipt; tell salesperson and issuer, and logistics at once of any difference."""
    with override(settings.LANGUAGE_CODE):  # the customer may read the page in another language
        found = [_trouble(line) for line in lines if _has_trouble(line)] + doubtful
        facts = {"note": note.title, "name": signer.name, "customer": note.customer}
        entry = audit.record(
            note,
            "shippingnote.receipt_recorded" if actor else "shippingnote.received",
            actor=actor or _outsider(signer),
            now=now,
            step=step,
            name=signer.name,
            means=signer.means,
            received_on=note.received_on,
            differences=found,
        )
        trouble, done = gettext_lazy("收貨有差異：%(note)s"), gettext_lazy("客戶已簽收：%(note)s")
        words = trouble if found else done
        tell(
            [*sales_side(note), *(dispatchers() if found else [])],
            note,
            entry,
            lambda: words % facts,
            body=lambda: "\n".join([_("%(customer)s，%(name)s 簽收。") % facts, *found]),
            now=now,
            is_urgent=bool(found),
        )
    return entry


def tell_quality_refusals(
    note: ShippingNote, report: ArrivalReport, entry: AuditEntry, *, now: datetime
) -> None:
    """Tell Quality what was refused for its quality; it is kept for the returns (3.5)."""
    with override(settings.LANGUAGE_CODE):
        refused = [
            arrivals.trouble(each.line, replace(Receipt.of(each), damaged=ZERO, short=ZERO))
            for each in report.lines.all()
            if each.refused
        ]
        if refused:
            tell_quality(note, entry, refused, now=now)


def _has_trouble(line: ShippingNoteLine) -> bool:
    return bool(line.received_damaged or line.short or line.refused)


def _trouble(line: ShippingNoteLine) -> str:
    parts = {
        _("損壞"): line.received_damaged,
        _("短少"): line.short,
        _("退回"): line.refused,
    }
    numbers = "、".join(
        f"{word} {plain(number)} {line.uom}" for word, number in parts.items() if number
    )
    facts = {"line": line.line_no, "name": line.name, "numbers": numbers}
    text = _("第 %(line)d 行 %(name)s：%(numbers)s") % facts
    return f"{text}，{line.receipt_remark}" if line.receipt_remark else text

"""A serial number can't leave twice: it is claimed when its line matches, and freed by a recheck."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.masterdata.models import Unit
from delivery.models import LineSerial, ShippingNote, ShippingNoteLine


def refuse_taken(line: ShippingNoteLine, serial_nos: list[str]) -> None:
    """Raises RuleViolation, naming the note that carries it, where one of them has left before."""
    held = (
        LineSerial.objects.filter(product=line.product_id, serial_no__in=serial_nos, is_out=True)
        .select_related("line__note")
        .first()
    )
    if held:
        facts = {
            "serial": held.serial_no,
            "note": held.line.note.title,
            "line": held.line.line_no,
        }
        _refuse(_("序列號 %(serial)s 已在 %(note)s 第 %(line)d 行發出") % facts)
    # Units from before the site were imported in whatever case their list had.
    spellings = {form for each in serial_nos for form in (each, each.lower())}
    unit = (
        Unit.objects.delivered()
        .filter(product=line.product_id, serial_no__in=spellings)
        .select_related("customer")
        .first()
    )
    if unit:
        facts = {
            "serial": unit.serial_no,
            "customer": unit.customer,
            "on": unit.delivered_on,
            "ref": unit.delivery_ref,
        }
        words = _("序列號 %(serial)s 已於 %(on)s 交付給 %(customer)s %(ref)s，請核對銘牌")
        _refuse((words % facts).replace(" ，", "，"))


def claim(line: ShippingNoteLine, serial_nos: list[str]) -> None:
    """Bind the numbers to the line; of two lines at the same moment one gets them."""
    try:
        with transaction.atomic():
            LineSerial.objects.bulk_create(
                LineSerial(line=line, product_id=line.product_id, serial_no=serial_no)
                for serial_no in serial_nos
            )
    except IntegrityError:
        refuse_taken(line, serial_nos)
        raise


def free(note: ShippingNote) -> None:
    """Let go of all numbers of a note that has not left: its lines are counted anew."""
    LineSerial.objects.filter(line__note=note).delete()


def _refuse(message: str) -> None:
    raise RuleViolation(message, clause="3.1.4", field="serial_nos")

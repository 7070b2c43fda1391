"""3.1.3 the sales clerk issues the 發貨單: submit takes the number; a cancelled one keeps it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import audit, numbering
from aftersales.core.errors import RuleViolation
from delivery.actions.locking import locked, required_reason
from delivery.actions.telling import leaders, sales_side, tell, warehouse
from delivery.models import LineSerial, ShippingNote
from delivery.workflow import WORKFLOW, S

PREFIX = "FH"


@transaction.atomic
def submit_note(note: ShippingNote, *, actor, now: datetime) -> ShippingNote:
    """提交簽發 (3.1.3): take the number and ask the leaders in charge to sign.

    A note that was sent back, and a revision, keep the number that they have.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "submit", actor=actor)
    _check_serials_in_house(note)
    note.number = note.number or numbering.take(PREFIX, now=now)
    note.issued_on = note.issued_on or timezone.localdate(now)
    note.submitted_at = now
    note.reason = ""
    note.search_text = note.folded()
    note.version += 1
    note.save()
    entry = audit.record(
        note, "shippingnote.submitted", actor=actor, now=now, step=step, number=note.reference
    )
    facts = {"customer": note.customer, "ship_on": note.ship_on, "issuer": note.issuer}
    tell(
        leaders(note),
        note,
        entry,
        lambda: _("請簽發：%(note)s") % {"note": note.title},
        body=lambda: _("%(customer)s，%(ship_on)s 發貨，制單 %(issuer)s。") % facts,
        now=now,
    )
    return note


@transaction.atomic
def cancel_note(note: ShippingNote, *, actor, now: datetime, reason: str) -> ShippingNote:
    """作廢 (3.1.3): the note ends; its number, if it has one, is kept with the reason."""
    note = locked(note)
    was = note.state
    step = WORKFLOW.apply(note, "cancel", actor=actor)
    note.reason = required_reason(reason, clause=step.clause)
    note.version += 1
    note.save()
    entry = audit.record(
        note, "shippingnote.cancelled", actor=actor, now=now, step=step, reason=note.reason
    )
    concerned = sales_side(note)
    if was == S.SUBMITTED:
        concerned += leaders(note)
    if note.scheduled_at:
        concerned += warehouse()
    tell(
        concerned,
        note,
        entry,
        lambda: _("已作廢：%(note)s") % {"note": note.title},
        body=lambda: _("理由：%(reason)s") % {"reason": note.reason},
        now=now,
    )
    return note


def _check_serials_in_house(note: ShippingNote) -> None:
    """A serial number can't leave twice (3.1.4): better said now than in front of the shelf."""
    wanted = {
        (line.product_id, serial): line
        for line in note.lines.all()
        for serial in line.planned_serials
    }
    out = LineSerial.objects.filter(
        is_out=True, serial_no__in={serial for _product, serial in wanted}
    ).select_related("line__note")
    for claim in out if wanted else ():
        if line := wanted.get((claim.product_id, claim.serial_no)):
            raise RuleViolation(
                _("第 %(line)s 行的序列號 %(serial)s 已由 %(note)s 發出，請更正序列號")
                % {
                    "line": line.line_no,
                    "serial": claim.serial_no,
                    "note": claim.line.note.title,
                },
                clause="3.1.4",
            )

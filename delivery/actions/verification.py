"""3.1.4 the keeper verifies item by item; only a full match opens the gate."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.core import audit, public_links
from aftersales.core.models import AuditEntry
from delivery.actions import claims
from delivery.actions.locking import locked, required_reason
from delivery.actions.telling import dispatchers, sales_side, tell
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW


@transaction.atomic
def start_verification(note: ShippingNote, *, actor, now: datetime) -> ShippingNote:
    """開始核對 (3.1.4), once the warehouse has acknowledged. Raises RuleViolation before."""
    note = locked(note)
    step = WORKFLOW.apply(note, "start_verification", actor=actor)
    note.save(update_fields=["state"])
    audit.record(note, "shippingnote.verification_started", actor=actor, now=now, step=step)
    return note


@transaction.atomic
def complete_verification(note: ShippingNote, *, actor, now: datetime) -> ShippingNote:
    """核對完成 (3.1.4). Raises RuleViolation with the lines that do not match yet."""
    note = locked(note)
    step = WORKFLOW.apply(note, "complete_verification", actor=actor)
    note.verified_at, note.verified_by = now, actor
    note.save(update_fields=["state", "verified_at", "verified_by"])
    entry = audit.record(note, "shippingnote.verified", actor=actor, now=now, step=step)
    facts = {"note": note.title, "customer": note.customer, "who": actor.display_name}
    tell(
        dispatchers(),
        note,
        entry,
        lambda: _("核對一致，可以出庫：%(note)s") % facts,
        body=lambda: _("%(customer)s，%(who)s 核對。") % facts,
        now=now,
    )
    return note


@transaction.atomic
def recheck_note(note: ShippingNote, *, actor, now: datetime, reason: str) -> ShippingNote:
    """重新核對 (3.1.4): everything is counted anew, for instance when the driver's count differs.

    The verified quantities are cleared and the serial numbers freed; the attempts stay. The
    driver's link is closed and the posting taken back. Raises RuleViolation without a reason.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "recheck", actor=actor)
    reason = required_reason(reason, clause=step.clause)
    lines_with_captured_lot = _lines_with_captured_lot(note)
    note.lines.update(verified_quantity=None)
    note.lines.filter(line_no__in=lines_with_captured_lot).update(lot_no="")
    claims.free(note)
    public_links.revoke(note, now=now)
    note.verified_at = note.verified_by = None
    note.issued_at = note.issued_by = note.posted_on = None
    note.save(
        update_fields=[
            "state", "verified_at", "verified_by", "issued_at", "issued_by", "posted_on",
        ]
    )  # fmt: skip
    entry = audit.record(
        note, "shippingnote.rechecked", actor=actor, now=now, step=step, reason=reason
    )
    tell(
        [*dispatchers(), *sales_side(note)],
        note,
        entry,
        lambda: _("重新核對，先不要裝車：%(note)s") % {"note": note.title},
        body=lambda: _("%(who)s：%(reason)s") % {"who": actor.display_name, "reason": reason},
        now=now,
    )
    return note


def _lines_with_captured_lot(note: ShippingNote) -> list[int]:
    """The lines whose lot came from the warehouse and not from the office, by the audit trail."""
    counted = AuditEntry.objects.filter(
        content_type__app_label="delivery",
        content_type__model="shippingnote",
        object_id=note.pk,
        event="shippingnote.line_counted",
        data__is_lot_captured=True,
    )
    return [entry.data["line_no"] for entry in counted]

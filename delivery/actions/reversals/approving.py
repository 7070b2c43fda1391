"""3.2.2 a reversal takes effect when a leader other than its drafter approves it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.masterdata.actions import reverse_delivered_unit
from delivery.actions.reversals.locking import locked_reversal
from delivery.actions.reversals.remaining import remaining
from delivery.actions.reversals.telling import tell_of_reversal
from delivery.actions.telling import keepers, sales_side
from delivery.models import LineSerial, Reversal
from delivery.quantities import plain
from delivery.workflow import REVERSAL_WORKFLOW

CLAUSE = "3.2.2"


@transaction.atomic
def approve_reversal(
    reversal: Reversal, *, actor: User, now: datetime, version: int | None = None
) -> Reversal:
    """核准沖銷 (3.2.2): the quantities are taken back, the serial numbers may leave again, their
    units no longer count as delivered. The signed note stays as it is.

    `version` is what the leader has looked at. Raises RuleViolation where the drafter approves,
    where it was approved or voided before, or more would go back than was received.
    """
    reversal = locked_reversal(reversal)
    step = REVERSAL_WORKFLOW.apply(reversal, "approve", actor=actor)
    if version is not None and version != reversal.version:
        raise StaleEdit(reversal)
    _check_still_fits(reversal)
    reversal.approved_by, reversal.approved_at = actor, now
    reversal.approved_for = actor.acting_for(step.permission)
    reversal.version += 1
    reversal.save()
    returned = _take_back(reversal, actor, now)
    _record(reversal, step, returned, actor, now)
    return reversal


def _check_still_fits(reversal: Reversal) -> None:
    standing = {each.line.pk: each for each in remaining(reversal.note)}
    for row in reversal.lines.select_related("line"):
        most = standing[row.line_id].quantity
        if row.quantity > most:
            facts = {"line": row.line.line_no, "most": plain(most), "given": plain(row.quantity)}
            message = _("第 %(line)d 行現在只剩 %(most)s 可沖銷，這張沖 %(given)s，請作廢後重開")
            raise RuleViolation(message % facts, clause=CLAUSE)


def _take_back(reversal: Reversal, actor: User, now: datetime) -> list[str]:
    """Free the serial numbers and end their units; returns the numbers."""
    returned = []
    for row in reversal.lines.all():
        serials = LineSerial.objects.filter(
            line=row.line_id, serial_no__in=row.serial_nos, is_out=True
        ).select_related("unit")
        for serial in serials:
            serial.is_out = False
            serial.save(update_fields=["is_out"])
            returned.append(serial.serial_no)
            if serial.unit and not serial.unit.is_reversed:
                reverse_delivered_unit(serial.unit, actor=actor, now=now, ref=reversal.number)
    return returned


def _record(reversal, step, returned: list[str], actor: User, now: datetime) -> None:
    audit.record(
        reversal.note,
        "shippingnote.reversed",
        actor=actor,
        now=now,
        step=step,
        number=reversal.number,
        reason=reversal.reason,
        serial_nos=returned,
    )
    entry = audit.record(
        reversal, "reversal.approved", actor=actor, now=now, step=step, serial_nos=returned
    )
    facts = {"number": reversal.number, "note": reversal.note.title}
    tell_of_reversal(
        [reversal.drafted_by, *sales_side(reversal.note), *keepers()],
        reversal,
        entry,
        lambda: _("沖銷已核准：%(number)s") % facts,
        body=lambda: _("%(note)s 的數量已沖回；退回的貨請倉庫點收入庫。") % facts,
        now=now,
    )

"""3.2.2 a signed note is corrected by a reversal, which is drafted with its reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit, numbering
from aftersales.core.errors import RuleViolation
from aftersales.core.text import listed
from delivery.actions.locking import locked, required_reason
from delivery.actions.reversals.remaining import Remaining, remaining
from delivery.actions.reversals.telling import approvers, tell_of_reversal
from delivery.models import Reversal, ReversalLine, ShippingNote
from delivery.quantities import exact, plain
from delivery.serials import tidy_serial
from delivery.workflow import WORKFLOW

PREFIX, CLAUSE = "CX", "3.2.2"


@transaction.atomic
def draft_reversal(
    note: ShippingNote,
    *,
    actor: User,
    now: datetime,
    reason: str,
    quantities: Mapping[int, Decimal],
    serial_nos: Mapping[int, Sequence[str]] | None = None,
) -> Reversal:
    """開沖銷單 (3.2.2): how much of which line is taken back, by the line's pk, and why.

    Of a line that carries serial numbers those taken back are named in `serial_nos`, and the
    quantity follows from them. The note itself stays as it was signed. Takes the number CX and
    asks those who may approve. Raises RuleViolation at `line_<pk>`, `reason`, or for a note
    that has a reversal waiting.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "reverse", actor=actor)
    reason = required_reason(reason, clause=step.clause)
    rows = [
        row
        for each in remaining(note)
        if (row := _row(each, quantities.get(each.line.pk), (serial_nos or {}).get(each.line.pk)))
    ]
    if not rows:
        raise RuleViolation(_("請至少填一行要沖銷的數量"), clause=CLAUSE)
    reversal = Reversal(
        number=numbering.take(PREFIX, now=now),
        note=note,
        reason=reason,
        drafted_by=actor,
        drafted_at=now,
    )
    reversal.full_clean()
    reversal.save()
    for row in rows:
        row.reversal = reversal
    ReversalLine.objects.bulk_create(rows)
    _record(reversal, rows, step, actor, now)
    return reversal


def _row(each: Remaining, quantity, serial_nos: Sequence[str] | None) -> ReversalLine | None:
    """The line of the reversal; None where nothing of it is taken back."""
    field = f"line_{each.line.pk}"
    named = sorted({tidy_serial(serial) for serial in serial_nos or ()} - {""})
    if strange := [serial for serial in named if serial not in each.serial_nos]:
        message = _("第 %(line)d 行沒有這些可沖銷的序列號：%(serials)s")
        facts = {"line": each.line.line_no, "serials": listed(strange)}
        raise RuleViolation(message % facts, clause=CLAUSE, field=field)
    if quantity in (None, ""):
        quantity = Decimal(len(named))
    quantity = exact(quantity, label=_("沖銷數量"), clause=CLAUSE, field=field)
    facts = {
        "line": each.line.line_no,
        "name": each.line.name,
        "most": plain(each.quantity),
        "uom": each.line.uom,
        "given": plain(quantity),
    }
    if each.serial_nos and quantity != len(named):
        message = _("第 %(line)d 行有序列號，請勾選要沖銷的每一個，數量才對得上")
        raise RuleViolation(message % facts, clause=CLAUSE, field=field)
    if quantity > each.quantity:
        message = _(
            "第 %(line)d 行 %(name)s 實收還剩 %(most)s %(uom)s 可沖銷，不能沖 %(given)s %(uom)s"
        )
        raise RuleViolation(message % facts, clause=CLAUSE, field=field)
    if not quantity:
        return None
    return ReversalLine(line=each.line, quantity=quantity, serial_nos=named)


def _record(reversal: Reversal, rows, step, actor: User, now: datetime) -> None:
    found = [_sentence(row) for row in rows]
    facts = {"reason": reversal.reason, "lines": found}
    audit.record(reversal.note, "shippingnote.reversal_drafted", actor=actor, now=now, step=step,
                 number=reversal.number, **facts)  # fmt: skip
    entry = audit.record(reversal, "reversal.drafted", actor=actor, now=now, step=step, **facts)
    words = {"number": reversal.number, "note": reversal.note.title, "reason": reversal.reason}
    tell_of_reversal(
        approvers(reversal),
        reversal,
        entry,
        lambda: _("請核准沖銷：%(number)s") % words,
        body=lambda: _("沖銷 %(note)s，理由：%(reason)s") % words,
        now=now,
    )


def _sentence(row: ReversalLine) -> str:
    line = row.line
    numbers = f"{plain(row.quantity)} {line.uom}"
    facts = {"line": line.line_no, "name": line.name, "numbers": numbers}
    return _("第 %(line)d 行 %(name)s：%(numbers)s") % facts

"""3.1.3 an approved note cannot be edited: a change is a new revision that needs approval again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import audit, public_links
from delivery.actions.locking import locked, required_reason
from delivery.actions.telling import leaders, sales_side, tell, warehouse
from delivery.models import LineSerial, ShippingNote, ShippingNoteLine
from delivery.workflow import WORKFLOW, S

# What a revision takes over. Approval, verification and everything after start anew.
FACTS = (
    "number", "external_no", "customer", "ship_to", "bill_to", "consignee", "phone", "address",
    "order_no", "customer_ref", "issued_on", "ship_on", "needs_commissioning", "remark",
    "salesperson", "final_inspection_no", "final_inspection_on", "final_inspection_by",
    "delivery_mode", "delivery_mode_reason", "carrier_name", "carrier",
    "carrier_agreement", "contract", "pickup_basis", "pickup_basis_text", "waybill_no", "vehicle_no",
    "driver_name", "driver_phone",
)  # fmt: skip
LINE_FACTS = (
    "line_no", "product", "part_no", "name", "spec", "uom", "quantity", "unit_price", "amount",
    "tax_rate", "due_on", "bin", "planned_serials", "lot_no", "remark",
)  # fmt: skip


@transaction.atomic
def withdraw_note(note: ShippingNote, *, actor, now: datetime, reason: str) -> ShippingNote:
    """撤回並修訂 (3.1.3): end a released note and give the next revision of it, a draft.

    The revision keeps the number (-R2, -R3 …), the facts and the lines, and is submitted and
    released like any draft. Serial numbers claimed at verification are free again, links for
    driver and customer are closed, the warehouse and the leaders are told. Of two at the same
    moment the later is refused. Returns the new revision.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "withdraw", actor=actor)
    note.reason = required_reason(reason, clause=step.clause)
    note.version += 1
    note.save()
    LineSerial.objects.filter(line__note=note, is_out=True).update(is_out=False)
    public_links.revoke(note, now=now)
    revision = _next_revision(note, actor=actor, now=now)
    entry = audit.record(
        note,
        "shippingnote.withdrawn",
        actor=actor,
        now=now,
        step=step,
        reason=note.reason,
        revision=revision.reference,
    )
    audit.record(
        revision,
        "shippingnote.revised",
        actor=actor,
        now=now,
        step=step,
        reason=note.reason,
        previous=note.reference,
    )
    facts = {"note": note.title, "revision": revision.title, "reason": note.reason}
    tell(
        [*warehouse(), *leaders(revision), *sales_side(revision)],
        note,
        entry,
        lambda: _("已撤回，請停止備貨與裝車：%(note)s") % facts,
        body=lambda: _("理由：%(reason)s。改為 %(revision)s，須重新簽發。") % facts,
        now=now,
    )
    return revision


def _next_revision(note: ShippingNote, *, actor, now: datetime) -> ShippingNote:
    revision = ShippingNote(
        **{name: getattr(note, name) for name in FACTS},
        revision=note.revision + 1,
        previous_revision=note,
        state=S.DRAFT,
        # Who may not draft (the sales manager) leaves the revision with the issuer.
        issuer=actor if actor.has_perm("delivery.edit_shippingnote") else note.issuer,
        created_at=now,
    )
    # The arrangement holds while its day is still to come; the warehouse confirms it anew.
    if note.ship_on and note.ship_on >= timezone.localdate(now):
        revision.scheduled_at, revision.scheduled_by = note.scheduled_at, note.scheduled_by
    revision.search_text = revision.folded()
    revision.save()
    ShippingNoteLine.objects.bulk_create(
        ShippingNoteLine(note=revision, **{name: getattr(line, name) for name in LINE_FACTS})
        for line in note.lines.select_related("product")
    )
    return revision

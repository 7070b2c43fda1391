"""3.2.2 what was reversed is drawn up anew: a draft with the lines that went back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions.drafting import create_note
from delivery.actions.reversals.locking import locked_reversal
from delivery.models import Reversal, ShippingNote

CLAUSE = "3.2.2"
FACTS = (
    "customer", "ship_to", "bill_to", "consignee", "phone", "address", "order_no", "customer_ref",
    "needs_commissioning", "salesperson",
)  # fmt: skip
LINE_FACTS = ("product", "name", "spec", "uom", "unit_price", "tax_rate", "lot_no")


@transaction.atomic
def redraw_note(reversal: Reversal, *, actor: User, now: datetime) -> ShippingNote:
    """重開發貨單 (3.2.2), once for an approved reversal: a draft of what went back, linked both
    ways, which goes its whole way from inspection on. Raises RuleViolation."""
    reversal = locked_reversal(reversal)
    if reversal.state != Reversal.State.APPROVED:
        raise RuleViolation(_("沖銷單核准後才能重開發貨單"), clause=CLAUSE)
    if reversal.replacement_id:
        message = _("%(number)s 已重開過，就是 %(note)s")
        facts = {"number": reversal, "note": reversal.replacement.title}
        raise RuleViolation(message % facts, clause=CLAUSE)
    old = reversal.note
    note = create_note(
        actor=actor,
        now=now,
        remark=_("依 %(number)s 沖銷 %(note)s 後重開") % {"number": reversal, "note": old.title},
        lines=[_line(row) for row in reversal.lines.select_related("line__product")],
        **{name: getattr(old, name) for name in FACTS},
    )
    reversal.replacement = note
    reversal.version += 1
    reversal.save(update_fields=["replacement", "version"])
    facts = {"number": reversal.number, "note": note.title}
    for subject in (old, note, reversal):
        event = "reversal.redrawn" if subject is reversal else "shippingnote.redrawn"
        audit.record(subject, event, actor=actor, now=now, clause=CLAUSE, **facts)
    return note


def _line(row) -> dict:
    line = row.line
    facts = {name: getattr(line, name) for name in LINE_FACTS}
    return facts | {
        "line_no": line.line_no,
        "quantity": row.quantity,
        "planned_serials": list(row.serial_nos),
    }

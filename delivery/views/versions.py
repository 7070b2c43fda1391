"""Two versions of a draft: what somebody else has stored, and what was just sent."""

from django.utils.translation import gettext as _

from aftersales.core import stale
from aftersales.core.text import listed
from delivery.forms import LineFormSet, NoteForm
from delivery.models import ShippingNote, ShippingNoteLine
from delivery.quantities import plain


def of(form: NoteForm, lines: LineFormSet, current: ShippingNote) -> list[dict]:
    """The rows of components/stale_edit.html, the lines of goods one by one at the end.

    The form takes the current version along, so that sending it again overwrites on purpose.
    """
    rows = stale.show_both(form, current)
    theirs = [_stored(line) for line in current.lines.all()]
    yours = [_sent(facts) for facts in lines.lines()]
    for index in range(max(len(theirs), len(yours))):
        rows.append(
            {
                "label": _("第 %(number)d 項") % {"number": index + 1},
                "theirs": theirs[index] if index < len(theirs) else "",
                "yours": yours[index] if index < len(yours) else "",
            }
        )
    return rows


def _stored(line: ShippingNoteLine) -> str:
    return _words(
        line.part_no,
        line.quantity,
        line.uom,
        line.unit_price,
        line.planned_serials,
        line.lot_no,
        line.due_on,
        line.remark,
    )


def _sent(facts: dict) -> str:
    return _words(
        facts["product"].part_no,
        facts["quantity"],
        facts["product"].uom,
        facts["unit_price"],
        facts["planned_serials"],
        facts["lot_no"],
        facts["due_on"],
        facts["remark"],
    )


def _words(part_no, quantity, uom, unit_price, serials, lot_no, due_on, remark) -> str:
    parts = [f"{part_no}　{plain(quantity)} {uom}"]
    if unit_price is not None:
        parts.append(_("單價 %(price)s") % {"price": plain(unit_price)})
    if serials:
        parts.append(listed(serials))
    parts += [str(part) for part in (lot_no, due_on, remark) if part]
    return "　".join(parts)

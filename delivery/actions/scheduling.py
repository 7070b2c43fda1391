"""3.1.2 the salesperson arranges the delivery and tells the warehouse, which acknowledges."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.text import tidy
from delivery.actions.locking import locked
from delivery.actions.telling import tell, warehouse
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW

LAST = date(2100, 12, 31)


def mode_refusal(delivery_mode: str) -> str:
    """Why a delivery mode cannot be carried out now; empty where it can (3.1.2, 3.2.1)."""
    mode = ShippingNote.DeliveryMode
    if delivery_mode == mode.CARRIER:
        return _(
            "沒有一家承運商登記了有效的承運協議與資質驗證（3.1.2），不能委託外部運輸，請改用公司車隊"
        )
    if delivery_mode == mode.PICKUP:
        return _("顧客自提的三方核對與簽收（3.2.1）還不能在系統內辦理，請改用公司車隊")
    if delivery_mode != mode.OWN_FLEET:
        return _("請選擇交付方式：公司車隊")
    return ""


@transaction.atomic
def schedule_note(
    note: ShippingNote,
    *,
    actor,
    now: datetime,
    ship_on: date,
    delivery_mode: str,
    delivery_mode_reason: str = "",
) -> ShippingNote:
    """業務員安排交付並通知倉庫 (3.1.2): the local day, the mode, its feasibility and cost.

    Arranging anew before release takes back the warehouse's acknowledgement and tells it again.
    Raises RuleViolation for a day before today and for a mode that cannot be carried out.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "schedule", actor=actor)
    today = timezone.localdate(now)
    if not today <= ship_on <= LAST:
        raise RuleViolation(
            _("發貨日期最早是今天（%(today)s），不能是 %(given)s")
            % {"today": today, "given": ship_on},
            clause=step.clause,
            field="ship_on",
        )
    if message := mode_refusal(delivery_mode):
        raise RuleViolation(message, clause=step.clause, field="delivery_mode")
    note.ship_on, note.delivery_mode = ship_on, delivery_mode
    note.delivery_mode_reason = tidy(delivery_mode_reason)
    is_again = note.scheduled_at is not None
    note.scheduled_at, note.scheduled_by = now, actor
    note.acknowledged_at = note.acknowledged_by = None
    note.version += 1
    _check_length(note)
    note.save()
    entry = audit.record(
        note,
        "shippingnote.scheduled",
        actor=actor,
        now=now,
        step=step,
        ship_on=ship_on,
        delivery_mode=delivery_mode,
        delivery_mode_reason=note.delivery_mode_reason,
        is_again=is_again,
    )
    ask_warehouse(note, entry, now=now, is_again=is_again)
    return note


def ask_warehouse(note: ShippingNote, entry, *, now: datetime, is_again: bool) -> None:
    """Tell the warehouse to prepare the goods; `is_again` where it was told otherwise before."""
    again, first = gettext_lazy("請重新確認備貨：%(note)s"), gettext_lazy("請確認備貨：%(note)s")
    words = again if is_again else first
    facts = {"note": note, "customer": note.customer, "ship_on": note.ship_on}
    tell(
        warehouse(),
        note,
        entry,
        lambda: words % facts,
        body=lambda: _("%(customer)s，%(ship_on)s 發貨。") % facts,
        now=now,
    )


@transaction.atomic
def acknowledge_note(note: ShippingNote, *, actor, now: datetime) -> ShippingNote:
    """倉庫確認備貨通知 (3.1.2), once for each arrangement.

    Raises RuleViolation, with who and when, where it has been acknowledged.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "acknowledge", actor=actor)
    note.acknowledged_at, note.acknowledged_by = now, actor
    note.save()
    entry = audit.record(note, "shippingnote.acknowledged", actor=actor, now=now, step=step)
    facts = {
        "who": actor.display_name,
        "at": date_format(timezone.localtime(now), "SHORT_DATETIME_FORMAT"),
    }
    tell(
        [note.scheduled_by],
        note,
        entry,
        lambda: _("倉庫已確認備貨：%(note)s") % {"note": note.title},
        body=lambda: _("%(who)s 於 %(at)s 確認。") % facts,
        now=now,
    )
    return note


def _check_length(note: ShippingNote) -> None:
    note.clean_fields(
        exclude={field.name for field in note._meta.fields} - {"delivery_mode_reason"}
    )

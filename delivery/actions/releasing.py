"""3.1.3 goods leave only after the leader in charge has signed the 發貨單."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions.locking import locked, required_reason
from delivery.actions.telling import sales_side, tell, warehouse
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW


@transaction.atomic
def release_note(
    note: ShippingNote, *, actor, now: datetime, version: int | None = None
) -> ShippingNote:
    """分管領導簽發 (3.1.3), by one who is not the issuer, or by the deputy of one on leave.

    `version` is the version that the leader has looked at. Raises RuleViolation where the note
    has changed since, is not waiting for release, or the actor (or whom the actor stands for)
    has issued it.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "release", actor=actor, now=now)
    if version is not None and version != note.version:
        raise RuleViolation(
            _(
                "%(note)s 在您查看之後改過（您看的是第 %(seen)d 版，現在是第 %(now)d 版），請重新查看後再簽發"
            )
            % {"note": note.title, "seen": version, "now": note.version},
            clause=step.clause,
        )
    note.released_at, note.released_by = now, actor
    note.released_for = actor.acting_for(step.permission, other_than=note.issuer_id)
    note.version += 1
    note.save()
    entry = audit.record(
        note, "shippingnote.released", actor=actor, now=now, step=step, number=note.reference,
        on_behalf_of=note.released_for,
    )  # fmt: skip
    facts = {"note": note.title, "customer": note.customer, "ship_on": note.ship_on}
    tell(
        [*warehouse(), *sales_side(note)],
        note,
        entry,
        lambda: _("已簽發，可以核對裝車：%(note)s") % facts,
        body=lambda: _("%(customer)s，%(ship_on)s 發貨。") % facts,
        now=now,
    )
    return note


@transaction.atomic
def send_back_note(note: ShippingNote, *, actor, now: datetime, reason: str) -> ShippingNote:
    """退回修改 (3.1.3): back to the issuer as a draft that keeps its number, with the reason."""
    note = locked(note)
    step = WORKFLOW.apply(note, "send_back", actor=actor)
    return _turn_down(
        note, step, "shippingnote.sent_back", gettext_lazy("退回修改：%(note)s"), actor, now, reason
    )


@transaction.atomic
def refuse_note(note: ShippingNote, *, actor, now: datetime, reason: str) -> ShippingNote:
    """不予簽發 (3.1.3): the note ends here, with the reason."""
    note = locked(note)
    step = WORKFLOW.apply(note, "refuse", actor=actor)
    return _turn_down(
        note, step, "shippingnote.refused", gettext_lazy("不予簽發：%(note)s"), actor, now, reason
    )


def _turn_down(note, step, event: str, words: str, actor, now: datetime, reason: str):
    note.reason = required_reason(reason, clause=step.clause)
    note.version += 1
    note.save()
    absent = actor.acting_for(step.permission, other_than=note.issuer_id)
    entry = audit.record(
        note, event, actor=actor, now=now, step=step, reason=note.reason, on_behalf_of=absent
    )
    tell(
        sales_side(note),
        note,
        entry,
        lambda: words % {"note": note.title},
        body=lambda: _("%(who)s：%(reason)s") % {"who": actor.display_name, "reason": note.reason},
        now=now,
    )
    return note

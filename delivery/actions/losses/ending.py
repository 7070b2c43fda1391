"""3.2.2 a loss ends: paid for, dealt with in the house, or written off by the sales manager."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.text import half_width_words, tidy
from delivery.actions.locking import required_reason, required_text
from delivery.actions.losses.locking import (
    CLAUSE,
    at_most,
    check_seen,
    locked_loss,
    money,
    stored,
)
from delivery.actions.losses.telling import concerned
from delivery.actions.telling import tell
from delivery.models import TransitLoss
from delivery.quantities import plain
from delivery.workflow import LOSS_WORKFLOW


@transaction.atomic
def settle_claim(
    loss: TransitLoss,
    *,
    actor: User,
    now: datetime,
    settled_amount: Decimal,
    settlement_ref: str = "",
    reason: str = "",
    version: int | None = None,
) -> TransitLoss:
    """了結索賠 (3.2.2): what was really paid, with the voucher; less than agreed needs a reason.

    Raises StaleEdit, or RuleViolation at `settled_amount`, `settlement_ref` (where anything was
    paid) or `reason`.
    """
    loss = locked_loss(loss)
    step = LOSS_WORKFLOW.apply(loss, "settle", actor=actor)
    check_seen(loss, version)
    loss.settled_amount = _settled(loss, settled_amount)
    loss.settlement_ref = half_width_words(tidy(settlement_ref))
    if loss.settled_amount and not loss.settlement_ref:
        message = _("請填收款憑證：銀行回單、收據或抵扣運費的單號")
        raise RuleViolation(message, clause=CLAUSE, field="settlement_ref")
    loss.end_reason = tidy(reason)
    if loss.settled_amount < loss.agreed_amount:
        loss.end_reason = _why_less(loss, reason)
    facts = {"amount": loss.settled_amount, "ref": loss.settlement_ref}
    return _end(loss, "transitloss.settled", step, actor, now, **facts)


@transaction.atomic
def resolve_incident(
    loss: TransitLoss,
    *,
    actor: User,
    now: datetime,
    cause: str,
    measure: str,
    version: int | None = None,
) -> TransitLoss:
    """了結事故 (3.2.2) of the own fleet: why it happened, and what is done against it.

    Raises StaleEdit, or RuleViolation at `cause` or `measure`.
    """
    loss = locked_loss(loss)
    step = LOSS_WORKFLOW.apply(loss, "resolve", actor=actor)
    check_seen(loss, version)
    loss.cause = required_text(cause, "cause", _("原因"), clause=CLAUSE, lines=True)
    loss.measure = required_text(measure, "measure", _("改進措施"), clause=CLAUSE, lines=True)
    facts = {"cause": loss.cause, "measure": loss.measure}
    return _end(loss, "transitloss.resolved", step, actor, now, **facts)


@transaction.atomic
def write_off_loss(
    loss: TransitLoss, *, actor: User, now: datetime, reason: str, version: int | None = None
) -> TransitLoss:
    """核銷 (3.2.2): the sales manager gives it up, and says why.

    Raises StaleEdit, or RuleViolation at `reason`.
    """
    loss = locked_loss(loss)
    step = LOSS_WORKFLOW.apply(loss, "write_off", actor=actor)
    check_seen(loss, version)
    loss.end_reason = required_reason(reason, clause=CLAUSE)
    return _end(loss, "transitloss.written_off", step, actor, now)


def _settled(loss: TransitLoss, given) -> Decimal:
    label, field = _("實收賠償金額"), "settled_amount"
    amount = money(given, label=label, field=field)
    at_most(amount, loss.claimed_amount, label=label, of_what=_("索賠金額"), field=field)
    return amount


def _why_less(loss: TransitLoss, reason: str) -> str:
    if not tidy(reason):
        message = _("實收 %(settled)s 少於對方同意的 %(agreed)s，請寫明理由")
        facts = {"settled": plain(loss.settled_amount), "agreed": plain(loss.agreed_amount)}
        raise RuleViolation(message % facts, clause=CLAUSE, field="reason")
    return required_reason(reason, clause=CLAUSE)


_ENDED = {
    "transitloss.settled": gettext_lazy("索賠已了結：%(loss)s"),
    "transitloss.resolved": gettext_lazy("內部事故已了結：%(loss)s"),
    "transitloss.written_off": gettext_lazy("途損已核銷：%(loss)s"),
}


def _end(loss: TransitLoss, event: str, step, actor: User, now: datetime, **facts) -> TransitLoss:
    loss.ended_by, loss.ended_on = actor, timezone.localdate(now)
    stored(loss)
    facts["reason"] = loss.end_reason
    entry = audit.record(loss, event, actor=actor, now=now, step=step, **facts)
    said = {"loss": loss.number, "note": loss.note.title, "who": actor.display_name}
    tell(
        concerned(loss),
        loss,
        entry,
        lambda: _ENDED[event] % said,
        body=lambda: _("%(note)s，由 %(who)s 辦理。") % said,
        now=now,
    )
    return loss

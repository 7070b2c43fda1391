"""3.2.2 what the carrier answers to the claim: it pays, or it refuses."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions.locking import required_text
from delivery.actions.losses.locking import (
    CLAUSE,
    at_most,
    check_day,
    check_seen,
    locked_loss,
    money,
    stored,
)
from delivery.actions.losses.telling import managers
from delivery.actions.telling import tell
from delivery.models import TransitLoss
from delivery.quantities import plain
from delivery.workflow import LOSS_WORKFLOW


@transaction.atomic
def accept_claim(
    loss: TransitLoss,
    *,
    actor: User,
    now: datetime,
    agreed_amount: Decimal,
    reply: str,
    replied_on: date,
    version: int | None = None,
) -> TransitLoss:
    """登記對方接受 (3.2.2): the carrier pays what was claimed, or a part of it.

    Raises StaleEdit, or RuleViolation at `agreed_amount` (more than 0, at most what was claimed),
    `reply` or `replied_on` (a local day from the claim until today).
    """
    loss = locked_loss(loss)
    step = LOSS_WORKFLOW.apply(loss, "accept", actor=actor)
    check_seen(loss, version)
    loss.agreed_amount = _agreed(loss, agreed_amount)
    _keep_reply(loss, reply, replied_on, now)
    stored(loss)
    entry = _record(loss, "transitloss.accepted", step, actor, now, amount=loss.agreed_amount)
    facts = {
        "loss": loss.number,
        "carrier": loss.carrier.name,
        "agreed": plain(loss.agreed_amount),
        "claimed": plain(loss.claimed_amount),
    }
    tell(
        [loss.owner, *managers()],
        loss,
        entry,
        lambda: _("承運商接受索賠，等了結：%(loss)s") % facts,
        body=lambda: _("%(carrier)s 同意賠償 %(agreed)s 元，索賠 %(claimed)s 元。") % facts,
        now=now,
    )
    return loss


@transaction.atomic
def reject_claim(
    loss: TransitLoss,
    *,
    actor: User,
    now: datetime,
    reply: str,
    replied_on: date,
    version: int | None = None,
) -> TransitLoss:
    """登記對方拒絕 (3.2.2): it may be claimed once more, or written off by the sales manager.

    Raises StaleEdit, or RuleViolation at `reply` or `replied_on`.
    """
    loss = locked_loss(loss)
    step = LOSS_WORKFLOW.apply(loss, "reject", actor=actor)
    check_seen(loss, version)
    _keep_reply(loss, reply, replied_on, now)
    stored(loss)
    entry = _record(loss, "transitloss.rejected", step, actor, now)
    facts = {"loss": loss.number, "carrier": loss.carrier.name, "reply": loss.reply}
    tell(
        [loss.owner, *managers()],
        loss,
        entry,
        lambda: _("承運商拒絕索賠：%(loss)s") % facts,
        body=lambda: _("%(carrier)s：%(reply)s。請再次索賠，或由銷售部經理核銷。") % facts,
        now=now,
    )
    return loss


def _agreed(loss: TransitLoss, given) -> Decimal:
    label, field = _("同意賠償金額"), "agreed_amount"
    amount = money(given, label=label, field=field)
    if not amount:
        message = _("同意賠償金額要大於 0；對方一分不賠，請用「登記對方拒絕」")
        raise RuleViolation(message, clause=CLAUSE, field=field)
    at_most(amount, loss.claimed_amount, label=label, of_what=_("索賠金額"), field=field)
    return amount


def _keep_reply(loss: TransitLoss, reply: str, replied_on: date, now: datetime) -> None:
    loss.reply = required_text(reply, "reply", _("對方答復"), clause=CLAUSE, lines=True)
    label, since = _("答復日期"), _("索賠日期")
    check_day(replied_on, loss.claimed_on, now, label=label, since=since, field="replied_on")
    loss.replied_on = replied_on


def _record(loss: TransitLoss, event: str, step, actor: User, now: datetime, **facts):
    facts |= {"reply": loss.reply, "replied_on": loss.replied_on}
    return audit.record(loss, event, actor=actor, now=now, step=step, **facts)

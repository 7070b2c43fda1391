"""3.2.2 loss on the way is the carrier's liability by the agreement: it is claimed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit
from delivery.actions.losses.locking import check_seen, locked_loss, stored
from delivery.actions.losses.telling import concerned
from delivery.actions.telling import tell
from delivery.models import TransitLoss
from delivery.quantities import plain
from delivery.workflow import LOSS_WORKFLOW


@transaction.atomic
def claim_loss(
    loss: TransitLoss, *, actor: User, now: datetime, version: int | None = None
) -> TransitLoss:
    """向承運商索賠 (3.2.2): the sum of the lines is claimed today under the agreement it cites.

    Once more after a refusal: then the answer that was given before stands on the timeline
    alone. The letter may be sent from here on. Raises StaleEdit, or RuleViolation where a line
    has no amount.
    """
    loss = locked_loss(loss)
    step = LOSS_WORKFLOW.apply(loss, "claim", actor=actor)
    check_seen(loss, version)
    loss.claimed_amount, loss.claimed_on = loss.lost_amount, timezone.localdate(now)
    loss.reply, loss.replied_on = "", None
    stored(loss)
    entry = audit.record(
        loss,
        "transitloss.claimed",
        actor=actor,
        now=now,
        step=step,
        amount=loss.claimed_amount,
        carrier=loss.carrier.name,
        agreement=loss.agreement.number,
    )
    facts = {
        "loss": loss.number,
        "carrier": loss.carrier.name,
        "amount": plain(loss.claimed_amount),
        "agreement": loss.agreement.number,
    }
    tell(
        concerned(loss),
        loss,
        entry,
        lambda: _("已向承運商索賠：%(loss)s") % facts,
        body=lambda: _("%(carrier)s，%(amount)s 元，依承運協議 %(agreement)s。") % facts,
        now=now,
    )
    return loss

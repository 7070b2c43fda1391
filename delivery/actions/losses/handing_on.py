"""3.2.2 each loss has an owner until it ends: it is handed on to another."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions.losses.locking import CLAUSE, check_seen, locked_loss, stored
from delivery.actions.telling import tell
from delivery.models import TransitLoss
from delivery.workflow import LOSS_WORKFLOW


def possible_owners() -> QuerySet[User]:
    """Who may look after a loss: active people of sales and logistics."""
    return User.objects.with_permission("delivery.handle_transitloss")


@transaction.atomic
def hand_on_loss(
    loss: TransitLoss, *, actor: User, now: datetime, owner: User, version: int | None = None
) -> TransitLoss:
    """改派負責人 (3.2.2): the new owner and the one before are told.

    Raises StaleEdit, or RuleViolation at `owner` for the present one, for somebody who has left
    or who may not deal with losses.
    """
    loss = locked_loss(loss)
    step = LOSS_WORKFLOW.apply(loss, "hand_on", actor=actor)
    check_seen(loss, version)
    before = loss.owner
    _check_owner(before, owner)
    loss.owner = owner
    stored(loss)
    entry = audit.record(
        loss,
        "transitloss.handed_on",
        actor=actor,
        now=now,
        step=step,
        before=before.display_name,
        owner=owner.display_name,
    )
    facts = {"loss": loss.number, "note": loss.note.title, "before": before, "owner": owner}
    tell(
        [owner, before],
        loss,
        entry,
        lambda: _("途損改由 %(owner)s 負責：%(loss)s") % facts,
        body=lambda: _("%(note)s，原負責人 %(before)s。") % facts,
        now=now,
    )
    return loss


def _check_owner(before: User, owner: User) -> None:
    if owner.pk == before.pk:
        message = _("%(owner)s 已是負責人，請選另一位") % {"owner": owner}
        raise RuleViolation(message, clause=CLAUSE, field="owner")
    if not possible_owners().filter(pk=owner.pk).exists():
        message = _("%(owner)s 不能負責途損，請選在職的銷售或物流人員") % {"owner": owner}
        raise RuleViolation(message, clause=CLAUSE, field="owner")

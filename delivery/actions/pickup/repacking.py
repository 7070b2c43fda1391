"""3.2.1 what the customer has confirmed is packed again, and the three check again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core.text import tidy
from delivery.actions.pickup.locking import locked_difference, record_step, tell_at_pickup
from delivery.actions.telling import issuing_clerks, keepers
from delivery.models import PickupDifference
from delivery.workflow import PICKUP_WORKFLOW


@transaction.atomic
def repack_pickup(
    difference: PickupDifference, *, actor: User, now: datetime, repack_remark: str = ""
) -> PickupDifference:
    """重新包裝完成 (3.2.1), by a keeper, after the customer has confirmed.

    Clerks and keepers are asked to check again. Raises RuleViolation before the confirmation.
    """
    difference = locked_difference(difference)
    step = PICKUP_WORKFLOW.apply(difference, "repack", actor=actor)
    difference.repacked_by, difference.repacked_at = actor, now
    difference.repack_remark = tidy(repack_remark)
    difference.full_clean()
    difference.save()
    entry = record_step(
        difference, "repacked", actor=actor, now=now, step=step, remark=difference.repack_remark
    )
    facts = {"note": difference.note.title, "who": actor.display_name}
    tell_at_pickup(
        [*issuing_clerks(difference.note), *keepers()],
        difference.note,
        entry,
        lambda: _("已重新包裝，請三方再核對：%(note)s") % facts,
        body=lambda: _("%(who)s 重新包裝。") % facts,
        now=now,
    )
    return difference

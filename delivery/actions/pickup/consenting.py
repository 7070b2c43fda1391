"""3.2.1 the sales manager consents to how a difference is put right, or sends it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from delivery.actions.locking import required_reason
from delivery.actions.pickup.locking import locked_difference, record_step, tell_at_pickup
from delivery.actions.telling import issuing_clerks
from delivery.models import PickupDifference
from delivery.workflow import PICKUP_WORKFLOW


@transaction.atomic
def consent_pickup(difference: PickupDifference, *, actor: User, now: datetime) -> PickupDifference:
    """同意改正 (3.2.1), by a manager or deputy who has not stated the cause.

    The clerk then gets the customer's confirmation. Raises RuleViolation before the cause.
    """
    difference = locked_difference(difference)
    step = PICKUP_WORKFLOW.apply(difference, "consent", actor=actor)
    difference.consented_by, difference.consented_at = actor, now
    difference.consented_for = actor.acting_for(step.permission, other_than=difference.caused_by_id)
    difference.full_clean()
    difference.save()
    entry = record_step(
        difference, "consented", actor=actor, now=now, step=step,
        on_behalf_of=difference.consented_for,
    )  # fmt: skip
    facts = {"note": difference.note.title, "measure": difference.measure}
    tell_at_pickup(
        [difference.caused_by, *issuing_clerks(difference.note)],
        difference.note,
        entry,
        lambda: _("經理已同意改正，請顧客再次確認：%(note)s") % facts,
        body=lambda: facts["measure"],
        now=now,
    )
    return difference


@transaction.atomic
def decline_pickup(
    difference: PickupDifference, *, actor: User, now: datetime, reason: str
) -> PickupDifference:
    """不同意，重查原因 (3.2.1): back to the clerk with the reason. Raises RuleViolation without."""
    difference = locked_difference(difference)
    step = PICKUP_WORKFLOW.apply(difference, "decline", actor=actor)
    difference.decline_reason = required_reason(reason, clause=step.clause)
    difference.full_clean()
    difference.save()
    entry = record_step(
        difference, "declined", actor=actor, now=now, step=step, reason=difference.decline_reason
    )
    facts = {"note": difference.note.title, "reason": difference.decline_reason}
    tell_at_pickup(
        [difference.caused_by, *issuing_clerks(difference.note)],
        difference.note,
        entry,
        lambda: _("經理不同意，請重查提貨差異的原因：%(note)s") % facts,
        body=lambda: facts["reason"],
        now=now,
    )
    return difference

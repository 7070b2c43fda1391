"""3.2.1 if list and goods differ, the clerk finds the cause."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from delivery.actions.locking import required_text
from delivery.actions.pickup.locking import (
    consenters,
    locked_difference,
    record_step,
    tell_at_pickup,
)
from delivery.models import PickupDifference
from delivery.workflow import PICKUP_WORKFLOW


@transaction.atomic
def state_pickup_cause(
    difference: PickupDifference, *, actor: User, now: datetime, cause: str, measure: str
) -> PickupDifference:
    """查明原因 (3.2.1): why list and goods differ, and how it shall be put right.

    The sales manager is asked for consent. Raises RuleViolation where either is left out.
    """
    difference = locked_difference(difference)
    step = PICKUP_WORKFLOW.apply(difference, "state_cause", actor=actor)
    clause = step.clause
    difference.cause = required_text(cause, "cause", _("原因"), clause=clause, lines=True)
    difference.measure = required_text(measure, "measure", _("怎樣改正"), clause=clause, lines=True)
    difference.caused_by, difference.caused_at = actor, now
    difference.decline_reason = ""
    difference.full_clean()
    difference.save()
    entry = record_step(
        difference,
        "cause_stated",
        actor=actor,
        now=now,
        step=step,
        cause=difference.cause,
        measure=difference.measure,
    )
    facts = {
        "note": difference.note.title,
        "cause": difference.cause,
        "measure": difference.measure,
    }
    tell_at_pickup(
        consenters(),
        difference.note,
        entry,
        lambda: _("提貨差異，請同意改正：%(note)s") % facts,
        body=lambda: _("原因：%(cause)s\n改正：%(measure)s") % facts,
        now=now,
    )
    return difference

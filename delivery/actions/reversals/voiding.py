"""3.2.2 a reversal that does not take effect keeps its number and says why."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core import audit
from delivery.actions.locking import required_reason
from delivery.actions.reversals.locking import locked_reversal
from delivery.actions.reversals.telling import approvers, tell_of_reversal
from delivery.models import Reversal
from delivery.workflow import REVERSAL_WORKFLOW


@transaction.atomic
def void_reversal(reversal: Reversal, *, actor: User, now: datetime, reason: str) -> Reversal:
    """作廢沖銷單 (3.2.2) before it is approved. Raises RuleViolation."""
    reversal = locked_reversal(reversal)
    return _end(reversal, "void", "reversal.voided", approvers(reversal), actor, now, reason)


@transaction.atomic
def refuse_reversal(reversal: Reversal, *, actor: User, now: datetime, reason: str) -> Reversal:
    """不予核准 (3.2.2): the leader says why, and the reversal is void. Raises RuleViolation."""
    reversal = locked_reversal(reversal)
    concerned = [reversal.drafted_by]
    return _end(reversal, "refuse", "reversal.refused", concerned, actor, now, reason)


def _end(reversal, action: str, event: str, concerned, actor, now, reason: str) -> Reversal:
    step = REVERSAL_WORKFLOW.apply(reversal, action, actor=actor)
    reversal.void_reason = required_reason(reason, clause=step.clause)
    reversal.is_void = True
    reversal.version += 1
    reversal.save()
    facts = {"reason": reversal.void_reason}
    audit.record(reversal.note, "shippingnote.reversal_ended", actor=actor, now=now, step=step,
                 number=reversal.number, **facts)  # fmt: skip
    entry = audit.record(reversal, event, actor=actor, now=now, step=step, **facts)
    words = {"number": reversal.number, "who": actor.display_name, "reason": reversal.void_reason}
    tell_of_reversal(
        concerned,
        reversal,
        entry,
        lambda: _("沖銷單已作廢：%(number)s") % words,
        body=lambda: _("%(who)s：%(reason)s") % words,
        now=now,
    )
    return reversal

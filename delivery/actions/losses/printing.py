"""Printing is on record: who has made the paper of a loss, when, and how it stood (3.2.2)."""

from datetime import datetime

from django.db import transaction

from aftersales.accounts.models import User
from aftersales.core import audit
from delivery.actions.losses.locking import CLAUSE
from delivery.models import TransitLoss


@transaction.atomic
def record_letter(loss: TransitLoss, *, actor: User, now: datetime) -> None:
    """Put the print of 索賠函 or 內部事故報告 (3.2.2) on the loss's timeline."""
    loss = TransitLoss.objects.select_for_update().get(pk=loss.pk)
    audit.record(loss, "transitloss.printed", actor=actor, now=now, clause=CLAUSE, state=loss.state)

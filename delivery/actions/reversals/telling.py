"""Who hears of a reversal: those who approve, who drafted it, and who keeps the goods."""

from collections.abc import Iterable
from datetime import datetime

from aftersales.accounts.models import User
from aftersales.core import notices
from aftersales.core.models import AuditEntry
from delivery.models import Reversal


def approvers(reversal: Reversal) -> list[User]:
    """Leaders in charge other than the drafter."""
    people = User.objects.with_permission("delivery.approve_reversal")
    return list(people.exclude(pk=reversal.drafted_by_id))


def tell_of_reversal(
    recipients: Iterable[User],
    reversal: Reversal,
    entry: AuditEntry,
    title: notices.Words,
    *,
    now: datetime,
    body: notices.Words = "",
) -> None:
    """Put a notice about `entry` to these people, once each; who did it needs none."""
    people = {person.pk: person for person in recipients if person.pk != entry.actor_id}
    notices.send(
        people.values(),
        key=f"{entry.event}:{reversal.pk}:{entry.sequence}",
        title=title,
        body=body,
        url=reversal.get_absolute_url(),
        clause=entry.clause,
        now=now,
    )

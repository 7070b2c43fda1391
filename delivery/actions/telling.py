"""Who has to act next, or must know, hears of it: outbox rows in the action's own transaction.

The key holds the audit entry's sequence, so that each event tells once and the next one again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model, Q

from aftersales.accounts.models import User
from aftersales.core import notices
from aftersales.core.models import AuditEntry
from delivery.models import ShippingNote


def tell(
    recipients: Iterable[User | None],
    subject: Model,
    entry: AuditEntry,
    title: notices.Words,
    *,
    now: datetime,
    body: notices.Words = "",
    url: str = "",
    is_urgent: bool = False,
) -> None:
    """Put a notice about `entry` of a note, or of what grew from it, to these people.

    It leads to the subject's own page, or to `url`; who did it needs none.
    """
    notices.send(
        [person for person in recipients if person and person.pk != entry.actor_id],
        key=f"{entry.event}:{subject.pk}:{entry.sequence}",
        title=title,
        body=body,
        url=url or subject.get_absolute_url(),
        clause=entry.clause,
        is_urgent=is_urgent,
        now=now,
    )


def leaders(note: ShippingNote) -> list[User]:
    """Those who may release it: leaders in charge other than the issuer (3.1.3)."""
    people = User.objects.with_permission("delivery.release_shippingnote")
    return list(people.exclude(pk=note.issuer_id))


def warehouse() -> list[User]:
    """Those who prepare the goods (3.1.2)."""
    return list(User.objects.with_permission("delivery.acknowledge_shippingnote"))


def sales_side(note: ShippingNote) -> list[User]:
    """Who answers for the note: the issuer and the salesperson, where they still work here."""
    return list(User.objects.active().filter(pk__in=[note.issuer_id, note.salesperson_id]))


def keepers() -> list[User]:
    """Those who verify (3.1.4)."""
    return list(User.objects.with_permission("delivery.verify_shippingnote"))


def dispatchers() -> list[User]:
    """Those who let goods out and choose the vehicle (3.2.2)."""
    return list(User.objects.with_permission("delivery.dispatch_shippingnote"))


def issuing_clerks(note: ShippingNote) -> list[User]:
    """The issuer, where still here, and the other sales clerks, who may withdraw the note."""
    clerks = User.objects.with_permission("delivery.edit_shippingnote")
    return list(User.objects.active().filter(Q(pk=note.issuer_id) | Q(pk__in=clerks.values("pk"))))

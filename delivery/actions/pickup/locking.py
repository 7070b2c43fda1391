"""What the steps of a difference begin and end with: the note's lock, its trail, who hears."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.notices import Words
from delivery.actions.locking import locked
from delivery.actions.telling import tell
from delivery.models import PickupDifference, ShippingNote


def locked_difference(difference: PickupDifference) -> PickupDifference:
    """The difference as it is now, under its note's lock until the transaction ends."""
    note = locked(ShippingNote.objects.get(pickup_checks__difference=difference))
    now = PickupDifference.objects.select_related("check_made").get(pk=difference.pk)
    now.check_made.note = note
    return now


def record_step(
    difference: PickupDifference, event: str, *, actor: User, now: datetime, step, **data
):
    """One entry in the note's trail, which holds the whole story of a pick-up."""
    return audit.record(
        difference.note,
        f"shippingnote.pickup_{event}",
        actor=actor,
        now=now,
        step=step,
        attempt=difference.check_made.attempt,
        **data,
    )


def tell_at_pickup(
    recipients: Iterable[User],
    note: ShippingNote,
    entry,
    title: Words,
    *,
    now: datetime,
    body: Words = "",
    is_urgent: bool = True,
) -> None:
    """Tell at once, since the customer's people stand in the yard; leads to the pick-up's page."""
    url = reverse("shippingnote_pickup", args=[note.reference])
    tell(recipients, note, entry, title, body=body, url=url, now=now, is_urgent=is_urgent)


def consenters() -> list[User]:
    """The sales managers."""
    return list(User.objects.with_permission("delivery.consent_pickup"))

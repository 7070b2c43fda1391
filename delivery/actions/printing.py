"""Printing is on record: who has made which paper of a note, and when."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from aftersales.accounts.models import User
from aftersales.core import audit
from delivery.models import ShippingNote

CLAUSES = {"shipping_note": "3.1.3", "delivery_note": "3.2.2"}


@transaction.atomic
def record_printing(
    notes: Iterable[ShippingNote], kind: str, *, actor: User, now: datetime
) -> None:
    """Put the print of each note's paper (figures.Kind) on its timeline."""
    pks = [note.pk for note in notes]
    # In the order of their keys, so that two who print the same notes do not lock each other.
    for note in ShippingNote.objects.select_for_update().filter(pk__in=pks).order_by("pk"):
        audit.record(
            note,
            "shippingnote.printed",
            actor=actor,
            now=now,
            clause=CLAUSES[kind],
            kind=str(kind),
            state=note.state,
        )

"""Printing is on record: who has made which paper of a note, when, and the how manieth it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.models import AuditEntry
from delivery.models import ShippingNote
from delivery.models.states import State

CLAUSES = {
    "shipping_note": "3.1.3",
    "goods_issue": "3.2.2",
    "delivery_note": "3.2.2",
    "packing_list": "3.2.2",
}
EVENT = "shippingnote.printed"
# What is printed before the release is no paper yet: it bears a mark, and the first print after
# the release is the original.
NOT_YET = (State.DRAFT, State.SUBMITTED)


@transaction.atomic
def record_printing(
    notes: Iterable[ShippingNote], kinds: Sequence[str], *, actor: User, now: datetime
) -> dict[tuple[int, str], int]:
    """Put the print of each note's papers (figures.Kind) on its timeline (3.1.3, 3.2.2).

    Gives for each note's pk and kind how many were printed before since the release: 0 is the
    original, anything else a copy (副本).
    """
    pks = [note.pk for note in notes]
    printed = {}
    # In the order of their keys, so that two who print the same notes do not lock each other.
    locked = list(ShippingNote.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    before = _printed_before(pks)
    for note in locked:
        for kind in kinds:
            number = 0 if note.state in NOT_YET else before[note.pk, str(kind)]
            printed[note.pk, str(kind)] = number
            audit.record(
                note,
                EVENT,
                actor=actor,
                now=now,
                clause=CLAUSES[kind],
                kind=str(kind),
                state=note.state,
                copy=number,
            )
    return printed


def _printed_before(pks: list[int]) -> Counter:
    """How often each paper of each note was printed since the release."""
    entries = AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(ShippingNote),
        object_id__in=pks,
        event=EVENT,
    )
    return Counter(
        (pk, data.get("kind", ""))
        for pk, data in entries.values_list("object_id", "data")
        if data.get("state") not in NOT_YET
    )

"""3.2.1 the receiver's name is signed on the note before handover."""

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions import closing, goods_in
from delivery.actions.locking import locked
from delivery.actions.pickup.locking import tell_at_pickup
from delivery.actions.signatures import Signer, sign, signer_on_screen
from delivery.actions.telling import keepers, sales_side
from delivery.models import ShippingNote, Signature
from delivery.receipts import Receipt
from delivery.workflow import WORKFLOW

CLAUSE = "3.2.1"


@transaction.atomic
def hand_over(
    note: ShippingNote,
    *,
    actor: User,
    now: datetime,
    name: str,
    phone: str = "",
    path: str = "",
    photo: UploadedFile | None = None,
) -> ShippingNote:
    """提貨簽收 (3.2.1): the receiver signs, on the screen or on paper with a photo; then the goods
    are handed over, and the note is closed.

    What was verified is what left and what was received, all of it sound; serial numbers become
    units under warranty. Raises RuleViolation where the last check of the three did not agree,
    at `name`, and at `path` without any signature.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "hand_over", actor=actor)
    signer = _signer(name, phone, path, photo)
    lines = _book(note)
    note.received_on = timezone.localdate(now)
    note.save(update_fields=["state", "received_on"])
    sign(note, Signature.Party.RECEIVER, signer, signed_at=now, now=now)
    doubtful = goods_in.register_units(note, lines, signer, actor=actor, now=now)
    _tell(note, step, signer, doubtful, actor=actor, now=now)
    return closing.close_signed(note, now=now)


def _signer(name: str, phone: str, path: str, photo: UploadedFile | None) -> Signer:
    try:
        return signer_on_screen(name, phone, path, photo)
    except RuleViolation as violation:
        violation.clause = CLAUSE  # the same signature, by another clause
        raise


def _book(note: ShippingNote):
    """Nothing is on its way: what was verified is loaded by the customer and received at once."""
    for line in note.lines.all():
        line.loaded_quantity = line.verified_quantity
        line.save(update_fields=["loaded_quantity"])
    return goods_in.book(note, {line.pk: Receipt.all_sound(line) for line in note.lines.all()})


def _tell(
    note: ShippingNote, step, signer: Signer, doubtful: list[str], *, actor: User, now: datetime
) -> None:
    with override(settings.LANGUAGE_CODE):
        facts = {"note": note.title, "name": signer.name, "customer": note.customer.name}
        entry = audit.record(
            note,
            "shippingnote.handed_over",
            actor=actor,
            now=now,
            step=step,
            name=signer.name,
            phone=signer.phone,
            means=signer.means,
            received_on=note.received_on,
            differences=doubtful,
        )
    trouble, done = (
        gettext_lazy("已交貨，設備檔案請核對：%(note)s"),
        gettext_lazy("顧客已提貨：%(note)s"),
    )
    words = trouble if doubtful else done
    tell_at_pickup(
        [*sales_side(note), *keepers()],
        note,
        entry,
        lambda: words % facts,
        body=lambda: "\n".join([_("%(customer)s，%(name)s 簽收。") % facts, *doubtful]),
        now=now,
        is_urgent=bool(doubtful),
    )

"""3.2.2 short, damp or damaged in transit opens a claim on the carrier or an incident."""

from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from aftersales.accounts.models import User
from aftersales.core import audit, numbering
from delivery.actions.losses.telling import concerned
from delivery.actions.telling import tell
from delivery.models import (
    ArrivalLine,
    ArrivalReport,
    LineSerial,
    ShippingNote,
    TransitLoss,
    TransitLossLine,
)

PREFIX, CLAUSE = "SP", "3.2.2"
CENT = Decimal("0.01")
Fate, Kind = LineSerial.Fate, TransitLossLine.Kind


def open_loss(
    note: ShippingNote, *, report: ArrivalReport, now: datetime, actor: User | None
) -> TransitLoss | None:
    """登記途損 (3.2.2) of a locked note, from its current report of the arrival.

    With an outside carrier a claim that cites the note's agreement, with the own fleet an
    incident; what was refused for quality goes elsewhere (3.5). Called in the transaction of the
    receipt; `actor` is None where the customer signed by link. None where nothing was lost on
    the way; a note has one loss, the one that it has already is given back.
    """
    if existing := TransitLoss.objects.filter(note=note).first():
        return existing
    found = [row for line in report.lines.select_related("line") for row in _lost_of(line)]
    if not found:
        return None
    loss = TransitLoss(
        number=numbering.take(PREFIX, now=now),
        note=note,
        party=TransitLoss.Party.CARRIER if note.is_carried else TransitLoss.Party.OWN_FLEET,
        carrier=note.carrier if note.is_carried else None,
        agreement=note.carrier_agreement if note.is_carried else None,
        owner=_owner_of(note),
        opened_at=now,
    )
    loss.save(force_insert=True)
    for row in found:
        row.loss = loss
    TransitLossLine.objects.bulk_create(found)
    _record(loss, found, actor, now)
    return loss


def _lost_of(arrived: ArrivalLine) -> Iterator[TransitLossLine]:
    """The damaged by their kind, and the short, each with its serial numbers and its price."""
    for kind, quantity, fate in (
        (arrived.damage_kind or Kind.OTHER, arrived.damaged, Fate.DAMAGED),
        (Kind.SHORT, arrived.short, Fate.SHORT),
    ):
        if quantity:
            yield TransitLossLine(
                line=arrived.line,
                kind=kind,
                quantity=quantity,
                serial_nos=sorted(each for each, what in arrived.fates.items() if what == fate),
                amount=_proposed(quantity, arrived.line.unit_price),
                remark=arrived.remark,
            )


def _proposed(quantity: Decimal, unit_price: Decimal | None) -> Decimal | None:
    if unit_price is None:
        return None
    return (quantity * unit_price).quantize(CENT, rounding=ROUND_HALF_UP)


def _owner_of(note: ShippingNote) -> User:
    """Who answers for the note and still works here, else a sales manager; never nobody."""
    near = (note.salesperson, note.customer.salesperson, note.issuer)
    at_work = [person for person in near if person and person.is_active]
    return (
        next(iter(at_work), None)
        or User.objects.with_permission("delivery.end_transitloss").order_by("pk").first()
        or note.issuer
    )


def _record(
    loss: TransitLoss, found: list[TransitLossLine], actor: User | None, now: datetime
) -> None:
    with override(settings.LANGUAGE_CODE):  # the customer may read the page in another language
        facts = {
            "actor": actor or _("系統"),
            "now": now,
            "clause": CLAUSE,
            "party": loss.party,
            "lost": [row.in_words for row in found],
            "owner": loss.owner.display_name,
        }
        audit.record(loss.note, "transitloss.opened", number=loss.number, **facts)
        entry = audit.record(
            loss,
            "transitloss.opened",
            note=loss.note.title,
            agreement=str(loss.agreement or ""),
            **facts,
        )
    claim, incident = gettext_lazy("途損待索賠：%(loss)s"), gettext_lazy("途損待處理：%(loss)s")
    words = claim if loss.is_claim else incident
    said = {"loss": loss.number, "note": loss.note.title, "owner": loss.owner}
    tell(
        concerned(loss),
        loss,
        entry,
        lambda: words % said,
        body=lambda: "\n".join(
            [_("%(note)s，負責人 %(owner)s。") % said, *(row.in_words for row in found)]
        ),
        now=now,
    )

"""What the tests of losses share: a note that was signed with trouble, and its loss at a state."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from aftersales.accounts.models import User
from delivery.actions.losses import open_loss
from delivery.models import ArrivalReport, ShippingNote, TransitLoss
from delivery.tests.partners import make_carrier


def carried(note: ShippingNote, carrier=None) -> ShippingNote:
    """The note, sent by an outside carrier under its agreement."""
    note.delivery_mode = "carrier"
    note.carrier = carrier or make_carrier()
    note.carrier_agreement = note.carrier.agreements.first()
    note.waybill_no = "DB-88120"
    note.save()
    return note


def priced(note: ShippingNote, *prices: str) -> ShippingNote:
    for line, price in zip(note.lines.all(), prices, strict=False):
        line.unit_price = Decimal(price)
        line.amount = line.quantity * line.unit_price
        line.save()
    return note


def reported(note: ShippingNote, now: datetime, **by_line) -> ArrivalReport:
    """A report that the salesperson has confirmed; by_line: l10={"damaged": "1", …}."""
    report = ArrivalReport.objects.create(
        note=note, attempt=note.arrival_reports.count() + 1, state="signed", means="link",
        reporter="王志明", reported_at=now, decided_at=now,
        decided_by=User.objects.with_role("salesperson").first() or note.issuer,
    )  # fmt: skip
    for name, facts in by_line.items():
        line = note.lines.get(line_no=int(name.removeprefix("l")))
        facts = {
            key: Decimal(value) if key in ("sound", "damaged", "short", "refused") else value
            for key, value in facts.items()
        }
        report.lines.create(line=line, **facts)
    return report


def opened(note: ShippingNote, report: ArrivalReport, now: datetime, actor=None):
    with transaction.atomic():
        return open_loss(note, report=report, now=now, actor=actor)


def make_loss(make_note, now: datetime, *, by_carrier: bool = True, prices=("3200", "85")):
    """One pump broken and two seals short, 3370 together; a claim, or an incident."""
    note = make_note(now, state="signed")
    if by_carrier:
        carried(note)
    priced(note, *prices)
    serials = list(note.lines.get(line_no=10).serials.values_list("serial_no", flat=True))
    report = reported(
        note, now,
        l10={"sound": "1", "damaged": "1", "damage_kind": "broken", "remark": "泵體開裂",
             "fates": {serials[0]: "sound", serials[1]: "damaged"}},
        l20={"sound": "4", "short": "2"},
    )  # fmt: skip
    return opened(note, report, now)


def at_state(loss: TransitLoss, state: str, now: datetime, **facts) -> TransitLoss:
    """The loss stored at a state, with what that state demands; for rows, not for rules."""
    S = TransitLoss.State
    if state in (S.CLAIMED, S.ACCEPTED, S.REJECTED, S.SETTLED) and loss.is_claim:
        loss.claimed_amount, loss.claimed_on = Decimal("3370"), now.date()
    if state == S.ACCEPTED:
        loss.agreed_amount, loss.reply, loss.replied_on = Decimal("3000"), "同意", now.date()
    if state == S.SETTLED:
        loss.settled_amount, loss.cause, loss.measure = Decimal("3000"), "急剎", "加固"
    if state == S.WRITTEN_OFF:
        loss.end_reason, loss.ended_by = "金額太小", loss.owner
    loss.state = state
    for name, value in facts.items():
        setattr(loss, name, value)
    loss.save()
    return loss


def page(client, name: str, *args, **query) -> str:
    """The text of a page that answers."""
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(client, **query) -> list[str]:
    """The numbers that the list shows."""
    answer = client.get(reverse("transitloss_list"), query)
    return [loss.number for loss in answer.context["page"]]

"""What the paper of a loss says: a pure read of rows, returned as a frozen dataclass (3.2.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings

from delivery import arrivals
from delivery.models import Signature, TransitLoss, TransitLossLine
from delivery.serial_ranges import in_ranges

S = TransitLoss.State


@dataclass(frozen=True)
class LostLine:
    """What of a line was lost; `amount` is None until it is assessed."""

    line_no: int
    name: str
    part_no: str
    spec: str
    serials: str
    kind: str
    quantity: Decimal
    uom: str
    unit_price: Decimal | None
    amount: Decimal | None
    remark: str


@dataclass(frozen=True)
class LossPaper:
    """One 索賠函 or 內部事故報告, ready to be drawn. Days are local, times aware."""

    is_claim: bool
    state: str
    state_text: str
    number: str
    dated: date | None
    carrier: str
    carrier_address: str
    carrier_contact: str
    agreement_no: str
    agreement_signed_on: date | None
    liability_terms: str
    claim_within_days: int | None
    claim_by: date | None
    note: str
    waybill_no: str
    vehicle_no: str
    driver: str
    customer: str
    address: str
    loaded_at: datetime | None
    loaded_by: str
    arrived_on: date
    received_by: str
    received_on: date | None
    lines: tuple[LostLine, ...]
    total: Decimal | None
    is_draft: bool
    photos: tuple[str, ...]
    cause: str
    measure: str
    contact: str
    ended_by: str
    ended_on: date | None
    address_of_qr: str


def read_letter(loss: TransitLoss) -> LossPaper:
    """The paper of a loss that was fetched with note, customer, carrier, agreement and owner."""
    note, carrier, agreement = loss.note, loss.carrier, loss.agreement
    signed = {each.party: each for each in note.signatures.all()}
    driver, receiver = signed.get(Signature.Party.DRIVER), signed.get(Signature.Party.RECEIVER)
    return LossPaper(
        is_claim=loss.is_claim,
        state=loss.state,
        state_text=str(loss.get_state_display()),
        number=loss.number,
        dated=loss.claimed_on if loss.is_claim else loss.ended_on,
        carrier=carrier.name if carrier else "",
        carrier_address=carrier.address if carrier else "",
        carrier_contact=_words(carrier.contact, carrier.phone, carrier.email) if carrier else "",
        agreement_no=agreement.number if agreement else "",
        agreement_signed_on=agreement.signed_on if agreement else None,
        liability_terms=agreement.liability_terms if agreement else "",
        claim_within_days=agreement.claim_within_days if agreement else None,
        claim_by=loss.claim_by,
        note=note.title,
        waybill_no=note.waybill_no,
        vehicle_no=note.vehicle_no,
        driver=_words(note.driver_name, note.driver_phone),
        customer=note.customer.name,
        address=note.address,
        loaded_at=driver.signed_at if driver else note.departed_at,
        loaded_by=driver.name if driver else "",
        arrived_on=loss.arrived_on,
        received_by=receiver.name if receiver else "",
        received_on=note.received_on,
        lines=tuple(_line(row) for row in loss.lines.all()),
        total=loss.lost_amount,
        is_draft=_is_draft(loss),
        photos=_photos(loss),
        cause=loss.cause,
        measure=loss.measure,
        contact=_words(loss.owner.display_name, loss.owner.phone, loss.owner.email),
        ended_by=loss.ended_by.display_name if loss.ended_by else "",
        ended_on=loss.ended_on,
        address_of_qr=settings.PUBLIC_BASE_URL + loss.get_absolute_url(),
    )


def _is_draft(loss: TransitLoss) -> bool:
    """Not claimed yet, or the amounts have changed since the claim that was refused."""
    if loss.state == S.OPEN:
        return True
    return loss.state == S.REJECTED and loss.lost_amount != loss.claimed_amount


def _line(row: TransitLossLine) -> LostLine:
    return LostLine(
        line_no=row.line.line_no,
        name=row.line.name,
        part_no=row.line.part_no,
        spec=row.line.spec,
        serials=in_ranges(row.serial_nos),
        kind=str(row.get_kind_display()),
        quantity=row.quantity,
        uom=row.line.uom,
        unit_price=row.line.unit_price,
        amount=row.amount,
        remark=row.remark,
    )


def _photos(loss: TransitLoss) -> tuple[str, ...]:
    """The names of the pictures of the lines that were lost, and of the whole load."""
    found = arrivals.photos(loss.note)
    wanted = (0, *(row.line.line_no for row in loss.lines.all()))
    return tuple(each.name for line_no in dict.fromkeys(wanted) for each in found.get(line_no, ()))


def _words(*words: str) -> str:
    return "　".join(word for word in words if word)

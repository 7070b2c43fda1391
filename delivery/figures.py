"""What the papers of a 發貨單 say: pure reads of rows, returned as frozen dataclasses."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import public_links
from delivery.actions.dispatching import RECEIVE
from delivery.models import LineCount, PickupCheck, ShippingNote, ShippingNoteLine, Signature
from delivery.serial_ranges import in_ranges
from delivery.workflow import last_check


class Kind(StrEnum):
    """The four views of a shipping note on paper, in the order in which they are bound."""

    SHIPPING_NOTE = "shipping_note"  # 發貨單
    GOODS_ISSUE = "goods_issue"  # 出庫單
    DELIVERY_NOTE = "delivery_note"  # 送貨單
    PACKING_LIST = "packing_list"  # 發貨清單


@dataclass(frozen=True)
class Line:
    """A line with its four quantities; None is what has not been counted yet.

    A blind line hides from its keeper how much is ordered, until it is counted (3.1.4).
    """

    line_no: int
    part_no: str
    name: str
    spec: str
    uom: str
    serials: str
    lot_no: str
    bin: str
    ordered: Decimal | None
    verified: Decimal | None
    loaded: Decimal | None
    sound: Decimal | None
    damaged: Decimal | None
    short: Decimal | None
    refused: Decimal | None
    receipt_remark: str
    is_blind: bool

    @property
    def received(self) -> Decimal | None:
        """實收: what stays with the customer, sound or damaged (3.2.2)."""
        return None if self.sound is None else self.sound + self.damaged

    @property
    def differs(self) -> bool:
        return bool(self.damaged or self.short or self.refused or self.receipt_remark)


@dataclass(frozen=True)
class Sign:
    """Who has signed and when; `path` is a signature drawn in a box of 300 × 112."""

    name: str = ""
    at: datetime | None = None
    path: str = ""
    is_day_only: bool = False  # taken off a paper, which names no hour

    @property
    def when_text(self) -> str:
        if not self.at:
            return ""
        local = timezone.localtime(self.at)
        return f"{local:%Y-%m-%d}" if self.is_day_only else f"{local:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class NotePaper:
    """One 發貨單 or 送貨單, ready to be drawn. Times are aware."""

    kind: Kind
    reference: str
    number: str
    revision: int
    issued_on: date | None
    state: str
    state_text: str
    reason: str
    customer: str
    ship_to: str
    consignee: str
    phone: str
    address: str
    order_no: str
    customer_ref: str
    ship_on: date | None
    modes: tuple[tuple[str, bool], ...]
    is_pickup: bool
    pickup_basis: str  # by which contract, or as agreed (3.2.1)
    needs_commissioning: bool
    inspection_no: str
    carrier: str
    waybill_no: str
    vehicle_no: str
    driver_name: str
    driver_phone: str
    remark: str
    recounts: int
    contact: str
    lines: tuple[Line, ...]
    made: Sign
    released: Sign
    verified: Sign
    issued: Sign
    checked: tuple[Sign, Sign]  # clerk and keeper of the check that agreed at a pick-up (3.2.1)
    driven: Sign
    received: Sign
    address_of_qr: str
    is_qr_for_receipt: bool
    agreement_no: str
    posted_on: date | None
    copy_no: int  # 0: the original, 1: the first copy (副本)

    @property
    def is_blind(self) -> bool:
        return any(line.is_blind for line in self.lines)

    def total(self, quantity: str) -> Decimal | None:
        """The sum of a quantity over the lines; None where no line has it or one hides it."""
        if quantity == "ordered" and self.is_blind:
            return None
        found = [value for line in self.lines if (value := getattr(line, quantity)) is not None]
        return sum(found, Decimal(0)) if found else None


def read_papers(
    notes: Sequence[ShippingNote],
    kinds: Sequence[Kind],
    *,
    now: datetime,
    blind: Container[int] = (),
    copies: Mapping[tuple[int, str], int] | None = None,
) -> tuple[NotePaper, ...]:
    """The papers of the notes, in their order, those of one note together.

    Queries do not grow with the lines. `blind`: the keys of the notes whose reader counts them
    blind just now (3.1.4). `copies`: by key and kind, how many were printed before.
    """
    found = _with_all(ShippingNote.objects.filter(pk__in=[note.pk for note in notes])).in_bulk()
    return tuple(
        _paper(found[note.pk], kind, now, note.pk in blind, (copies or {}).get((note.pk, kind), 0))
        for note in notes
        for kind in kinds
    )


def _with_all(notes):
    people = ("issuer", "salesperson", "released_by", "verified_by", "issued_by")
    differing = LineCount.objects.exclude(result=LineCount.Result.MATCH)
    lines = ShippingNoteLine.objects.order_by("line_no", "pk").prefetch_related(
        "serials", Prefetch("counts", queryset=differing, to_attr="differing_counts")
    )
    checks = PickupCheck.objects.select_related("clerk", "keeper")
    return notes.select_related(
        "customer", "ship_to", "carrier", "carrier_agreement", "contract", *people
    ).prefetch_related(
        "signatures", Prefetch("lines", queryset=lines), Prefetch("pickup_checks", queryset=checks)
    )


def _paper(
    note: ShippingNote, kind: Kind, now: datetime, is_blind: bool, copy_no: int
) -> NotePaper:
    signatures = {signature.party: signature for signature in note.signatures.all()}
    link = public_links.current_link(note, RECEIVE, now=now) if kind is Kind.DELIVERY_NOTE else None
    return NotePaper(
        kind=kind,
        reference=note.reference,
        number=note.number or note.title,
        revision=note.revision,
        issued_on=note.issued_on,
        state=note.state,
        state_text=str(note.get_state_display()),
        reason=note.reason,
        customer=note.customer.name,
        ship_to=note.ship_to.name if note.ship_to else "",
        consignee=note.consignee,
        phone=note.phone,
        address=note.address,
        order_no=note.order_no or (note.contract.number if note.contract else ""),
        customer_ref=note.customer_ref or note.external_no,
        ship_on=note.ship_on,
        modes=tuple(
            (str(label), value == note.delivery_mode)
            for value, label in ShippingNote.DeliveryMode.choices
        ),
        is_pickup=note.delivery_mode == ShippingNote.DeliveryMode.PICKUP,
        pickup_basis=_basis(note),
        needs_commissioning=note.needs_commissioning,
        inspection_no=note.final_inspection_no,
        carrier=note.carrier_text,
        waybill_no=note.waybill_no,
        vehicle_no=note.vehicle_no,
        driver_name=note.driver_name,
        driver_phone=note.driver_phone,
        remark=note.remark,
        recounts=sum(len(line.differing_counts) for line in note.lines.all()),
        contact=_words(note.salesperson.display_name, note.salesperson.phone)
        if note.salesperson
        else "",
        lines=tuple(_line(line, is_blind) for line in note.lines.all()),
        made=Sign(note.issuer.display_name, note.submitted_at or note.created_at),
        released=_released(note),
        verified=_signed(note.verified_by, note.verified_at),
        issued=_signed(note.issued_by, note.issued_at),
        checked=_checked(note),
        driven=_drawn(signatures.get(Signature.Party.DRIVER)),
        received=_drawn(signatures.get(Signature.Party.RECEIVER)),
        address_of_qr=public_links.address_of(link, "public_receive")
        if link
        else settings.PUBLIC_BASE_URL + note.get_absolute_url(),
        is_qr_for_receipt=link is not None,
        agreement_no=note.carrier_agreement.number if note.carrier_agreement else "",
        posted_on=note.posted_on,
        copy_no=copy_no,
    )


def _line(line: ShippingNoteLine, is_blind: bool) -> Line:
    is_blind = is_blind and line.verified_quantity is None
    captured = [serial.serial_no for serial in line.serials.all()]
    return Line(
        line_no=line.line_no,
        part_no=line.part_no,
        name=line.name,
        spec=line.spec,
        uom=line.uom,
        serials="" if is_blind else in_ranges(captured or line.planned_serials),
        lot_no=line.lot_no,
        bin=line.bin,
        ordered=None if is_blind else line.quantity,
        verified=line.verified_quantity,
        loaded=line.loaded_quantity,
        sound=line.received_sound,
        damaged=line.received_damaged,
        short=line.short,
        refused=line.refused,
        receipt_remark=line.receipt_remark,
        is_blind=is_blind,
    )


def _released(note: ShippingNote) -> Sign:
    if note.released_by is None:
        return Sign()
    name = note.released_by.display_name
    if note.released_for:
        name = _("%(deputy)s（代 %(principal)s）") % {
            "deputy": name,
            "principal": note.released_for,
        }
    return Sign(name, note.released_at)


def _basis(note: ShippingNote) -> str:
    contract = note.contract.number if note.contract else ""
    basis = str(note.get_pickup_basis_display()) if note.is_pickup else ""
    return _words(basis, contract, note.pickup_basis_text) if basis else ""


def _checked(note: ShippingNote) -> tuple[Sign, Sign]:
    last = last_check(note) if note.is_pickup else None
    if last is None or not last.is_match:
        return Sign(), Sign()
    return _signed(last.clerk, last.checked_at), _signed(last.keeper, last.checked_at)


def _signed(person, at: datetime | None) -> Sign:
    return Sign(person.display_name, at) if person else Sign()


def _drawn(signature: Signature | None) -> Sign:
    if signature is None:
        return Sign()
    is_day_only = signature.means == Signature.Means.PAPER
    return Sign(signature.name, signature.signed_at, signature.path, is_day_only)


def _words(*words: str) -> str:
    return " ".join(word for word in words if word)

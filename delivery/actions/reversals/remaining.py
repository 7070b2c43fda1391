"""What of a signed note can still be taken back: received, less what approved reversals took."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from delivery.models import LineSerial, Reversal, ReversalLine, ShippingNote, ShippingNoteLine

Fate = LineSerial.Fate
CAME = (Fate.SOUND, Fate.DAMAGED)


@dataclass(frozen=True)
class Remaining:
    """A line with the quantity that stands, and the serial numbers that stand."""

    line: ShippingNoteLine
    quantity: Decimal
    serial_nos: tuple[str, ...]


def remaining(note: ShippingNote) -> list[Remaining]:
    """The lines of a signed note, in their order; two queries besides the lines."""
    taken = dict(
        ReversalLine.objects.filter(reversal__note=note, reversal__state=Reversal.State.APPROVED)
        .order_by()
        .values_list("line")
        .annotate(taken=Sum("quantity"))
    )
    return [
        _of(line, taken.get(line.pk, Decimal(0)))
        for line in note.lines.prefetch_related("serials__unit")
    ]


def _of(line: ShippingNoteLine, taken: Decimal) -> Remaining:
    received = (line.received_sound or Decimal(0)) + (line.received_damaged or Decimal(0))
    serials = tuple(
        serial.serial_no for serial in line.serials.all() if serial.is_out and serial.fate in CAME
    )
    return Remaining(line, received - taken, serials)

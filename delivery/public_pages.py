"""What the public pages show of a note, in few words and numbers."""

from dataclasses import dataclass
from decimal import Decimal

from delivery.models import LoadingCount, ShippingNote, ShippingNoteLine
from delivery.quantities import plain


@dataclass(frozen=True)
class Differing:
    """A line of which the driver counted something else."""

    line: ShippingNoteLine
    counted: Decimal


def totals(note: ShippingNote) -> list[str]:
    """The pieces by their unit, as they add up: 4 台, 6 套."""
    sums: dict[str, Decimal] = {}
    for line in note.lines.all():
        sums[line.uom] = sums.get(line.uom, Decimal(0)) + line.verified_quantity
    return [f"{plain(number)} {uom}" for uom, number in sums.items()]


def last_differences(note: ShippingNote) -> list[Differing]:
    """What differed when the driver counted last; empty where nothing has been counted.

    A count from before the last recheck is over: the goods have been counted anew since.
    """
    counts = LoadingCount.objects.filter(line__note=note)
    if note.issued_at:
        counts = counts.filter(counted_at__gte=note.issued_at)
    last = counts.select_related("line").order_by("-attempt").first()
    if last is None:
        return []
    return [
        Differing(count.line, count.counted_quantity)
        for count in counts.filter(attempt=last.attempt).select_related("line")
        if count.counted_quantity != count.line.verified_quantity
    ]

"""What the public pages show of a note, in few words and numbers."""

from dataclasses import dataclass
from decimal import Decimal

from delivery import arrivals
from delivery.models import ArrivalLine, ArrivalReport, LoadingCount, ShippingNote, ShippingNoteLine
from delivery.quantities import plain
from delivery.receipts import Receipt


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


@dataclass(frozen=True)
class Told:
    """A line in trouble as the customer has reported it."""

    line: ShippingNoteLine
    sentence: str
    photos: int


@dataclass(frozen=True)
class Ending:
    """What becomes of a line by our decision: its quantities by their words."""

    line: ShippingNoteLine
    receipt: Receipt
    decision: str
    numbers: list[tuple[str, Decimal]]
    serials: list[tuple[str, str]]

    @property
    def is_returned(self) -> bool:
        return self.decision == ArrivalLine.Decision.RETURN


def told(report: ArrivalReport) -> list[Told]:
    """The lines of a report about which something was said."""
    photos = arrivals.photos(report.note)
    return [
        Told(each.line, sentence, len(photos.get(each.line.line_no, [])))
        for each in report.lines.all()
        if (sentence := arrivals.trouble(each.line, Receipt.of(each)))
    ]


def endings(report: ArrivalReport) -> list[Ending]:
    """Every line as the customer signs it; those with nothing to say of at the end."""
    results, words = arrivals.outcome(report), arrivals.endings()
    found = []
    for each in report.lines.all():
        receipt = results[each.line_id]
        numbers = [
            (words[name], getattr(receipt, name)) for name in words if getattr(receipt, name)
        ]
        serials = [(no, words[fate]) for no, fate in sorted(receipt.fates.items())]
        found.append(Ending(each.line, receipt, each.decision, numbers, serials))
    return sorted(found, key=lambda ending: not ending.receipt.has_trouble)

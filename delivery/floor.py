"""What the keeper's pages show (3.1.4): lines with their attempts, what is missing, what a scan finds.

Reads only. Whether a quantity on the note may be shown is a matter of the line: `is_known`
holds once an attempt has been confirmed and the line is not to be counted again.
"""

import re
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from aftersales.core.text import fold, listed
from delivery.actions.counting import is_open
from delivery.models import LineCount, ShippingNote, ShippingNoteLine
from delivery.quantities import plain
from delivery.serials import tidy_serial
from delivery.workflow import S

IN_HAND = (S.RELEASED, S.VERIFYING, S.ADJUSTING)
_LABEL_PARTS = re.compile(r"[\s;,|，；、:：=]+")


@dataclass(frozen=True)
class Compared:
    """One fact of a line: as the note has it and as the goods are."""

    label: str
    wanted: str
    found: str
    differs: bool


@dataclass(frozen=True)
class FloorLine:
    """A line with every attempt at it, the first one first."""

    line: ShippingNoteLine
    counts: tuple[LineCount, ...]

    @property
    def last(self) -> LineCount | None:
        return self.counts[-1] if self.counts else None

    @property
    def is_matched(self) -> bool:
        return self.line.verified_quantity is not None

    @property
    def is_open(self) -> bool:
        return is_open(self.line, self.last)

    @property
    def is_in_trouble(self) -> bool:
        return not self.is_matched and not self.is_open

    @property
    def attempt(self) -> int:
        """The number of the next attempt."""
        return len(self.counts) + 1

    @property
    def tone(self) -> str:
        return "done" if self.is_matched else "late" if self.is_in_trouble else "run"

    @property
    def label(self) -> str:
        if self.is_matched:
            return _("一致")
        if self.is_in_trouble:
            return self.last.get_result_display()
        return _("待重點") if self.last and not self.last.is_match else _("待點")

    @property
    def compared(self) -> list[Compared]:
        """The last attempt against the note; only for a line in trouble, where both are known."""
        return list(_compared(self.line, self.last)) if self.is_in_trouble else []


def queue(user):
    """The notes in the keeper's hands that the user may see, the next to leave first."""
    return (
        ShippingNote.objects.visible_to(user)
        .filter(state__in=IN_HAND)
        .select_related("customer")
        .annotate(
            line_count=Count("lines"),
            matched_count=Count("lines", filter=Q(lines__verified_quantity__isnull=False)),
        )
        .order_by("ship_on", "pk")
    )


def lines_of(note: ShippingNote) -> list[FloorLine]:
    """All lines of a note with their attempts."""
    counts: dict[int, list[LineCount]] = {}
    rows = LineCount.objects.filter(line__note=note).select_related("counted_by", "adjustment")
    for count in rows.order_by("line", "attempt"):
        counts.setdefault(count.line_id, []).append(count)
    lines = note.lines.select_related("product").prefetch_related("serials")
    return [FloorLine(line, tuple(counts.get(line.pk, ()))) for line in lines]


def missing(lines: list[FloorLine]) -> list[str]:
    """What is still to do before the gate opens: a sentence for lines in trouble, one for the rest."""
    left = [each for each in lines if not each.is_matched]
    kinds = (
        (
            _("第 %(lines)s 行有差異，須調整並重新核對"),
            [each for each in left if each.is_in_trouble],
        ),
        (_("第 %(lines)s 行還沒有點數"), [each for each in left if not each.is_in_trouble]),
    )
    return [
        words % {"lines": listed(each.line.line_no for each in found)}
        for words, found in kinds
        if found
    ]


def find(lines: list[FloorLine], text: str) -> list[FloorLine]:
    """The lines that a scanned label or typed text means: by part number or serial number.

    A label may hold both; then the part number goes before. Of several lines with one part
    number those still to be counted go before the rest.
    """
    words = [fold(text), *map(fold, _LABEL_PARTS.split(text))]
    wanted = {word for word in words if word}
    found = [each for each in lines if fold(each.line.part_no) in wanted]
    found = found or [each for each in lines if _serials(each.line) & wanted]
    still_open = [each for each in found if each.is_open]
    return still_open if still_open and len(found) > 1 else found


def serial_in(each: FloorLine, text: str) -> str:
    """The serial number in the scanned text, where it belongs to this line; else empty."""
    for word in [text, *_LABEL_PARTS.split(text)]:
        if fold(word) and fold(word) in _serials(each.line):
            return tidy_serial(word)
    return ""


def _serials(line: ShippingNoteLine) -> set[str]:
    claimed = [serial.serial_no for serial in line.serials.all()]
    return {fold(serial_no) for serial_no in [*line.planned_serials, *claimed]}


def _compared(line: ShippingNoteLine, count: LineCount):
    if count.wrong_part_no:
        yield Compared(_("料號"), line.part_no, count.wrong_part_no, True)
    yield Compared(
        _("數量"),
        f"{plain(line.quantity)} {line.uom}",
        _found_number(line, count),
        bool(
            count.counted_quantity != line.quantity
            or count.damaged_quantity
            or count.wrong_quantity
        ),
    )
    if line.planned_serials:
        wanted, found = line.planned_serials, count.serial_nos
        differs = {fold(each) for each in wanted} != {fold(each) for each in found}
        yield Compared(_("序列號"), listed(wanted), listed(found) or "—", differs)
    if line.lot_no and count.lot_no:
        differs = fold(line.lot_no) != fold(count.lot_no)
        yield Compared(_("批號"), line.lot_no, count.lot_no, differs)


def _found_number(line: ShippingNoteLine, count: LineCount) -> str:
    right = f"{plain(count.counted_quantity)} {line.uom}"
    if count.wrong_quantity:
        facts = {"right": right, "wrong": f"{plain(count.wrong_quantity)} {line.uom}"}
        right = _("%(right)s對，%(wrong)s錯") % facts
    if count.damaged_quantity:
        facts = {"found": right, "damaged": f"{plain(count.damaged_quantity)} {line.uom}"}
        right = _("%(found)s，其中破損 %(damaged)s") % facts
    return right

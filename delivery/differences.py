"""3.1.4 what differs between the note and the goods of a line, as a kind and a sentence."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from aftersales.core.text import fold
from delivery.models import LineCount, ShippingNoteLine
from delivery.quantities import plain
from delivery.serials import tidy_serial

Result = LineCount.Result
LONGEST = LineCount._meta.get_field("difference").max_length


@dataclass(frozen=True)
class Tally:
    """What a keeper found at a line. `counted` is of the right item and includes `damaged`."""

    counted: Decimal
    damaged: Decimal = Decimal(0)
    wrong_part_no: str = ""
    wrong: Decimal = Decimal(0)
    serial_nos: tuple[str, ...] = ()
    lot_no: str = ""


@dataclass(frozen=True)
class Difference:
    """The kind and, unless it is a match, the sentence with the numbers."""

    result: str
    sentence: str = ""


def compare(line: ShippingNoteLine, tally: Tally) -> Difference:
    """The note against the goods: a wrong item outweighs the number, the number the damage."""
    found = [
        *_wrong_item(line, tally),
        *_wrong_serials(line, tally),
        *_wrong_lot(line, tally),
        *_number(line, tally),
        *_damage(line, tally),
    ]
    if not found:
        return Difference(Result.MATCH)
    sentence = "；".join(words for _kind, words in found)
    return Difference(found[0][0], sentence[:LONGEST])


def _wrong_item(line, tally):
    if tally.wrong:
        facts = {
            "wrong": plain(tally.wrong),
            "uom": line.uom,
            "found": tally.wrong_part_no,
            "wanted": line.part_no,
        }
        yield (
            Result.WRONG_ITEM,
            _("錯裝 %(wrong)s %(uom)s：實物 %(found)s，單上 %(wanted)s") % facts,
        )


def _wrong_serials(line, tally):
    """Numbers that the note does not name, beyond those that it leaves to the warehouse."""
    planned = {fold(tidy_serial(serial_no)) for serial_no in line.planned_serials}
    if not planned:
        return
    strange = [serial_no for serial_no in tally.serial_nos if fold(serial_no) not in planned]
    left_open = max(0, int(line.quantity) - len(planned))
    if len(strange) > left_open:
        facts = {"found": "、".join(strange[:5]), "wanted": "、".join(line.planned_serials[:5])}
        yield (Result.WRONG_ITEM, _("序列號 %(found)s 不是單上的（單上 %(wanted)s）") % facts)


def _wrong_lot(line, tally):
    if line.lot_no and tally.lot_no and fold(line.lot_no) != fold(tally.lot_no):
        facts = {"found": tally.lot_no, "wanted": line.lot_no}
        yield (Result.WRONG_ITEM, _("批號 %(found)s，單上 %(wanted)s") % facts)


def _number(line, tally):
    off = tally.counted - line.quantity
    facts = {
        "off": plain(abs(off)),
        "uom": line.uom,
        "wanted": plain(line.quantity),
        "found": plain(tally.counted),
    }
    if off < 0:
        yield (
            Result.SHORT,
            _("漏裝 %(off)s %(uom)s：單上 %(wanted)s %(uom)s，實點 %(found)s %(uom)s") % facts,
        )
    elif off > 0:
        yield (
            Result.OVER,
            _("多裝 %(off)s %(uom)s：單上 %(wanted)s %(uom)s，實點 %(found)s %(uom)s") % facts,
        )


def _damage(line, tally):
    if tally.damaged:
        facts = {"damaged": plain(tally.damaged), "uom": line.uom}
        yield (Result.DAMAGED, _("破損 %(damaged)s %(uom)s") % facts)

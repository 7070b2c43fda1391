"""3.1.4 one attempt at one line: counted, compared, kept for ever."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.text import fold, half_width_words, tidy
from delivery.actions import claims
from delivery.actions.locking import locked
from delivery.actions.telling import issuing_clerks, tell
from delivery.differences import Difference, Tally, compare
from delivery.models import LineCount, ShippingNote, ShippingNoteLine
from delivery.quantities import exact, plain
from delivery.serials import distinct_serials
from delivery.workflow import WORKFLOW

CLAUSE = "3.1.4"


@transaction.atomic
def count_line(
    line: ShippingNoteLine,
    *,
    actor: User,
    now: datetime,
    counted_quantity: Decimal,
    damaged_quantity: Decimal = Decimal(0),
    wrong_part_no: str = "",
    wrong_quantity: Decimal = Decimal(0),
    serial_nos=(),
    lot_no: str = "",
) -> LineCount:
    """核對一行 (3.1.4): keep the attempt; a match verifies the line and claims its serials.

    `counted_quantity` is of the right item, the damaged ones included; another item stands in
    `wrong_part_no` with its number. A difference stops the note (adjusting) and is told.
    Raises RuleViolation where the line matches already, its last difference is not corrected,
    the numbers contradict each other, or a serial number has left before.
    """
    note = locked(line.note)
    line = note.lines.select_related("product").get(pk=line.pk)
    WORKFLOW.apply(note, "count_line", actor=actor)
    last = line.counts.select_related("counted_by", "adjustment").order_by("-attempt").first()
    _refuse_when_not_open(line, last)
    tally = _tally(
        line, counted_quantity, damaged_quantity, wrong_part_no, wrong_quantity, serial_nos, lot_no
    )
    claims.refuse_taken(line, list(tally.serial_nos))
    with override(settings.LANGUAGE_CODE):  # kept in the company's language, whoever counts
        difference = compare(line, tally)
    count = _keep(line, last, tally, difference, actor, now)
    if count.is_match:
        _verify(note, line, count, actor)
    else:
        _stop(note, line, count, actor)
    return count


def is_open(line: ShippingNoteLine, last: LineCount | None) -> bool:
    """True where the line may be counted: not matched yet, its last difference corrected."""
    if line.verified_quantity is not None:
        return False
    return last is None or last.is_match or last.is_corrected


def _refuse_when_not_open(line: ShippingNoteLine, last: LineCount | None) -> None:
    if is_open(line, last):
        return
    facts = {
        "line": line.line_no,
        "who": last.counted_by.display_name,
        "at": date_format(timezone.localtime(last.counted_at), "SHORT_DATETIME_FORMAT"),
        "attempt": last.attempt,
        "difference": last.difference,
    }
    if last.is_match:
        message = _("第 %(line)d 行已由 %(who)s 於 %(at)s 核對一致，不用再點")
    else:
        message = _(
            "第 %(line)d 行第 %(attempt)d 次核對的差異還沒有更正（%(difference)s），請先調整再點"
        )
    raise RuleViolation(message % facts, clause=CLAUSE)


def _tally(line, counted, damaged, wrong_part_no, wrong, serial_nos, lot_no) -> Tally:
    counted = exact(counted, label=_("實點數量"), clause=CLAUSE, field="counted_quantity")
    damaged = exact(damaged or 0, label=_("破損數量"), clause=CLAUSE, field="damaged_quantity")
    wrong = exact(wrong or 0, label=_("錯裝數量"), clause=CLAUSE, field="wrong_quantity")
    wrong_part_no = half_width_words(tidy(wrong_part_no))
    if damaged > counted:
        message = _("破損最多 %(counted)s %(uom)s：它算在實點數量之內")
        _refuse(message % {"counted": plain(counted), "uom": line.uom}, "damaged_quantity")
    if wrong_part_no and not wrong:
        _refuse(_("請填錯裝 %(part)s 的數量") % {"part": wrong_part_no}, "wrong_quantity")
    if wrong and not wrong_part_no:
        _refuse(_("請填錯裝的實物料號；認不出時寫外觀或銘牌上的型號"), "wrong_part_no")
    if wrong_part_no == line.part_no:
        _refuse(_("錯裝的料號與單上相同；同一料號的請算在實點數量"), "wrong_part_no")
    # A label often holds the part number beside the serial number; scanned, both come along.
    named = [serial_no for serial_no in serial_nos if fold(serial_no) != fold(line.part_no)]
    serials = distinct_serials(named, clause=CLAUSE)
    _check_number_of_serials(line, counted, serials)
    return Tally(counted, damaged, wrong_part_no, wrong, tuple(serials), tidy(lot_no))


def _check_number_of_serials(line, counted: Decimal, serials: list[str]) -> None:
    if line.needs_serials and counted % 1:
        _refuse(_("這一行逐台核對序列號，實點數量要是整數"), "counted_quantity")
    if (line.needs_serials or serials) and len(serials) != counted:
        facts = {"serials": len(serials), "counted": plain(counted), "uom": line.uom}
        _refuse(
            _("序列號有 %(serials)d 個，實點 %(counted)s %(uom)s，兩者要一樣多") % facts,
            "serial_nos",
        )


def _keep(line, last, tally: Tally, difference: Difference, actor, now) -> LineCount:
    count = LineCount(
        line=line,
        attempt=last.attempt + 1 if last else 1,
        result=difference.result,
        counted_quantity=tally.counted,
        damaged_quantity=tally.damaged,
        wrong_part_no=tally.wrong_part_no,
        wrong_quantity=tally.wrong,
        serial_nos=list(tally.serial_nos),
        lot_no=tally.lot_no,
        difference=difference.sentence,
        counted_at=now,
        counted_by=actor,
    )
    count.clean_fields(exclude=["line", "counted_by", "serial_nos"])
    count.save(force_insert=True)
    return count


def _verify(note: ShippingNote, line: ShippingNoteLine, count: LineCount, actor) -> None:
    is_lot_captured = bool(count.lot_no) and not line.lot_no
    line.verified_quantity = count.counted_quantity
    line.lot_no = line.lot_no or count.lot_no
    line.save(update_fields=["verified_quantity", "lot_no"])
    claims.claim(line, count.serial_nos)
    _record(note, "shippingnote.line_counted", count, actor, is_lot_captured=is_lot_captured)


def _stop(note: ShippingNote, line: ShippingNoteLine, count: LineCount, actor) -> None:
    WORKFLOW.apply(note, "find_difference", actor=actor)
    note.save(update_fields=["state"])
    entry = _record(note, "shippingnote.difference_found", count, actor)
    facts = {
        "note": note.title,
        "line": line.line_no,
        "name": line.name,
        "difference": count.difference,
        "who": actor.display_name,
    }
    tell(
        issuing_clerks(note),
        note,
        entry,
        lambda: _("核對有差異：%(note)s 第 %(line)d 行") % facts,
        body=lambda: _("%(name)s：%(difference)s。%(who)s 核對。") % facts,
        now=count.counted_at,
    )


def _record(note, event: str, count: LineCount, actor, **more):
    return audit.record(
        note,
        event,
        actor=actor,
        now=count.counted_at,
        step=WORKFLOW["count_line"],
        line_no=count.line.line_no,
        attempt=count.attempt,
        result=count.result,
        counted=plain(count.counted_quantity),
        difference=count.difference,
        serial_nos=count.serial_nos,
        lot_no=count.lot_no,
        **more,
    )


def _refuse(message: str, field: str) -> None:
    raise RuleViolation(message, clause=CLAUSE, field=field)

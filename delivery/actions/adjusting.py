"""3.1.4 wrong or missing items are corrected before they are verified again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.text import half_width_words, tidy
from delivery.actions.locking import locked
from delivery.actions.photos import attach_photos
from delivery.actions.telling import issuing_clerks, tell
from delivery.models import Adjustment, LineCount, ShippingNote
from delivery.workflow import WORKFLOW

Measure = Adjustment.Measure
CLAUSE = "3.1.4"


@transaction.atomic
def adjust_line(
    count: LineCount,
    *,
    actor: User,
    now: datetime,
    measure: str,
    put_back_bin: str = "",
    remark: str = "",
    photos=(),
) -> Adjustment:
    """調整差異 (3.1.4): say what was done about the last attempt at a line.

    `corrected` lets the line be counted again; where the stock is missing or the note is wrong
    the note stays, the sales clerks are told, and the line may be corrected later. Raises
    RuleViolation for an attempt that is not the last, matches, or is corrected already.
    """
    note = locked(count.line.note)
    step = WORKFLOW.apply(note, "adjust_line", actor=actor)
    count = LineCount.objects.select_related("line", "adjustment").get(pk=count.pk)
    _refuse_when_settled(count)
    if measure not in Measure.values:
        raise RuleViolation(_("請選怎樣處理"), clause=CLAUSE, field="measure")
    adjustment = getattr(count, "adjustment", None) or Adjustment(count=count)
    adjustment.measure = measure
    adjustment.put_back_bin = half_width_words(tidy(put_back_bin))
    adjustment.remark = tidy(remark)
    adjustment.made_at, adjustment.made_by = now, actor
    adjustment.clean_fields(exclude=["count", "made_by"])
    adjustment.save()
    kept = attach_photos(note, photos, actor=actor, now=now, purpose="difference")
    entry = audit.record(
        note,
        "shippingnote.line_adjusted",
        actor=actor,
        now=now,
        step=step,
        line_no=count.line.line_no,
        attempt=count.attempt,
        measure=measure,
        put_back_bin=adjustment.put_back_bin,
        remark=adjustment.remark,
        photos=[photo.sha256 for photo in kept],
    )
    if measure == Measure.CORRECTED:
        _resume_when_settled(note, actor)
    else:
        _tell_clerks(note, count, adjustment, entry)
    return adjustment


def _refuse_when_settled(count: LineCount) -> None:
    facts = {"line": count.line.line_no, "attempt": count.attempt}
    message = ""
    if count.line.counts.filter(attempt__gt=count.attempt).exists():
        message = _("第 %(line)d 行後來又點過，請調整最近一次的差異")
    elif count.is_match:
        message = _("第 %(line)d 行第 %(attempt)d 次核對一致，不用調整")
    elif count.is_corrected:
        message = _("第 %(line)d 行第 %(attempt)d 次的差異已經更正，請重新點數")
    if message:
        raise RuleViolation(message % facts, clause=CLAUSE)


def _resume_when_settled(note: ShippingNote, actor) -> None:
    """Back to verifying where no line has a difference that is not corrected."""
    last: dict[int, LineCount] = {}
    counts = LineCount.objects.filter(line__note=note).select_related("adjustment")
    for count in counts.order_by("attempt"):
        last[count.line_id] = count
    if all(count.is_match or count.is_corrected for count in last.values()):
        WORKFLOW.apply(note, "resume_verification", actor=actor)
        note.save(update_fields=["state"])


def _tell_clerks(note: ShippingNote, count: LineCount, adjustment: Adjustment, entry) -> None:
    words = {
        Measure.NO_STOCK: gettext_lazy("庫存不足，停在核對：%(note)s 第 %(line)d 行"),
        Measure.NOTE_WRONG: gettext_lazy("倉庫認為單據寫錯，請撤回改單：%(note)s 第 %(line)d 行"),
    }
    facts = {
        "note": note.title,
        "line": count.line.line_no,
        "name": count.line.name,
        "difference": count.difference,
        "remark": adjustment.remark,
        "who": adjustment.made_by.display_name,
    }
    body = gettext_lazy("%(name)s：%(difference)s。%(who)s：%(remark)s")
    if not adjustment.remark:
        body = gettext_lazy("%(name)s：%(difference)s。%(who)s 處理。")
    tell(
        issuing_clerks(note),
        note,
        entry,
        lambda: words[adjustment.measure] % facts,
        body=lambda: body % facts,
        now=adjustment.made_at,
    )

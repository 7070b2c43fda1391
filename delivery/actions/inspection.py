"""3.1.1 the final inspection, without which no 發貨單 goes out."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions.locking import locked, required_text
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW

FIRST = date(2000, 1, 1)


@transaction.atomic
def record_inspection(
    note: ShippingNote,
    *,
    actor,
    now: datetime,
    final_inspection_no: str,
    final_inspection_on: date,
    final_inspection_by: str,
) -> ShippingNote:
    """登記終檢合格 (3.1.1): number, local date and inspector of the passed final inspection.

    Raises RuleViolation for a date in the future and for what is left empty.
    """
    note = locked(note)
    step = WORKFLOW.apply(note, "record_inspection", actor=actor)
    today = timezone.localdate(now)
    if not FIRST <= final_inspection_on <= today:
        raise RuleViolation(
            _("終檢日期應在 2000-01-01 至今天（%(today)s）之間，不能是 %(given)s")
            % {"today": today, "given": final_inspection_on},
            clause=step.clause,
            field="final_inspection_on",
        )
    note.final_inspection_no = required_text(
        final_inspection_no, "final_inspection_no", _("終檢合格單號"), clause=step.clause
    )
    note.final_inspection_by = required_text(
        final_inspection_by, "final_inspection_by", _("終檢人"), clause=step.clause
    )
    note.final_inspection_on = final_inspection_on
    _check_lengths(note)
    note.save()
    audit.record(
        note,
        "shippingnote.inspection_recorded",
        actor=actor,
        now=now,
        step=step,
        final_inspection_no=note.final_inspection_no,
        final_inspection_on=final_inspection_on,
        final_inspection_by=note.final_inspection_by,
    )
    return note


def _check_lengths(note: ShippingNote) -> None:
    facts = {"final_inspection_no", "final_inspection_by"}
    note.clean_fields(exclude={field.name for field in note._meta.fields} - facts)

"""Faults on arrival that wait for our decision, at those who may give it (3.2.2)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.core.work import Task
from delivery import arrivals
from delivery.models import ArrivalReport
from delivery.receipts import Receipt
from delivery.todo.counting import counted

MOST = 100
# The driver waits with the goods on the vehicle; the procedure names no time, this is ours.
DECIDED_WITHIN = timedelta(minutes=30)


def tasks(user, now: datetime) -> Iterable[Task]:
    """The reports that this user decides, due half an hour after they came."""
    if not user.has_perm(arrivals.CONFIRM):
        return
    rows = arrivals.waiting_for(user).select_related("note__customer")
    for report in rows.prefetch_related("lines__line")[:MOST]:
        yield Task(
            verb=_("確認到貨異常"),
            number=report.note.title,
            url=reverse("arrival_confirm", args=[report.note.reference]),
            who=report.note.customer.name,
            about=_about(report),
            clause="3.2.2",
            since=report.reported_at,
            due_at=report.reported_at + DECIDED_WITHIN,
            on_behalf_of=arrivals.stands_for(report.note, user) or "",
        )


def counting(user, today: date) -> QuerySet | None:
    """How many wait for this user, and how many of them have waited too long."""
    if not user.has_perm(arrivals.CONFIRM):
        return None
    is_late = Q(reported_at__lt=Now() - DECIDED_WITHIN)
    return counted(arrivals.waiting_for(user), Q(), is_late)


def _about(report: ArrivalReport) -> str:
    told = (arrivals.trouble(each.line, Receipt.of(each)) for each in report.lines.all())
    return "；".join(filter(None, told)) or _("更正：每一行都完好")

"""Reversals that wait for approval, at those who may give it (3.2.2)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from aftersales.core.work import Task
from delivery.models import Reversal
from delivery.todo.counting import counted

MOST = 100


def tasks(user, now: datetime) -> Iterable[Task]:
    """The reversals that this user may approve; the own ones wait for somebody else."""
    may_approve = user.has_perm("delivery.approve_reversal")
    if not may_approve and not user.has_perm("delivery.draft_reversal"):
        return
    rows = Reversal.objects.visible_to(user).waiting().select_related("note__customer")
    if not may_approve:
        rows = rows.filter(drafted_by=user)
    for reversal in rows.order_by("drafted_at")[:MOST]:
        is_own = reversal.drafted_by_id == user.pk
        yield Task(
            verb=_("核准沖銷"),
            number=reversal.number,
            url=reversal.get_absolute_url()
            if is_own
            else reverse("reversal_approve", args=[reversal.number]),
            who=reversal.note.customer.name,
            about=_("%(note)s：%(reason)s")
            % {"note": reversal.note.title, "reason": reversal.reason},
            clause="3.2.2",
            since=reversal.drafted_at,
            waits_for=_("分管領導") if is_own else "",
            on_behalf_of="" if is_own else user.acting_for("delivery.approve_reversal"),
        )


def counting(user, today: date) -> QuerySet | None:
    """How many wait for this user; none of them has a day."""
    if not user.has_perm("delivery.approve_reversal"):
        return None
    rows = Reversal.objects.visible_to(user).waiting().exclude(drafted_by=user)
    return counted(rows, Q(), Q(pk=None))

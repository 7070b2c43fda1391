"""What waits for whom in the master data: papers that end within 30 days or have ended."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.work import Task
from aftersales.masterdata import expiry
from aftersales.masterdata.expiry import SOON, Paper

MOST = 100
END_OF_DAY = time(23, 59)  # the last day is still within


def tasks(user, now: datetime) -> Iterable[Task]:
    """The papers that this user may renew, due by their last day (2.5, 3.1.2, 3.2.2, 3.3.3)."""
    codes = [kind.code for kind in expiry.KINDS.values() if user.has_perm(kind.permission)]
    if not codes:
        return
    today = timezone.localdate(now)
    found = expiry.entries(today, codes, lte=today + timedelta(days=SOON))
    for paper in expiry.read(found[:MOST]):
        yield _task(paper, user)


def _task(paper: Paper, user) -> Task:
    name, key = paper.kind.renewal(paper.row)
    due_at = timezone.make_aware(datetime.combine(paper.until, END_OF_DAY))
    return Task(
        verb=str(paper.kind.verb),
        number=paper.name,
        url=reverse(name, args=[key]),
        who=paper.whose,
        about=_("%(paper)s：%(until)s 到期") % {"paper": paper.kind.label, "until": paper.until},
        clause=paper.kind.clause,
        since=due_at - timedelta(days=SOON),
        due_at=due_at,
        on_behalf_of=user.acting_for(paper.kind.permission),
    )

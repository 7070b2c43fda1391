"""Notices of papers that end: 60, 30 and 7 days before, and on the day (2.5, 3.1.2, 3.2.2, 3.3.3)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from aftersales.accounts.models import User
from aftersales.core import notices
from aftersales.masterdata import expiry
from aftersales.masterdata.expiry import Paper
from aftersales.masterdata.models import CarrierVerification

LEVELS = (60, 30, 7, 0)  # days before the last day; 0 also once it is over
LOOKED_BACK = 366  # days; what ended longer ago is seen in the list, but told to nobody


def warn_of_expiry(*, now: datetime) -> int:
    """Tell those who may renew a paper that it ends (3.1.2, 3.2.2, 2.5), once at each level.

    Of several levels that were missed only the tightest is told. The key of the notice holds the
    level and the day, so that a paper that is prolonged is told of anew, and a second run tells
    nothing. Returns how many notices are new.
    """
    today = timezone.localdate(now)
    window = {
        "gte": today - timedelta(days=LOOKED_BACK),
        "lte": today + timedelta(days=max(LEVELS)),
    }
    concerned = _Concerned()
    return sum(
        _warn(paper, concerned.of(paper), today, now)
        for paper in expiry.read(expiry.entries(today, **window))
    )


def level_of(days_left: int) -> int | None:
    """The tightest level that has been reached; None where there is more time than the widest."""
    return min((level for level in LEVELS if days_left <= level), default=None)


@transaction.atomic
def _warn(paper: Paper, people: Iterable[User], today, now: datetime) -> int:
    level = level_of(paper.days_left(today))
    facts = {"paper": paper.name, "whose": paper.whose, "until": paper.until}
    return notices.send(
        people,
        key=f"expiry:{paper.kind.code}:{paper.row.pk}:{paper.until:%Y%m%d}:{level}",
        title=lambda: f"{paper.kind.label} {paper.name} {paper.age(today)}",
        body=lambda: str(paper.kind.advice) % facts,
        url=paper.url,
        clause=paper.kind.clause,
        now=now,
    )


class _Concerned:
    """Who is to be told of a paper; each question about roles is asked once a run."""

    def __init__(self):
        self._holders = cache(lambda permission: list(User.objects.with_permission(permission)))

    def of(self, paper: Paper) -> list[User]:
        """Those who keep this kind of papers, and who verified or decided, if still here."""
        return [*self._holders(paper.kind.keeper), *filter(None, [_author(paper)])]


def _author(paper: Paper) -> User | None:
    """Who last verified the carrier of a paper, or decided on a scope."""
    row = paper.row
    if paper.kind is expiry.AGREEMENT:
        row = CarrierVerification.objects.filter(carrier=row.carrier_id).order_by(
            "-verified_on", "-pk"
        ).select_related("verified_by").first()  # fmt: skip
    person = getattr(row, "verified_by", None) or getattr(row, "decided_by", None)
    return person if person and person.is_active else None

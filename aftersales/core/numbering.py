"""Numbers without gaps: prefix, year and month, four digits, taken in the business transaction.

The counter row is locked until the transaction ends, so a rollback gives the number back and
two writers never get the same one. A voided document keeps its number and says why.
"""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from aftersales.core.models import Counter


def period_of(moment: datetime | date) -> str:
    """Year and month in local time, YYYYMM."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).date()
    return f"{moment:%Y%m}"


def take(prefix: str, *, now: datetime) -> str:
    """The next number of this prefix and month, such as FH-202611-0001.

    Must be called inside the transaction that stores the number: raises RuntimeError otherwise,
    since a number taken outside is lost when the document is not stored.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("take a number inside the transaction of the document")
    period = period_of(now)
    counter = _locked_counter(prefix, period)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}-{period}-{counter.last:04d}"


def _locked_counter(prefix: str, period: str) -> Counter:
    """The counter's row, locked until the transaction ends."""
    Counter.objects.bulk_create(
        [Counter(prefix=prefix, period=period, last=0)], ignore_conflicts=True
    )
    return Counter.objects.select_for_update().get(prefix=prefix, period=period)

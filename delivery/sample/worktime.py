"""The working hours of the sample company: Monday to Saturday, morning and afternoon."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

SPANS = ((time(8, 0), time(12, 0)), (time(13, 30), time(17, 30)))
SUNDAY = 6
_DAY = timedelta(days=1)


def later(moment: datetime, minutes: float) -> datetime:
    """The moment after so many working minutes (aware times)."""
    left = timedelta(minutes=minutes)
    for opens, closes in _spans(moment, _DAY):
        start = max(opens, moment)
        if closes > moment and left <= closes - start:
            return start + left
        left -= max(closes - start, timedelta(0))
    raise AssertionError  # the days do not end


def earlier(moment: datetime, minutes: float) -> datetime:
    """The moment so many working minutes before."""
    left = timedelta(minutes=minutes)
    for opens, closes in _spans(moment, -_DAY):
        end = min(closes, moment)
        if opens < moment and left <= end - opens:
            return end - left
        left -= max(end - opens, timedelta(0))
    raise AssertionError  # the days do not end


def _spans(moment: datetime, step: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """The spans of the day of `moment` and of those that follow, or of those before."""
    day = timezone.localdate(moment)
    while True:
        if day.weekday() != SUNDAY:
            for span in SPANS if step > timedelta(0) else reversed(SPANS):
                opens, closes = (timezone.make_aware(datetime.combine(day, at)) for at in span)
                yield opens, closes
        day += step

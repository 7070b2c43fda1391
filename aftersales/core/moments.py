"""Spans of time as people write them, in local time."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def span_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when (aware times), with the year: 2026-11-24 08:00 至 2026-11-30 17:30."""
    moments = (timezone.localtime(at) for at in (starts_at, ends_at))
    start, end = (date_format(at, "DATETIME_FORMAT") for at in moments)
    return _("%(start)s 至 %(end)s") % {"start": start, "end": end}

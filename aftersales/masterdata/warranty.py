"""Whether a unit is under warranty on a day, and for how long, in words (3.3.3)."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

SOON = 30  # days before the end from which a warranty is shown as ending


@dataclass(frozen=True)
class Warranty:
    """How the warranty stands: the tone gives colour and shape, `label` the state, `span` the
    time that is left or gone by."""

    tone: str
    label: str
    span: str
    is_valid: bool


def warranty_of(unit, on: date) -> Warranty:
    """The warranty of a unit on a local day; its first and its last day are both within."""
    if on < unit.warranty_from:
        return Warranty("draft", _("尚未開始"), _("%(span)s後開始") % {
            "span": span_in_words(on, unit.warranty_from)
        }, False)  # fmt: skip
    if on > unit.warranty_until:
        span = span_in_words(unit.warranty_until, on)
        return Warranty("draft", _("保外"), _("過保 %(span)s") % {"span": span}, False)
    if on == unit.warranty_until:
        return Warranty("wait", _("保內"), _("今天到期"), True)
    tone = "wait" if unit.warranty_until - on <= timedelta(days=SOON) else "done"
    span = span_in_words(on, unit.warranty_until)
    return Warranty(tone, _("保內"), _("剩 %(span)s") % {"span": span}, True)


def span_in_words(start: date, end: date) -> str:
    """From day to day in its two largest units: 1 年 3 個月, 2 個月 5 天, 12 天."""
    months, days = _months_and_days(start, end)
    years, months = divmod(months, 12)
    parts = [
        (years, _("%(n)d 年")), (months, _("%(n)d 個月")), (days, _("%(n)d 天")),
    ]  # fmt: skip
    said = [words % {"n": number} for number, words in parts if number]
    return " ".join(said[:2]) or _("%(n)d 天") % {"n": 0}


def _months_and_days(start: date, end: date) -> tuple[int, int]:
    """Whole calendar months from start, and the days that remain."""
    months = (end.year - start.year) * 12 + end.month - start.month
    while _after(start, months) > end:
        months -= 1
    return months, (end - _after(start, months)).days


def _after(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))

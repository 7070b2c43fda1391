"""Whether a unit is under warranty on a day, and for how long, in words (3.3.3); so for contracts."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

SOON = 30  # days before the end from which a warranty is shown as ending


@dataclass(frozen=True)
class Warranty:
    """How the warranty stands: the tone gives colour and shape, `label` the state, `span` the
    time that is left or gone by."""

    tone: str
    label: str
    span: str
    is_valid: bool


@dataclass(frozen=True)
class Words:
    """What the states of a stretch of days are called, and the time since it was over."""

    coming: str
    within: str
    over: str
    over_by: str


WARRANTY = Words(_("尚未開始"), _("保內"), _("保外"), _("過保 %(span)s"))
TERM = Words(_("尚未生效"), _("有效"), _("已到期"), _("過期 %(span)s"))


def warranty_of(unit, on: date) -> Warranty:
    """The warranty of a unit on a local day; its first and its last day are both within. One whose
    delivery was reversed has none."""
    if unit.is_reversed:
        return Warranty("draft", _t("交付已沖銷"), "", False)
    return _standing(unit.warranty_from, unit.warranty_until, on, WARRANTY)


def term_of(first: date, last: date | None, on: date) -> Warranty:
    """How a contract or an agreement stands on a local day; one without an end goes on."""
    return _standing(first, last, on, TERM)


def _standing(first: date, last: date | None, on: date, words: Words) -> Warranty:
    if on < first:
        span = _t("%(span)s後開始") % {"span": span_in_words(on, first)}
        return Warranty("draft", str(words.coming), span, False)
    if last is None:
        return Warranty("done", str(words.within), _t("沒有到期日"), True)
    if on > last:
        span = str(words.over_by) % {"span": span_in_words(last, on)}
        return Warranty("draft", str(words.over), span, False)
    if on == last:
        return Warranty("wait", str(words.within), _t("今天到期"), True)
    tone = "wait" if last - on <= timedelta(days=SOON) else "done"
    span = _t("剩 %(span)s") % {"span": span_in_words(on, last)}
    return Warranty(tone, str(words.within), span, True)


def span_in_words(start: date, end: date) -> str:
    """From day to day in its two largest units: 1 年 3 個月, 2 個月 5 天, 12 天."""
    months, days = _months_and_days(start, end)
    years, months = divmod(months, 12)
    parts = [
        (years, _t("%(n)d 年")), (months, _t("%(n)d 個月")), (days, _t("%(n)d 天")),
    ]  # fmt: skip
    said = [words % {"n": number} for number, words in parts if number]
    return " ".join(said[:2]) or _t("%(n)d 天") % {"n": 0}


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

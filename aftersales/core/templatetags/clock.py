"""Times in words: what is left, what is late, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()

WARN_WITHIN = timedelta(hours=4)


@dataclass(frozen=True)
class Deadline:
    """How a deadline looks: the tone gives colour and shape, the text says the time."""

    tone: str
    text: str


@register.filter
def in_words(span: timedelta) -> str:
    """A length of time in its two largest units: 1 天 3 小時, 2 小時 5 分, 35 分."""
    minutes = int(abs(span).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        text = _("%(days)d 天 %(hours)d 小時") if hours else _("%(days)d 天")
    elif hours:
        text = _("%(hours)d 小時 %(minutes)d 分") if minutes else _("%(hours)d 小時")
    else:
        text = _("%(minutes)d 分") if minutes else _("不到 1 分")
    return text % {"days": days, "hours": hours, "minutes": minutes}


@register.simple_tag
def deadline(
    due_at: datetime,
    now: datetime,
    met_at: datetime | None = None,
    started_at: datetime | None = None,
) -> Deadline:
    """What a deadline's badge shows at `now` (all times aware).

    Exactly on time is met. A breach that is met later stays late-met and never turns green;
    open, it warns from 4 hours before. `started_at` lets a kept one say how long it took.
    """
    if met_at:  # a template passes an empty text for what it was not given
        if met_at > due_at:
            return Deadline("late-met", _("遲 %(time)s") % {"time": in_words(met_at - due_at)})
        return Deadline("done", in_words(met_at - started_at) if started_at else _("按時"))
    if now > due_at:
        return Deadline("late", _("逾期 %(time)s") % {"time": in_words(now - due_at)})
    tone = "wait" if due_at - now <= WARN_WITHIN else "run"
    return Deadline(tone, _("剩 %(time)s") % {"time": in_words(due_at - now)})


@register.filter
def near(at: datetime | None, now: datetime) -> str:
    """A moment as people say it, in local time: 今天 17:30, 昨天 09:05, 11-25 17:30."""
    if at is None:
        return ""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    time = date_format(local, "TIME_FORMAT")
    words = {0: _("今天 %(time)s"), 1: _("明天 %(time)s"), -1: _("昨天 %(time)s")}
    days = (local.date() - today).days
    if days in words:
        return words[days] % {"time": time}
    same_year = local.year == today.year
    return date_format(local, "SHORT_DATETIME_FORMAT" if same_year else "DATETIME_FORMAT")

"""Days as offices write them: with and without year, of two calendars, as a count of days."""

import datetime
import re

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import formats
from aftersales.core.spreadsheets.cells import settled
from aftersales.core.spreadsheets.grid import Cell
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import half_width, tidy

FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
_ROC = 1911  # the year before 民國 1
_HALF_A_YEAR = datetime.timedelta(days=182)
_TAIL = re.compile(
    r"\s*(?:\([^)]*\)|(?:星期|週|周|禮拜|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?"
    r"|(?:上午|下午|am|pm)?\s*t?\d{1,2}[:時时点點]\d{0,2}分?(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z|[+-]\d{2}:?\d{2})?"
    r"|上午|下午|之?前|以前|止|左右|起)\s*$"
)
_HEAD = re.compile(r"^(?:星期[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?)\s*")
_YMD = re.compile(
    r"(?P<roc>(?:中華|中华)?民[國国]|roc\.?)?\s*(?P<y>\d{2,4})\s*(?:年|[-./,])\s*"
    r"(?P<m>\d{1,2})\s*(?:月|[-./,])\s*(?P<d>\d{1,2})\s*[日號号]?"
)
_MD = re.compile(r"(?P<m>\d{1,2})\s*(?:月|[-./])\s*(?P<d>\d{1,2})\s*[日號号]?")
_XXY = re.compile(r"(?P<a>\d{1,2})\s*[-./]\s*(?P<b>\d{1,2})\s*[-./]\s*(?P<y>\d{4}|\d{2})")
_NAMED = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?[-\s./]*)?(?P<month>[a-z]{3,9})\.?[-\s./]*"
    r"(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?[-\s,./]+)?(?P<y>\d{4}|\d{2})"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CHINESE = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TENS = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?")


class AmbiguousDate(ValueError):
    """Day and month could be either way round."""


def day(
    cell: Cell,
    *,
    epoch: datetime.date,
    near: datetime.date | None = None,
    day_first: bool | None = None,
) -> datetime.date:
    """The day that the cell says.

    `near` is a day of the same paper, for a year that is not written; `day_first` settles
    6/11/2026. Raises CellProblem "not_a_date", "date_ambiguous" or "formula".
    """
    value = settled(cell, is_text=False)
    found = None
    try:
        if isinstance(value, datetime.datetime):
            found = value.date()
        elif isinstance(value, bool):
            found = None
        elif isinstance(value, int | float):
            found = from_number(value, epoch)
        elif isinstance(value, str):
            found = in_text(value, near=near, day_first=day_first)
    except AmbiguousDate as doubt:
        message = _("「%(value)s」分不清月和日，請寫成 2026-11-06 這樣的日期")
        raise CellProblem("date_ambiguous", message % {"value": value}) from doubt
    if found is None:
        shown = tidy(str(value))[:40]
        message = _("「%(value)s」不是讀得懂的日期，請寫成 2026-11-06 這樣的日期") % {
            "value": shown
        }
        raise CellProblem("not_a_date", message)
    if not FIRST <= found <= LAST:
        message = _("日期 %(value)s 超出範圍，應在 2000 至 2100 年之間") % {"value": found}
        raise CellProblem("not_a_date", message)
    return found


def from_number(value: int | float, epoch: datetime.date) -> datetime.date | None:
    """A count of days as Excel keeps it, or 20261106, 1151106 (民國) or 261106 as a number."""
    if 30_000 <= value < 80_000:
        moment = formats.to_datetime(value, epoch)
        return moment.date() if moment else None
    return _run_together(str(value)) if isinstance(value, int) else None


def in_text(
    text: str, *, near: datetime.date | None = None, day_first: bool | None = None
) -> datetime.date | None:
    """The day in a text that holds nothing else, None if it is none; raises AmbiguousDate."""
    text = _HEAD.sub("", half_width(tidy(text)).lower().strip("'’"))
    while (shorter := _TAIL.sub("", text)) != text and shorter:
        text = shorter
    text = _western(text)
    if text.isascii() and text.isdigit():
        if len(text) == 5:
            return from_number(int(text), datetime.date(1899, 12, 30))
        return _run_together(text)
    found = _YMD.fullmatch(text)
    if found and (len(found["y"]) > 2 or found["roc"] or 20 <= int(found["y"]) <= 49):
        return _date(_year(found["y"], bool(found["roc"])), found["m"], found["d"])
    if found := _XXY.fullmatch(text):
        return _either_way(found, day_first)
    if found := _NAMED.fullmatch(text):
        month = found["month"][:3]
        number = found["d1"] or found["d2"]
        if month in _MONTHS and number:
            return _date(_year(found["y"], False), _MONTHS.index(month) + 1, number)
    if near and (found := _MD.fullmatch(text)):
        return _nearest(near, found["m"], found["d"])
    return None


def is_day_first(text: str) -> bool | None:
    """Whether a text like 13/11/2026 shows which of its figures is the day; None if it does not."""
    found = _XXY.fullmatch(half_width(tidy(text)))
    if not found or int(found["a"]) <= 12 >= int(found["b"]):
        return None
    return int(found["a"]) > 12


def _western(text: str) -> str:
    """二〇二六年十一月六日 in digits; only where a 月 shows that it is a date."""
    if "月" not in text:
        return text

    def ten(found: re.Match) -> str:
        return f"{(found[1] or '一')}{(found[2] or '〇')}"

    return _TENS.sub(ten, text).translate(_CHINESE)


def _run_together(digits: str) -> datetime.date | None:
    if len(digits) == 8:
        return _date(int(digits[:4]), digits[4:6], digits[6:])
    if len(digits) == 7:
        return _date(int(digits[:3]) + _ROC, digits[3:5], digits[5:])
    if len(digits) == 6 and "20" <= digits[:2] <= "49":
        return _date(int(digits[:2]) + 2000, digits[2:4], digits[4:])
    return None


def _year(digits: str, is_roc: bool) -> int:
    year = int(digits)
    if is_roc or (len(digits) == 3):
        return year + _ROC
    return year + 2000 if year < 100 else year


def _either_way(found: re.Match, day_first: bool | None) -> datetime.date | None:
    first, second, year = int(found["a"]), int(found["b"]), _year(found["y"], False)
    if first > 12 or (day_first and second <= 12):
        return _date(year, second, first)
    if second > 12 or first == second or day_first is False:
        return _date(year, first, second)
    raise AmbiguousDate


def _nearest(near: datetime.date, month, day_of_month) -> datetime.date | None:
    """The day without a year that lies nearest: 1月5日 on a paper of December is of next year."""
    years = (near.year, near.year + 1, near.year - 1)
    days = [found for year in years if (found := _date(year, month, day_of_month))]
    if days and abs(days[0] - near) <= _HALF_A_YEAR:
        return days[0]
    return min(days, key=lambda found: abs(found - near), default=None)


def _date(year: int, month, day_of_month) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None

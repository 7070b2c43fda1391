"""Cells as texts, whole numbers, days and truths; what cannot be read says why and what to write."""

import datetime
import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import formats
from aftersales.core.spreadsheets.grid import DATE, ERROR, FORMULA, Cell
from aftersales.core.text import fold, half_width, half_width_words, tidy
from aftersales.masterdata.imports.findings import CellProblem

FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
EXACT = 10**15  # Excel keeps no more digits of a number
_ROC = 1911  # the year before 民國 1
_YMD = re.compile(
    r"(?P<roc>民[國国])?\s*(?P<y>\d{2,4})\s*[年\-./]\s*(?P<m>\d{1,2})\s*[月\-./]\s*(?P<d>\d{1,2})\s*[日號号]?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_RUN_TOGETHER = re.compile(r"(?P<roc>)(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_MONTHS = re.compile(r"(\d+(?:\.0+)?)\s*(?:個月|个月|月|months?|m)?")
_YEARS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:年|years?|y)")
_NOTHING = frozenset(map(fold, ("-", "--", "—", "/", "無", "N/A", "NA", "NULL", "NONE")))
_TRUE = frozenset(map(fold, ("是", "有", "對", "V", "Y", "YES", "TRUE", "1", "✓", "√", "●", "★")))
_FALSE = frozenset(map(fold, ("否", "無", "不是", "X", "N", "NO", "FALSE", "0", "×")))


def is_blank(cell: Cell | None) -> bool:
    """Nothing is said: no cell, only blanks, a dash, 無."""
    if cell is None or (cell.value is None and cell.kind != FORMULA):
        return True
    return isinstance(cell.value, str) and (not tidy(cell.value) or fold(cell.value) in _NOTHING)


def settled(cell: Cell):
    """The cell's value; of a formula what it was worked out to. Raises CellProblem "formula"."""
    if cell.kind == ERROR or str(cell.value).startswith("#N"):
        message = _("這一格是錯誤值 %(value)s，請改成實際的內容") % {"value": cell.value}
        raise CellProblem("formula", message)
    if cell.kind == FORMULA and cell.value is None:
        raise CellProblem(
            "formula", _("這一格是公式，檔案裡沒有算出的值。請改成值（複製 → 選擇性貼上 → 值）")
        )
    return cell.value


def prose(cell: Cell) -> str:
    """A name, an address, a remark: tidied, its punctuation as written."""
    return half_width_words(tidy(_as_text(cell)))


def code(cell: Cell) -> str:
    """A number or name of a thing, half width. Raises CellProblem "lost_digits" where Excel has
    rounded a long number away."""
    value = settled(cell)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= EXACT:
        message = _("Excel 把這個長號碼存成數字，後面的位數已失真；請把儲存格設為文字後重填")
        raise CellProblem("lost_digits", message)
    return half_width(tidy(_as_text(cell)))


def months(cell: Cell) -> int:
    """A number of months: 12, "12 個月", "2 年". Raises CellProblem "not_a_number"."""
    text = half_width(tidy(_as_text(cell))).lower()
    if found := _YEARS.fullmatch(text):
        number = Decimal(found[1]) * 12
    elif found := _MONTHS.fullmatch(text):
        number = Decimal(found[1])
    else:
        number = None
    if number is None or number != int(number):
        message = _("「%(value)s」不是整數的月數，請寫成例如 12")
        raise CellProblem("not_a_number", message % {"value": text[:40]})
    if number > 240:
        message = _("保修 %(value)s 個月太長，最多 240（20 年）")
        raise CellProblem("too_large", message % {"value": int(number)})
    return int(number)


def truth(cell: Cell) -> bool:
    """是 or 否. Raises CellProblem "not_a_choice"."""
    value = settled(cell)
    if isinstance(value, bool):
        return value
    text = fold(_as_text(cell))
    if text not in _TRUE | _FALSE:
        message = _("「%(value)s」看不出是或否，請寫「是」或「否」")
        raise CellProblem("not_a_choice", message % {"value": tidy(str(value))[:40]})
    return text in _TRUE


def day(cell: Cell, epoch: datetime.date) -> datetime.date:
    """A day: a date of the sheet, 2026-11-06, 2026年11月6日, 民國115年11月6日, 20261106.

    Raises CellProblem "not_a_date"; 6/11/2026 is none, since its month is not certain.
    """
    value = settled(cell)
    found = None
    if isinstance(value, datetime.datetime):
        found = value.date()
    elif isinstance(value, int | float) and 30_000 <= value < 80_000:
        moment = formats.to_datetime(value, epoch)
        found = moment.date() if moment else None
    elif not isinstance(value, bool):
        found = _in_text(half_width(tidy(_as_text(cell))))
    if found is None or not FIRST <= found <= LAST:
        message = _(
            "「%(value)s」不是讀得懂的日期，請寫成 2026-11-06 這樣、2000 至 2100 年之間的日期"
        )
        raise CellProblem("not_a_date", message % {"value": tidy(str(value))[:40]})
    return found


def _in_text(text: str) -> datetime.date | None:
    found = _YMD.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if found is None:
        return None
    year = int(found["y"])
    if found["roc"] or len(found["y"]) == 3:
        year += _ROC
    try:
        return datetime.date(year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _as_text(cell: Cell) -> str:
    value = settled(cell)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        value = int(value)
    if isinstance(value, int):
        return formats.shown(value, cell.number_format) if cell.number_format else str(value)
    if isinstance(value, float):
        return _plain(value)
    if cell.kind == DATE:
        return value.date().isoformat()
    return str(value)


def _plain(value: float) -> str:
    try:
        return format(Decimal(str(value)).normalize(), "f")
    except InvalidOperation:
        return str(value)

"""Cells as texts and numbers, the way people write them; what cannot be read says why."""

import re
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import formats
from aftersales.core.spreadsheets.grid import DATE, ERROR, FORMULA, TRUTH, Cell
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import fold, half_width, half_width_words, tidy, tidy_lines

_NOTHING = frozenset(
    map(
        fold,
        [
            "年月日",
            "年/月/日",
            "-",
            "--",
            "---",
            "—",
            "——",
            "―",
            "/",
            "//",
            "\\",
            "無",
            "沒有",
            "N/A",
            "NA",
            "N.A.",
            "NIL",
            "NONE",
            "NULL",
            ".",
            "*",
            "空",
            "空白",
            "(無)",
            "(空白)",
        ],
    )
)
_DITTO = frozenset(
    map(
        fold,
        [
            "同上",
            "〃",
            "″",
            "''",
            '"',
            "”",
            "“",
            "々",
            "ditto",
            "do.",
            "same",
            "同前",
            "同上列",
            "-同上-",
            "同上。",
            "(同上)",
            "﹄",
        ],
    )
)
_TRUE = frozenset(map(fold, ["是", "有", "對", "V", "Y", "YES", "TRUE", "1", "✓", "√", "●", "★"]))
_FALSE = frozenset(map(fold, ["否", "無", "不是", "X", "N", "NO", "FALSE", "0", "×"]))
# What Excel shows for an error; in a CSV file it has become a text.
_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"])
_ONLY_LINES = re.compile(r"[_＿\s.…]*")
_CURRENCY = r"(?:NT\$|NTD|TWD|US\$|USD|HK\$|RMB|CNY|人民[幣币]|[¥$€])"
_NUMBER = re.compile(
    rf"{_CURRENCY}?\s*(?P<sign>[+\-−–]?)\s*{_CURRENCY}?\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]*)?"
    r"|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"\s*(?P<unit>[^\W\d_]{1,6}\.?|\([^\W\d_]{1,6}\)|[元圓圆]?/[^\W\d_]{1,4}|[元圓圆][整正])?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\((?P<inside>[^()]+)\)")
# A number word behind the digits makes another number of it: 2萬 is not 2.
_MULTIPLES = frozenset("十百千万亿萬億拾佰仟")
_FREE = frozenset(
    map(
        fold,
        ["免費", "贈送", "贈品", "三包", "免收", "保修", "free", "foc", "f.o.c.", "不收費", "免"],
    )
)
_MONEY_UNITS = frozenset(
    map(fold, ["元", "圓", "元整", "圓整", "元正", "rmb", "cny", "ntd", "usd", "twd"])
)
_LONG = 9  # characters, more than any of the words above has
_REMEMBERED = 10_000  # texts that stand in a sheet again and again
_LOST = 10**15  # Excel keeps no more digits of a number
_TRAILING_ZERO = re.compile(r"([0-9]{3,})\.0+")
# What makes a formula dangerous or a mere link; its result is no text of this office.
_ACTIVE = re.compile(
    r"\b(HYPERLINK|WEBSERVICE|DDE|CALL|RTD|FILTERXML|IMPORT\w+)\s*\(|\|", re.IGNORECASE
)


def is_blank(cell: Cell | None) -> bool:
    """Nothing there: no cell, blanks, a line to write on, a formula that gives an empty text."""
    return cell is None or (isinstance(cell.value, str) and _is_blank_text(cell.value))


def says_nothing(cell: Cell | None) -> bool:
    """Blank, or a dash, a slash, 無 and the like."""
    return cell is None or (isinstance(cell.value, str) and _is_nothing_text(cell.value))


@lru_cache(maxsize=_REMEMBERED)
def _is_blank_text(text: str) -> bool:
    return not _ONLY_LINES.sub("", tidy(text))


@lru_cache(maxsize=_REMEMBERED)
def _is_nothing_text(text: str) -> bool:
    return _is_blank_text(text) or (len(text) < _LONG and fold(text) in _NOTHING)


def is_ditto(cell: Cell | None) -> bool:
    """同上 and the like: the fact of the row above."""
    if cell is None or not isinstance(cell.value, str) or len(cell.value) >= _LONG:
        return False
    return fold(cell.value) in _DITTO


def settled(cell: Cell, *, is_text: bool):
    """The cell's value; for a formula what it was worked out to. Raises CellProblem "formula"."""
    if (
        cell.kind == ERROR
        or cell.value in _ERRORS
        or (cell.kind == FORMULA and str(cell.value).startswith("#"))
    ):
        message = _("這一格是錯誤值 %(value)s，請改成實際的內容") % {"value": cell.value}
        raise CellProblem("formula", message)
    if cell.kind != FORMULA:
        return cell.value
    if cell.value is None:
        message = _(
            "這一格是公式 =%(formula)s，檔案裡沒有算出的值。請改成值（複製 → 選擇性貼上 → 值）"
        )
        raise CellProblem("formula", message % {"formula": _shortened(cell.formula)})
    if is_text and _ACTIVE.search(cell.formula or ""):
        message = _("這一格是連結或外部公式 =%(formula)s，請改成文字")
        raise CellProblem("formula", message % {"formula": _shortened(cell.formula)})
    return cell.value


def _shortened(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= 60 else text[:59] + "…"


def prose(cell: Cell) -> str:
    """A name, an address, a remark: tidied, its punctuation as written."""
    return half_width_words(tidy(_as_text(cell))).strip("_ ")


def prose_lines(cell: Cell) -> str:
    return half_width_words(tidy_lines(_as_text(cell)))


def code(cell: Cell) -> str:
    """A number or name of a thing: half width, without the .0 that a float leaves behind."""
    text = half_width(tidy(_as_text(cell))).strip("_ ")
    found = _TRAILING_ZERO.fullmatch(text)
    return found[1] if found else text


def exact_code(cell: Cell) -> str:
    """Like `code`, for what must be right to the last digit: raises CellProblem "lost_digits"
    where Excel has rounded a long number away."""
    if has_lost_digits(cell):
        message = _("Excel 把這個長號碼存成數字，後面的位數已失真；請把儲存格設為文字後重填")
        raise CellProblem("lost_digits", message)
    return code(cell)


def has_lost_digits(cell: Cell) -> bool:
    """Excel keeps 15 digits of a number; a longer one written as a number is no more itself."""
    value = cell.value
    if isinstance(value, str):
        return bool(re.fullmatch(r"\d(?:\.\d+)?E\+?\d{2}", value.strip(), re.IGNORECASE))
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _LOST


def truth(cell: Cell) -> bool:
    """是 or 否. Raises CellProblem "not_a_choice"."""
    value = settled(cell, is_text=True)
    if isinstance(value, bool):
        return value
    text = fold(_as_text(cell))
    if text not in _TRUE | _FALSE:
        message = _("「%(value)s」看不出是或否，請寫「是」或「否」")
        raise CellProblem("not_a_choice", message % {"value": tidy(str(value))[:40]})
    return text in _TRUE


def _as_text(cell: Cell) -> str:
    value = settled(cell, is_text=True)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int):
        return formats.shown(value, cell.number_format) if cell.number_format else str(value)
    if isinstance(value, float):
        return plain_number(decimal(value))
    if cell.kind == DATE:
        return value.date().isoformat()
    return str(value)


def decimal(value: int | float) -> Decimal:
    """The decimal that Excel shows: 15 significant digits, without the noise of binary ones."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))


def plain_number(number: Decimal) -> str:
    """4, 146.5, 0, 1290: no exponent, no zeros that say nothing."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def number(cell: Cell) -> tuple[Decimal, str]:
    """The number in the cell and the unit written behind it ("4台" is 4 and 台).

    Raises CellProblem "not_a_number" or "formula".
    """
    value = settled(cell, is_text=False)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return decimal(value), ""
    found = None if cell.kind in (TRUTH, DATE) else number_in(str(value))
    if found is None:
        message = _("「%(value)s」不是數字，請寫成阿拉伯數字，例如 12 或 12.5")
        raise CellProblem("not_a_number", message % {"value": _shortened(tidy(str(value)))})
    return found


@lru_cache(maxsize=_REMEMBERED)
def number_in(text: str) -> tuple[Decimal, str] | None:
    """Like `number`, of a text; None where the text is no number."""
    text = half_width(tidy(text)).replace("￥", "¥").replace("，", ",")
    if fold(text) in _FREE:
        return Decimal(0), ""
    is_negative = False
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:  # accountants' way to write a negative number
        text, is_negative = bracketed["inside"].strip(), True
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    unit = (found["unit"] or "").strip("()/. ")
    if any(char in _MULTIPLES or not (char.isalpha() or char in ".()/") for char in unit):
        return None
    figure = Decimal(found["digits"].replace(",", "").replace(" ", ""))
    if is_negative or found["sign"] in ("-", "−", "–"):
        figure = -figure
    return figure, "" if fold(unit) in _MONEY_UNITS or "元" in unit else unit


def looks_like_number(cell: Cell | None) -> bool:
    """For telling rows apart: a number, or a text that reads as one."""
    if cell is None or isinstance(cell.value, bool):
        return False
    if isinstance(cell.value, int | float):
        return True
    if cell.kind == FORMULA and cell.value is None:
        return True
    return isinstance(cell.value, str) and len(cell.value) < 30 and bool(number_in(cell.value))

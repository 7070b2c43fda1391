"""Serial numbers in one cell, whatever parts them, and ranges written by their two ends."""

import re

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import fold, half_width, tidy_lines

_MOST = 5_000
_LABEL = re.compile(
    r"(?<![A-Za-z0-9])(?:S\s*/\s*N|SN|SERIAL(?:\s*NO)?|(?:出[廠厂])?[編编][號号]|序列?[號号]|機號|机号)"
    r"\s*(?:[:：#]|NO\.?[:：]?)\s*|^\s*(?:S\s*/\s*N|SN)\s+",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"\s*(?:~|～|〜|∼|—|–|至|到|\.{2,}|…+|\s-\s|\bto\b)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;，；、/|\\。&＋+和及與与]+")
_COUNT_IN_BRACKETS = re.compile(r"\(\s*[共計计]*\s*\d{1,4}\s*[台臺套件支只隻個个]?\s*\)")
_COUNT = re.compile(r"[共計计]+\d+\D{0,2}|\(?共?\d{1,4}[台臺套件支只隻個个]\)?")
_ENDS_IN_DIGITS = re.compile(r"(.*?)(\d+)")
_NONE = frozenset(map(fold, ("-", "--", "無", "n/a", "na", "nil", "none", "x", "無序號")))
_LONGEST_NONE = max(map(len, _NONE))


def serials_in(text: str, *, quantity=None) -> list[str]:
    """The serial numbers of a cell in their order.

    `quantity` settles whether 26110001-26110004 is four numbers or one. Raises CellProblem
    "serial_range" where a range has no sensible end.
    """
    text = _LABEL.sub(" ", _COUNT_IN_BRACKETS.sub(" ", half_width(tidy_lines(text))))
    text = _THROUGH.sub("~", text)
    found: list[str] = []
    for piece in _BETWEEN.split(text):
        piece = piece.strip("()[]（）【】'\"“”")
        if not piece or _is_none(piece) or _COUNT.fullmatch(piece):
            continue
        found.extend(_expanded(piece, quantity))
    return found


def _is_none(piece: str) -> bool:
    return len(piece) <= _LONGEST_NONE and fold(piece) in _NONE


def _expanded(piece: str, quantity) -> list[str]:
    first, through, last = piece.partition("~")
    if through:
        if not first or not last:
            return [piece.strip("~")]
        return _range(first, last) or _refuse(piece)
    first, dash, last = piece.partition("-")
    if dash and first.isdigit() and last.isdigit() and len(first) >= max(len(last), 5):
        members = _range(first, last)
        if members and quantity is not None and len(members) == quantity > 1:
            return members
    return [piece]


def _range(first: str, last: str) -> list[str]:
    """All from `first` to `last`, whose beginning may be left out (26110001~04); [] if none."""
    start = _ENDS_IN_DIGITS.fullmatch(first)
    if not start:
        return []
    prefix, digits = start[1], start[2]
    if last.isdigit() and len(last) <= len(digits):
        end = int(digits[: len(digits) - len(last)] + last)
    elif last.casefold().startswith(prefix.casefold()) and last[len(prefix) :].isdigit():
        end = int(last[len(prefix) :])
    else:
        return []
    if not 0 <= end - int(digits) < _MOST:
        return []
    return [f"{prefix}{number:0{len(digits)}d}" for number in range(int(digits), end + 1)]


def _refuse(piece: str):
    message = _("序列號範圍「%(range)s」的起訖對不上，請寫成 26110001~26110004 或逐一列出")
    raise CellProblem("serial_range", message % {"range": piece[:60]})

"""Facts in titles: 「…發貨通知單 2026年（11月6日發貨單）溫州辦 26-11-6-03」."""

import datetime
import re
from collections.abc import Iterable

from aftersales.core.spreadsheets import dates
from aftersales.core.spreadsheets.cells import is_blank
from aftersales.core.spreadsheets.grid import DATE, TEXT, Cell
from aftersales.core.text import fold, half_width, tidy
from delivery.imports.labels import Fact

_NOTE_WORDS = tuple(
    map(
        fold,
        [
            "發貨",
            "出貨",
            "送貨",
            "出庫",
            "交貨",
            "銷貨",
            "調撥",
            "提貨",
            "裝箱",
            "簽收",
            "delivery",
            "shipping",
            "dispatch",
            "packing",
            "advice",
            "goodsissue",
        ],
    )
)
_FULL_DATE = re.compile(
    r"(?:民[國国]\s*)?\d{2,4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日號号]?|(?<![\w\-/.])20\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?![\w\-/.])"
    r"|(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年?")
_ROC_YEAR = re.compile(r"民[國国]\s*(\d{2,3})\s*年")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日號号]")
_BEHIND_A_WORD = re.compile(
    r"(?:單號|单号|編號|编号|號碼|号码|No\s*[.:]?|№|#)\s*[:：]?\s*([A-Za-z]{0,8}[-_]?\d[\w\-/]*|[A-Za-z][\w\-/]*\d[\w\-/]*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9\-_/.])("
    r"[A-Za-z]{0,8}[-_]?\d+(?:[-_]\d+){2,}"  # 26-11-6-03, SH-2026-11-8
    r"|[A-Za-z]{1,8}[-_]?\d{2,4}[-_]\d{2,}"  # S26-0901, FH-2026-118
    r"|[A-Za-z]{1,8}[-_]?\d{4,}[A-Za-z]?"  # SH2611060001, DN-20261106
    r"|[A-Za-z]{1,8}[-_]\d{2,}"  # FH-001
    r"|\d{9,}"
    r")(?![A-Za-z0-9\-_/.])"
)
_CODE_ALONE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9\-_/]{3,40}")
_NOT_OURS = re.compile(
    r"^(?:ISO|GB|Q/|QR|QP|QF|IATF|TS|TEL|FAX|V\d|REV|A4)|^0\d{2,3}-\d{7,8}$|^1\d{10}$",
    re.IGNORECASE,
)
_STANDARD = re.compile(r"\b(?:ISO|GB/?T?|IATF|Q/)[\s\w./:\-]*", re.IGNORECASE)
_SHEET_NUMBER = re.compile(
    r"[A-Za-z]{1,6}[-_]?\d{4,}(?:[-_]\d+)*|\d{2,4}(?:-\d{1,4}){3,}|[A-Za-z]{1,4}\d{2}-\d{3,}"
)
_ONLY_A_DATE = re.compile(r"\d{2,4}[-/.]\d{1,2}[-/.]\d{1,2}")


def is_title(cell: Cell) -> bool:
    """Names the kind of paper: …發貨單, 送貨單, Delivery Note."""
    if not isinstance(cell.value, str):
        return False
    text = fold(cell.value)
    return len(text) < 80 and any(word in text for word in _NOTE_WORDS)


def facts_in_titles(cells: Iterable[Cell], *, epoch: datetime.date) -> list[Fact]:
    """Number and day of issue in texts that are no labels; less sure than any label."""
    facts: list[Fact] = []
    for cell in cells:
        if cell.kind == DATE:
            facts.append(Fact("issued_on", cell, 9))
        elif isinstance(cell.value, str) and not is_blank(cell):
            facts.extend(_in_text(cell))
    return facts


def number_in_sheet_title(title: str) -> str | None:
    """A number that serves as the name of the sheet (FH-2026-001), but not Sheet1 or 2026-11."""
    text = half_width(tidy(title))
    if not _SHEET_NUMBER.fullmatch(text) or re.match(r"sheet|table|page|v\d", text, re.IGNORECASE):
        return None
    return text


def _in_text(cell: Cell) -> Iterable[Fact]:
    text = _STANDARD.sub(" ", half_width(tidy(cell.value)))
    day, text = _day(text)
    if day:
        yield Fact("issued_on", Cell(cell.row, cell.column, day.isoformat(), TEXT), 8)
    number = _number(text, has_title=is_title(cell))
    if number:
        yield Fact("external_no", Cell(cell.row, cell.column, number, TEXT), 8)


def _day(text: str) -> tuple[datetime.date | None, str]:
    """The day in a title, and the title without it."""
    for found in _FULL_DATE.finditer(text):
        try:
            day = dates.in_text(found[0])
        except dates.AmbiguousDate:
            day = None
        if day and dates.FIRST <= day <= dates.LAST:
            return day, text.replace(found[0], " ")
    year, roc = _YEAR.search(text), _ROC_YEAR.search(text)
    month = _MONTH_AND_DAY.search(text)
    if month and (year or roc):
        number = int(roc[1]) + 1911 if roc else int(year[1])
        day = dates.in_text(f"{number}-{month[1]}-{month[2]}")
        if day:
            whole = (roc or year)[0]
            return day, text.replace(month[0], " ").replace(whole, " ", 1)
    return None, text


def _number(text: str, *, has_title: bool) -> str | None:
    found = _BEHIND_A_WORD.search(text)
    if found and not _NOT_OURS.search(found[1]):
        return found[1].strip("-/")
    stripped = text.strip(" ()（）[]【】")
    if _CODE_ALONE.fullmatch(stripped) and not _is_no_number(stripped) and not stripped.isdigit():
        return stripped
    if not has_title:
        return None
    numbers = [found[1] for found in _NUMBER.finditer(text) if not _is_no_number(found[1])]
    return numbers[-1] if numbers else None


def _is_no_number(text: str) -> bool:
    return bool(_NOT_OURS.search(text) or _ONLY_A_DATE.fullmatch(text))

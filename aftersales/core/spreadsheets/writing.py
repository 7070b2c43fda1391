"""Rows made into a workbook that prints well and that no text can turn into a program."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TEXT, NUMBER, MONEY, DATE, DATETIME = "text", "number", "money", "date", "datetime"
_FORMATS = {
    TEXT: "@",
    NUMBER: "General",
    MONEY: "#,##0.00",
    DATE: "yyyy-mm-dd",
    DATETIME: "yyyy-mm-dd hh:mm",
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\n")
_LONGEST = 32_767
_PRECISE = 10**15


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters and the kind of what it holds."""

    label: str
    width: float = 14
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: rows are taken one at a time, so a generator of any length will do."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The workbook as bytes. See `save_workbook`."""
    buffer = BytesIO()
    save_workbook(sheets, buffer)
    return buffer.getvalue()


def save_workbook(sheets: Iterable[Sheet], file: BinaryIO | Path) -> None:
    """Write the workbook to `file`, row by row, in memory that does not grow with the rows.

    Text stays text whatever it starts with; aware times are shown in the current time zone;
    each sheet has a frozen heading with a filter, and prints on A4 across.
    """
    workbook = Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        _write(workbook.create_sheet(_safe_title(sheet.title, taken)), sheet)
    if not workbook.worksheets:
        workbook.create_sheet(_safe_title("", taken))
    workbook.save(file)


def _write(worksheet, sheet: Sheet) -> None:
    worksheet.freeze_panes = "A2"
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_title_rows = "1:1"
    worksheet.oddFooter.right.text = "&P / &N"
    for number, column in enumerate(sheet.columns, start=1):
        worksheet.column_dimensions[get_column_letter(number)].width = column.width
    worksheet.append([_heading(worksheet, column) for column in sheet.columns])
    writers = [_CellWriter(worksheet, column.kind) for column in sheet.columns]
    count = 1
    for row in sheet.rows:
        worksheet.append([write(value) for write, value in zip(writers, row, strict=True)])
        count += 1
    if sheet.columns:
        worksheet.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def _heading(worksheet, column: Column) -> Cell:
    cell = WriteOnlyCell(worksheet)
    _put_text(cell, safe_text(column.label))
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EEF4")
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


class _CellWriter:
    """Makes the cells of one column. The three cells are used again for every row."""

    def __init__(self, worksheet, kind: str):
        self._kind = kind
        self._plain, self._quoted = WriteOnlyCell(worksheet), WriteOnlyCell(worksheet)
        self._figure = WriteOnlyCell(worksheet)
        self._plain.number_format = self._quoted.number_format = "@"
        self._quoted.quotePrefix = True
        self._figure.number_format = _FORMATS[kind]
        for cell in (self._plain, self._quoted):
            cell.alignment = Alignment(vertical="top", wrap_text=kind == TEXT)

    def __call__(self, value: Any) -> Cell | None:
        if value is None or value == "":
            return None
        figure = self._as_figure(value)
        if figure is not None:
            self._figure.value = figure
            return self._figure
        text = safe_text(value)
        cell = self._quoted if text.startswith(_STARTS_A_FORMULA) else self._plain
        _put_text(cell, text)
        return cell

    def _as_figure(self, value: Any) -> int | float | Decimal | datetime.date | None:
        if isinstance(value, datetime.datetime) and self._kind in (DATE, DATETIME):
            if timezone.is_aware(value):
                value = timezone.localtime(value).replace(tzinfo=None)
            return value if self._kind == DATETIME else value.date()
        if isinstance(value, datetime.date) and self._kind in (DATE, DATETIME):
            return value
        if self._kind not in (NUMBER, MONEY) or isinstance(value, bool):
            return None
        if isinstance(value, int | float | Decimal):
            is_finite = value == value and abs(value) < _PRECISE
            return value if is_finite else None
        return None


def _put_text(cell: Cell, text: str) -> None:
    cell.value = text
    cell.data_type = "s"  # openpyxl takes what starts with "=" for a formula


def safe_text(value: Any) -> str:
    """What a cell shows of `value`: no control characters, never longer than a cell holds."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime.datetime):
        if timezone.is_aware(value):
            value = timezone.localtime(value)
        return value.strftime("%Y-%m-%d %H:%M")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    text = _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("", text))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _safe_title(title: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and that no sheet before has, whatever its case."""
    title = _NOT_IN_A_NAME.sub(" ", safe_text(title)).replace("\n", " ").strip().strip("'")
    if title.casefold() == "history":  # Excel keeps this name for itself
        title = f"{title}_"
    title = title[:31].strip().strip("'") or _("工作表")
    unique, number = title, 2
    while unique.casefold() in taken:
        ending = f" ({number})"
        unique, number = title[: 31 - len(ending)] + ending, number + 1
    taken.add(unique.casefold())
    return unique

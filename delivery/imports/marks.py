"""What readers of lines and of notes have in common: to say what is wrong, and where."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import dates
from aftersales.core.spreadsheets.cells import has_lost_digits, is_blank
from aftersales.core.spreadsheets.grid import Cell
from aftersales.core.spreadsheets.problems import CellProblem, Findings
from delivery.imports.lines import RawLine

# As long as the fields of a note and of master data are.
LONGEST = {
    "external_no": 60,
    "customer": 120,
    "customer_code": 40,
    "consignee": 60,
    "phone": 60,
    "address": 200,
    "order_no": 60,
    "carrier": 80,
    "part_no": 60,
    "name": 120,
    "spec": 160,
    "uom": 20,
    "serial_nos": 80,
    "lot_no": 60,
    "line_remark": 300,
}
_NAMES = ("external_no", "part_no", "lot_no")


@dataclass(slots=True)
class Days:
    """How days are written in one sheet: its epoch, a day near by, and which comes first."""

    epoch: datetime.date
    near: datetime.date | None = None
    day_first: bool | None = None

    def read(self, cell: Cell) -> datetime.date:
        return dates.day(cell, epoch=self.epoch, near=self.near, day_first=self.day_first)


class Marker:
    """Reads cells of lines and marks what is wrong with them."""

    def __init__(self, findings: Findings):
        self._findings = findings

    def error(self, raw: RawLine, target: str, code: str, message: str) -> None:
        """An error about a fact of a line, at its cell or where it should stand."""
        cell = raw.cell(target)
        row = cell.row if cell else raw.row
        self._findings.error(raw.section.view.sheet, row, raw.place(target), code, message)

    def mark(self, raw: RawLine, cell: Cell, code: str, message: str) -> None:
        """An error at a cell."""
        self._findings.error(raw.sheet_of(cell), cell.row, cell.column, code, message)

    def warn(self, raw: RawLine, cell: Cell, code: str, message: str) -> None:
        self._findings.warn(raw.sheet_of(cell), cell.row, cell.column, code, message)

    def problem(self, raw: RawLine, cell: Cell, problem: CellProblem) -> None:
        if not is_blank(cell):
            self._findings.problem(raw.sheet_of(cell), cell, problem)

    def text(self, raw: RawLine, target: str, cell: Cell, read: Callable[[Cell], str]) -> str:
        """The text of the cell; empty, and an error, where it is none or too long."""
        try:
            text = read(cell)
        except CellProblem as problem:
            self.problem(raw, cell, problem)
            return ""
        if target in _NAMES:
            self.warn_of_lost_digits(raw, cell)
        self.check_length(raw, target, cell, text)
        return text

    def check_length(self, raw: RawLine, target: str, cell: Cell, text: str) -> bool:
        """Whether the text fits the field; an error where it does not."""
        limit = LONGEST.get(target)
        if limit is None or len(text) <= limit:
            return True
        message = _("這一格有 %(count)s 個字，最多 %(limit)s 個")
        self.mark(raw, cell, "too_long", message % {"count": len(text), "limit": limit})
        return False

    def warn_of_lost_digits(self, raw: RawLine, cell: Cell) -> None:
        if has_lost_digits(cell):
            message = _("這一格以數字存放，超過 15 位的部分已失真；請把格式改成文字後重新輸入")
            self.warn(raw, cell, "digits_lost", message)

"""A line of the table made into a line of a note, with everything that is wrong about it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.grid import FORMULA, Cell
from aftersales.core.text import fold
from delivery.imports import dates, formulas
from delivery.imports.cells import (
    code,
    has_lost_digits,
    is_blank,
    number,
    plain_number,
    prose,
    prose_lines,
)
from delivery.imports.documents import Line
from delivery.imports.findings import CellProblem, Findings
from delivery.imports.lines import RawLine
from delivery.imports.lookup import Catalogue
from delivery.imports.serials import serials_in
from delivery.imports.totals import HALF_A_CENT
from delivery.imports.vocabulary import DISCOUNT, TAX_RATE

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
_MOST_QUANTITY, _MOST_PRICE = Decimal(10**9), Decimal(10**10)
_TAX_RATES = tuple(Decimal(rate) / 100 for rate in (1, 3, 5, 6, 9, 10, 11, 13, 16, 17))


@dataclass(slots=True)
class Days:
    """How days are written in one sheet: its epoch, a day near by, and which comes first."""

    epoch: datetime.date
    near: datetime.date | None = None
    day_first: bool | None = None

    def read(self, cell: Cell) -> datetime.date:
        return dates.day(cell, epoch=self.epoch, near=self.near, day_first=self.day_first)


class Goods:
    """Reads lines one after another; keeps what must not come twice in one file."""

    def __init__(self, catalogue: Catalogue, findings: Findings, *, create_missing: bool):
        self._catalogue, self._findings = catalogue, findings
        self._create_missing = create_missing
        self._serials: dict[tuple[str, str], Cell] = {}

    def read(self, raw: RawLine, days: Days) -> Line:
        line = Line(row=raw.row)
        self._read_quantity(raw, line)
        self._read_part(raw, line)
        line.spec = self._text(raw, "spec", code)
        line.uom = line.uom if not raw.cell("uom") else self._text(raw, "uom", prose)
        line.unit_price = self._number(raw, "unit_price")
        line.tax_rate = self._rate(raw, TAX_RATE)
        self._read_amount(raw, line)
        self._read_serials(raw, line)
        line.lot_no = self._text(raw, "lot_no", code)
        line.due_on = self._day(raw, days)
        remarks = (
            self._checked(raw, "line_remark", cell, prose_lines)
            for cell in raw.facts.get("line_remark", [])
        )
        line.remark = "；".join(remark for remark in remarks if remark)
        self._check_price(raw, line)
        return line

    # --- quantity, price, amount -------------------------------------------------------------

    def _read_quantity(self, raw: RawLine, line: Line) -> None:
        cell = raw.cell("quantity")
        if cell is None:
            self._error(raw, "quantity", "required", _("缺少數量，請填大於 0 的數字"))
            return
        try:
            quantity, unit = number(cell)
        except CellProblem as problem:
            self._problem(raw, cell, problem)
            return
        if quantity <= 0:
            message = _("數量是 %(value)s，要大於 0；退回的貨請走退貨單")
            self._error(
                raw, "quantity", "not_positive", message % {"value": plain_number(quantity)}
            )
        elif quantity != quantity.quantize(Decimal("0.001")) or quantity >= _MOST_QUANTITY:
            message = _("數量 %(value)s 超出範圍：最多三位小數，小於十億")
            self._error(
                raw, "quantity", "out_of_range", message % {"value": plain_number(quantity)}
            )
        else:
            line.quantity = quantity
        column = raw.section.table.column("quantity")
        line.uom = unit or (column.unit if column else "")

    def _number(self, raw: RawLine, target: str) -> Decimal | None:
        cell = raw.cell(target)
        if cell is None:
            return None
        try:
            return number(cell)[0]
        except CellProblem as problem:
            self._problem(raw, cell, problem)
            return None

    def _rate(self, raw: RawLine, target: str) -> Decimal | None:
        """A rate as a fraction of one: 13, 13% and 0.13 are the same."""
        cell = raw.cell(target)
        value = cell.value if cell else None
        if isinstance(value, str):
            try:
                value = Decimal(value.strip().rstrip("%％"))
            except ArithmeticError:
                return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return None
        rate = Decimal(str(value))
        return rate / 100 if rate > 1 else rate

    def _read_amount(self, raw: RawLine, line: Line) -> None:
        cell = raw.cell("amount")
        if cell is None:
            return
        if cell.kind == FORMULA:
            line.amount = formulas.worked_out(raw.section.view.sheet, cell)
            if line.amount is None and isinstance(cell.value, int | float):
                line.amount = number(cell)[0]
            if line.amount is not None:
                line.amount = line.amount.quantize(Decimal("0.000001")).normalize()
            return
        line.amount = self._number(raw, "amount")

    def _check_price(self, raw: RawLine, line: Line) -> None:
        for target in ("unit_price", "amount"):
            value = getattr(line, target)
            if value is not None and (value < 0 or value >= _MOST_PRICE):
                code_word = "not_positive" if value < 0 else "out_of_range"
                message = (
                    _("%(value)s 不能小於 0；折讓請另開單據")
                    if value < 0
                    else _("%(value)s 超出範圍")
                )
                self._error(raw, target, code_word, message % {"value": plain_number(value)})
        if None in (line.quantity, line.unit_price, line.amount):
            return
        expected = line.quantity * line.unit_price
        if any(
            abs(line.amount - value) <= HALF_A_CENT for value in self._amounts(raw, line, expected)
        ):
            return
        line.has_wrong_amount = True
        message = _(
            "金額 %(amount)s 不等於數量 %(quantity)s × 單價 %(price)s = %(expected)s，"
            "草稿以 %(expected)s 計"
        )
        values = {
            "amount": plain_number(line.amount),
            "quantity": plain_number(line.quantity),
            "price": plain_number(line.unit_price),
            "expected": plain_number(expected),
        }
        cell = raw.cell("amount")
        self._findings.warn(
            raw.section.view.sheet, cell.row, cell.column, "amount_mismatch", message % values
        )

    def _amounts(self, raw: RawLine, line: Line, net: Decimal) -> list[Decimal]:
        """What the amount may rightly be: with tax where a column says so, less a discount."""
        amounts = [net]
        discount = self._rate(raw, DISCOUNT)
        if discount is not None:
            amounts += [net * discount, net * (1 - discount), net * discount * 10]
        if line.tax_rate is not None:
            amounts += [net * (1 + line.tax_rate), net / (1 + line.tax_rate)]
        elif self._is_taxed(raw, "amount") != self._is_taxed(raw, "unit_price"):
            amounts += [net * (1 + rate) for rate in _TAX_RATES]
            amounts += [net / (1 + rate) for rate in _TAX_RATES]
        return amounts

    @staticmethod
    def _is_taxed(raw: RawLine, target: str) -> bool:
        column = raw.section.table.column(target)
        words = fold(column.text) if column else ""
        return ("含税" in words and "不含税" not in words) or "价税" in words

    # --- part --------------------------------------------------------------------------------

    def _read_part(self, raw: RawLine, line: Line) -> None:
        line.name = self._text(raw, "name", prose)
        cell = raw.cell("part_no")
        if cell is None:
            self._find_by_name(raw, line)
        else:
            line.part_no = self._checked(raw, "part_no", cell, code)
            if line.part_no:
                line.product = self._catalogue.find_part(line.part_no)
        if line.product is not None or not line.part_no:
            return
        if not self._create_missing:
            message = _("料號 %(part)s 不在產品主檔，請先建檔，或勾選「建立新產品」")
            self._error(raw, "part_no", "unknown_part", message % {"part": line.part_no})
        elif not line.name and not raw.cell("name"):
            message = _("料號 %(part)s 是新產品，請填品名") % {"part": line.part_no}
            self._error(raw, "name", "required", message)

    def _find_by_name(self, raw: RawLine, line: Line) -> None:
        """Without a column of part numbers the one product of this name and spec will do."""
        has_column = raw.section.table.column("part_no") is not None
        is_shared = has_column and raw.section.table.column("part_no").is_several
        spec_cell = raw.cell("spec")
        if line.name and (not has_column or is_shared):
            try:
                spec = code(spec_cell) if spec_cell else ""
            except CellProblem:
                spec = ""
            line.product = self._catalogue.find_part_by_name(line.name, spec)
        if line.product is None:
            self._error(raw, "part_no", "required", _("缺少料號，請填產品主檔的料號"))
        else:
            line.part_no = str(self._catalogue.part_no_of(line.product))

    # --- serial numbers ----------------------------------------------------------------------

    def _read_serials(self, raw: RawLine, line: Line) -> None:
        sheet = raw.section.view.sheet
        for cell in [*raw.facts.get("serial_nos", []), *raw.more]:
            try:
                text = code(cell) if not isinstance(cell.value, str) else prose_lines(cell)
                serials = serials_in(text, quantity=line.quantity)
            except CellProblem as problem:
                self._problem(raw, cell, problem)
                continue
            if has_lost_digits(cell):
                self._warn_lost(raw, cell)
            for serial in serials:
                self._take_serial(raw, line, cell, serial)
        if line.serial_nos and line.quantity not in (None, len(line.serial_nos)):
            cell = raw.cell("serial_nos") or raw.more[0]
            message = _("數量是 %(quantity)s，序列號有 %(count)s 個")
            values = {"quantity": plain_number(line.quantity), "count": len(line.serial_nos)}
            self._findings.warn(sheet, cell.row, cell.column, "serial_count", message % values)

    def _take_serial(self, raw: RawLine, line: Line, cell: Cell, serial: str) -> None:
        if len(serial) > LONGEST["serial_nos"]:
            message = _("序列號「%(serial)s…」超過 %(limit)s 個字")
            values = {"serial": serial[:20], "limit": LONGEST["serial_nos"]}
            self._findings.error(
                raw.section.view.sheet, cell.row, cell.column, "too_long", message % values
            )
            return
        key = (fold(line.part_no), fold(serial))
        first = self._serials.setdefault(key, cell)
        if first is not cell or serial in line.serial_nos:
            message = _("序列號 %(serial)s 已出現在 %(column)s%(row)s，同一台不能發兩次")
            values = {"serial": serial, "column": first.letter, "row": first.row}
            self._findings.error(
                raw.section.view.sheet, cell.row, cell.column, "duplicate_serial", message % values
            )
            return
        line.serial_nos.append(serial)

    # --- the rest ----------------------------------------------------------------------------

    def _day(self, raw: RawLine, days: Days) -> datetime.date | None:
        cell = raw.cell("due_on")
        if cell is None:
            fact = raw.context.best("due_on")
            cell = fact.cell if fact else None
        if cell is None:
            return None
        try:
            return days.read(cell)
        except CellProblem as problem:
            self._problem(raw, cell, problem)
            return None

    def _text(self, raw: RawLine, target: str, read: Callable[[Cell], str]) -> str:
        cell = raw.cell(target)
        if cell is None and target == "lot_no" and (fact := raw.context.best(target)):
            cell = fact.cell
        return self._checked(raw, target, cell, read) if cell is not None else ""

    def _checked(self, raw: RawLine, target: str, cell: Cell, read: Callable[[Cell], str]) -> str:
        """The text of the cell; empty, and an error, where it is none or too long."""
        try:
            text = read(cell)
        except CellProblem as problem:
            self._problem(raw, cell, problem)
            return ""
        if target in ("part_no", "lot_no") and has_lost_digits(cell):
            self._warn_lost(raw, cell)
        if len(text) > LONGEST[target]:
            message = _("這一格有 %(count)s 個字，最多 %(limit)s 個")
            values = {"count": len(text), "limit": LONGEST[target]}
            self._findings.error(
                raw.section.view.sheet, cell.row, cell.column, "too_long", message % values
            )
        return text

    def _warn_lost(self, raw: RawLine, cell: Cell) -> None:
        message = _("這一格以數字存放，超過 15 位的部分已失真；請把格式改成文字後重新輸入")
        self._findings.warn(raw.section.view.sheet, cell.row, cell.column, "digits_lost", message)

    def _problem(self, raw: RawLine, cell: Cell, problem: CellProblem) -> None:
        if not is_blank(cell):
            self._findings.problem(raw.section.view.sheet, cell, problem)

    def _error(self, raw: RawLine, target: str, code_word: str, message: str) -> None:
        cell = raw.cell(target)
        row = cell.row if cell else raw.row
        self._findings.error(raw.section.view.sheet, row, raw.place(target), code_word, message)

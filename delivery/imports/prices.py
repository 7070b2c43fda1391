"""Quantity, price and amount of a line, and whether they agree."""

from decimal import Decimal

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.cells import looks_like_number, number, plain_number
from aftersales.core.spreadsheets.grid import FORMULA
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import fold
from delivery.imports import formulas
from delivery.imports.documents import Line
from delivery.imports.lines import RawLine
from delivery.imports.marks import Marker
from delivery.imports.totals import HALF_A_CENT
from delivery.imports.vocabulary import DISCOUNT, TAX_RATE

_MOST_QUANTITY, _MOST_PRICE = Decimal(10**9), Decimal(10**10)
_STEP, _FINEST = Decimal("0.001"), Decimal("0.000001")
_TAX_RATES = tuple(Decimal(rate) / 100 for rate in (1, 3, 5, 6, 9, 10, 11, 13, 16, 17))


class Prices(Marker):
    """Fills the figures of lines."""

    def read(self, raw: RawLine, line: Line) -> None:
        self._read_quantity(raw, line)
        line.unit_price = self._figure(raw, "unit_price")
        line.tax_rate = _rate(raw, TAX_RATE)
        line.amount = self._amount(raw)
        for target in ("unit_price", "amount"):
            self._check_range(raw, target, getattr(line, target))
        if None not in (line.quantity, line.unit_price, line.amount):
            self._compare(raw, line)

    def _read_quantity(self, raw: RawLine, line: Line) -> None:
        cell = raw.cell("quantity")
        if cell is None:
            self.error(raw, "quantity", "required", _("缺少數量，請填大於 0 的數字"))
            return
        try:
            quantity, unit = number(cell)
        except CellProblem as problem:
            self.problem(raw, cell, problem)
            return
        column = raw.section.table.column("quantity")
        line.uom = unit or (column.unit if column else "")
        shown = {"value": plain_number(quantity)}
        if quantity <= 0:
            message = _("數量是 %(value)s，要大於 0；退回的貨請走退貨單")
            self.error(raw, "quantity", "not_positive", message % shown)
        elif quantity >= _MOST_QUANTITY or quantity != quantity.quantize(_STEP):
            message = _("數量 %(value)s 超出範圍：最多三位小數，小於十億")
            self.error(raw, "quantity", "out_of_range", message % shown)
        else:
            line.quantity = quantity

    def _figure(self, raw: RawLine, target: str) -> Decimal | None:
        cell = raw.cell(target)
        if cell is None:
            return None
        try:
            return number(cell)[0]
        except CellProblem as problem:
            self.problem(raw, cell, problem)
            return None

    def _amount(self, raw: RawLine) -> Decimal | None:
        """A formula is worked out anew, since an amount is only compared."""
        cell = raw.cell("amount")
        if cell is None or cell.kind != FORMULA:
            return self._figure(raw, "amount")
        amount = formulas.worked_out(raw.section.view.sheet, cell)
        if amount is None and looks_like_number(cell) and cell.value is not None:
            amount = number(cell)[0]
        is_sane = amount is not None and abs(amount) < _MOST_PRICE
        return amount.quantize(_FINEST).normalize() if is_sane else None

    def _check_range(self, raw: RawLine, target: str, value: Decimal | None) -> None:
        if value is None or 0 <= value < _MOST_PRICE:
            return
        shown = {"value": plain_number(value)}
        if value < 0:
            message = _("%(value)s 不能小於 0；折讓請另開單據")
            self.error(raw, target, "not_positive", message % shown)
        else:
            self.error(raw, target, "out_of_range", _("%(value)s 超出範圍") % shown)

    def _compare(self, raw: RawLine, line: Line) -> None:
        expected = line.quantity * line.unit_price
        allowed = _amounts(raw, line, expected)
        if any(abs(line.amount - value) <= HALF_A_CENT for value in allowed):
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
        self.warn(raw, raw.cell("amount"), "amount_mismatch", message % values)


def _amounts(raw: RawLine, line: Line, net: Decimal) -> list[Decimal]:
    """What the amount may rightly be: with tax where a column says so, less a discount."""
    amounts = [net]
    discount = _rate(raw, DISCOUNT)
    if discount is not None:
        amounts += [net * discount, net * (1 - discount), net * discount * 10]
    if line.tax_rate is not None:
        amounts += [net * (1 + line.tax_rate), net / (1 + line.tax_rate)]
    elif _is_taxed(raw, "amount") != _is_taxed(raw, "unit_price"):
        amounts += [net * (1 + rate) for rate in _TAX_RATES]
        amounts += [net / (1 + rate) for rate in _TAX_RATES]
    return amounts


def _is_taxed(raw: RawLine, target: str) -> bool:
    column = raw.section.table.column(target)
    words = fold(column.text) if column else ""
    return ("含税" in words and "不含税" not in words) or "价税" in words


def _rate(raw: RawLine, target: str) -> Decimal | None:
    """A rate as a fraction of one: 13, 13% and 0.13 are the same."""
    cell = raw.cell(target)
    value = cell.value if cell else None
    if isinstance(value, str):
        value = value.strip().rstrip("%％")
    if isinstance(value, bool) or value is None:
        return None
    try:
        rate = Decimal(str(value))
    except ArithmeticError:
        return None
    rate = rate / 100 if rate > 1 else rate
    return rate if 0 <= rate <= 1 else None

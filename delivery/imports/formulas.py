"""The little arithmetic that totals need: SUM and its kin over cells of the same sheet.

Formulas that give a fact are never worked out here; what a total should be is compared with what
it says, and a workbook saved by a program that does not calculate says nothing else.
"""

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal, DivisionByZero, InvalidOperation

from aftersales.core.spreadsheets.cells import decimal, number_in
from aftersales.core.spreadsheets.grid import FORMULA, Cell, Sheet, column_number

_TOKEN = re.compile(
    r"\s*(?:(?P<range>\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7}(?![A-Z0-9(]))"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Z][A-Z.]*)(?=\s*\()|(?P<sign>[-+*/(),]))",
    re.IGNORECASE,
)
_DEEPEST, _MOST_CELLS = 8, 50_000


class _Unknown(Exception):
    """Something that this arithmetic does not do."""


def worked_out(sheet: Sheet, cell: Cell) -> Decimal | None:
    """What a formula gives by the cells as they are now; None where it does more than add up."""
    try:
        return _Reader(sheet, cell.formula or "", 0).result()
    except (_Unknown, DivisionByZero, InvalidOperation, RecursionError):
        return None


def summed_rows(cell: Cell) -> tuple[int, int] | None:
    """First and last row of the one range that a formula covers, for saying what it leaves out."""
    ranges = re.findall(r"\$?[A-Z]{1,3}\$?(\d+):\$?[A-Z]{1,3}\$?(\d+)", cell.formula or "", re.I)
    return (int(ranges[0][0]), int(ranges[0][1])) if len(ranges) == 1 else None


class _Reader:
    """Reads a formula from left to right: terms of factors of cells, numbers and functions."""

    def __init__(self, sheet: Sheet, formula: str, depth: int):
        if depth > _DEEPEST or not formula:
            raise _Unknown
        self._sheet, self._depth = sheet, depth
        self._tokens = list(_tokens(formula))
        self._at = 0

    def result(self) -> Decimal:
        value = self._sum()
        if self._at != len(self._tokens):
            raise _Unknown
        return value

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise _Unknown
        self._at += 1
        return self._tokens[self._at - 1]

    def _sum(self) -> Decimal:
        value = self._product()
        while self._peek() in ("+", "-"):
            sign = self._take()[1]
            value = value + self._product() if sign == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._factor()
        while self._peek() in ("*", "/"):
            sign = self._take()[1]
            value = value * self._factor() if sign == "*" else value / self._factor()
        return value

    def _factor(self) -> Decimal:
        kind, text = self._take()
        if text in ("-", "+"):
            return -self._factor() if text == "-" else self._factor()
        if text == "(":
            value = self._sum()
            self._expect(")")
            return value
        if kind == "number":
            return Decimal(text)
        if kind == "cell":
            return sum(self._cells(text, text), Decimal(0))
        if kind == "name":
            return self._function(text.upper())
        raise _Unknown

    def _expect(self, sign: str) -> None:
        if self._take()[1] != sign:
            raise _Unknown

    def _function(self, name: str) -> Decimal:
        self._expect("(")
        arguments: list[list[Decimal]] = []
        while self._peek() != ")":
            if self._at < len(self._tokens) and self._tokens[self._at][0] == "range":
                first, last = self._take()[1].split(":")
                arguments.append(self._cells(first, last))
            else:
                arguments.append([self._sum()])
            if self._peek() == ",":
                self._take()
        self._expect(")")
        return _apply(name, arguments)

    def _cells(self, first: str, last: str) -> list[Decimal]:
        left, top = _place(first)
        right, bottom = _place(last)
        if (left, top) == (right, bottom):
            cell = self._sheet.cell(top, left)
            return [] if cell is None else [self._value(cell) or Decimal(0)]
        rows = self._sheet.rows
        begin = bisect_left(rows, top, key=lambda row: row.number)
        end = bisect_right(rows, bottom, key=lambda row: row.number)
        cells = [
            cell
            for row in rows[begin:end]
            for column, cell in row.cells.items()
            if left <= column <= right
        ]
        if len(cells) > _MOST_CELLS:
            raise _Unknown
        return [value for value in map(self._value, cells) if value is not None]

    def _value(self, cell: Cell) -> Decimal | None:
        if cell.kind == FORMULA and cell.formula:
            try:
                return _Reader(self._sheet, cell.formula, self._depth + 1).result()
            except _Unknown:
                if cell.value is None:
                    raise
        value = cell.value
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            return decimal(value)
        found = number_in(value) if isinstance(value, str) and len(value) < 30 else None
        return found[0] if found else None


def _apply(name: str, arguments: list[list[Decimal]]) -> Decimal:
    values = [value for argument in arguments for value in argument]
    if name == "SUM":
        return sum(values, Decimal(0))
    if (
        name in ("SUBTOTAL", "AGGREGATE")
        and arguments
        and arguments[0] in ([Decimal(9)], [Decimal(109)])
    ):
        return sum(values[1 if name == "SUBTOTAL" else 2 :], Decimal(0))
    if name == "PRODUCT":
        product = Decimal(1)
        for value in values:
            product *= value
        return product
    if name == "ROUND" and len(values) == 2 and 0 <= values[1] <= 6:
        return values[0].quantize(Decimal(1).scaleb(-int(values[1])), rounding="ROUND_HALF_UP")
    raise _Unknown


def _place(reference: str) -> tuple[int, int]:
    reference = reference.replace("$", "")
    letters = reference.rstrip("0123456789")
    return column_number(letters), int(reference[len(letters) :])


def _tokens(formula: str):
    at = 0
    formula = formula.strip()
    while at < len(formula):
        found = _TOKEN.match(formula, at)
        if not found:
            raise _Unknown
        at = found.end()
        yield found.lastgroup, found[found.lastgroup]

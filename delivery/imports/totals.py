"""Totals written under a table, compared with the sum of the lines that were read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.cells import decimal, number_in, plain_number
from aftersales.core.spreadsheets.grid import FORMULA, Cell
from aftersales.core.spreadsheets.problems import Findings
from aftersales.core.spreadsheets.total_words import total_word
from aftersales.core.text import fold
from delivery.imports import formulas
from delivery.imports.documents import Line
from delivery.imports.lines import TotalRow
from delivery.imports.sections import Section

HALF_A_CENT = Decimal("0.005")
_TOTAL_WORDS = tuple(
    [
        "合計",
        "合计",
        "總計",
        "总计",
        "小計",
        "小计",
        "共計",
        "共计",
        "共",
        "計",
        "计",
        "Total",
        "TOTAL",
    ]
)
_MONEY_WORDS = ("金额", "总额", "¥", "元", "amount", "$")


@dataclass(slots=True)
class Ledger:
    """Running sums over the lines of a sheet, so that any stretch of them is summed at once.

    Each list has one entry more than there are lines: what the lines before add up to.
    """

    rows: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=lambda: [0])
    quantity: list[Decimal] = field(default_factory=lambda: [Decimal(0)])
    written: list[Decimal] = field(default_factory=lambda: [Decimal(0)])
    worked_out: list[Decimal] = field(default_factory=lambda: [Decimal(0)])
    priced: list[int] = field(default_factory=lambda: [0])
    stated: list[int] = field(default_factory=lambda: [0])

    def add(self, lines: Sequence[Line]) -> None:
        for line in lines:
            quantity, price = line.quantity or Decimal(0), line.unit_price
            self.rows.append(line.row)
            self.unread.append(self.unread[-1] + (line.quantity is None))
            self.quantity.append(self.quantity[-1] + quantity)
            self.written.append(self.written[-1] + (line.amount or Decimal(0)))
            self.stated.append(self.stated[-1] + (line.amount is not None))
            self.worked_out.append(self.worked_out[-1] + quantity * (price or Decimal(0)))
            self.priced.append(self.priced[-1] + (price is not None))

    def sums(self, target: str, start: int, end: int) -> list[Decimal]:
        """What a stretch adds up to; amounts by what is written and by quantity × price."""
        if start >= end or self.unread[end] > self.unread[start]:
            return []
        if target == "quantity":
            return [self.quantity[end] - self.quantity[start]]
        found = []
        if self.stated[end] > self.stated[start]:
            found.append(self.written[end] - self.written[start])
        if self.priced[end] > self.priced[start]:
            found.append(self.worked_out[end] - self.worked_out[start])
        return found


def check_totals(
    section: Section,
    totals: Sequence[TotalRow],
    lines: Sequence[Line],
    ledger: Ledger,
    findings: Findings,
) -> None:
    """Warn `total_mismatch` at every total that no sensible sum explains.

    `lines` are those of the section; `ledger` has those of the sheet above it and takes them in:
    a subtotal sums what stands since the total before it, a grand total may sum the whole sheet.
    """
    begin = since = len(ledger.rows)
    ledger.add(lines)
    for total in totals:
        end = begin + total.lines_above
        check = _Check(section, ledger, ((since, end), (begin, end), (0, end)), findings)
        for target in ("quantity", "amount"):
            cell = _cell(section, total, target)
            stated = _stated(section, cell) if cell else None
            if stated is not None:
                check.compare(cell, target, stated)
        check.label(total)
        since = end


def _cell(section: Section, total: TotalRow, target: str) -> Cell | None:
    column = section.table.column(target)
    return total.reading.row.cells.get(column.number) if column else None


def _stated(section: Section, cell: Cell) -> Decimal | None:
    if cell.kind == FORMULA:
        by_cells = formulas.worked_out(section.view.sheet, cell)
        if by_cells is not None:
            return by_cells
    value = cell.value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return decimal(value)
    return _in_words(value) if isinstance(value, str) else None


def _in_words(text: str) -> Decimal | None:
    """13, 共 13 台, 合計：¥46,080.00."""
    for word in _TOTAL_WORDS:
        text = text.replace(word, " ")
    found = number_in(text.strip(" :：()（）"))
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class _Check:
    """One row of totals and the stretches of lines that it may sum."""

    section: Section
    ledger: Ledger
    scopes: tuple[tuple[int, int], ...]
    findings: Findings

    def _sums(self, target: str) -> list[Decimal]:
        return [found for scope in self.scopes for found in self.ledger.sums(target, *scope)]

    def compare(self, cell: Cell, target: str, stated: Decimal) -> None:
        sums = self._sums(target)
        if not sums or any(abs(stated - found) <= HALF_A_CENT for found in sums):
            return
        start, end = next(scope for scope in self.scopes if self.ledger.sums(target, *scope))
        first, last = self.ledger.rows[start], self.ledger.rows[end - 1]
        values = {
            "stated": plain_number(stated),
            "sum": plain_number(sums[0]),
            "first": first,
            "last": last,
        }
        if target == "quantity":
            message = (
                _("合計寫 %(stated)s，第 %(first)s–%(last)s 列的數量加起來是 %(sum)s") % values
            )
        else:
            message = (
                _("合計寫 %(stated)s，第 %(first)s–%(last)s 列的金額加起來是 %(sum)s") % values
            )
        covered = formulas.summed_rows(cell) if cell.kind == FORMULA else None
        if covered and (covered[0] > first or covered[1] < last):
            rows = {"top": covered[0], "bottom": covered[1]}
            message += _("（公式只加了第 %(top)s–%(bottom)s 列）") % rows
        sheet = self.section.view.sheet
        self.findings.warn(sheet, cell.row, cell.column, "total_mismatch", message)

    def label(self, total: TotalRow) -> None:
        """「合計：13 台」 in one cell: either a quantity or an amount."""
        for cell in self.section.view.own(total.reading.row):
            if not isinstance(cell.value, str) or total_word(cell.value) is None:
                continue
            stated = _in_words(cell.value.split("：")[-1].split(":")[-1])
            if stated is None:
                continue
            folded = fold(cell.value)
            is_money = any(word in folded for word in _MONEY_WORDS)
            targets = ("amount",) if is_money else ("quantity", "amount")
            sums = [found for target in targets for found in self._sums(target)]
            if sums and not any(abs(stated - found) <= HALF_A_CENT for found in sums):
                self.compare(cell, targets[0], stated)

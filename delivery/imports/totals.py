"""Totals written under a table, compared with the sum of the lines that were read."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.grid import FORMULA, Cell
from aftersales.core.text import fold
from delivery.imports import formulas
from delivery.imports.cells import decimal, number_in, plain_number
from delivery.imports.documents import Line
from delivery.imports.findings import Findings
from delivery.imports.lines import TotalRow
from delivery.imports.rows import total_word
from delivery.imports.sections import Section

HALF_A_CENT = Decimal("0.005")


def check_totals(
    section: Section,
    totals: Sequence[TotalRow],
    lines: Sequence[Line],
    before: Sequence[Line],
    findings: Findings,
) -> None:
    """Warn `total_mismatch` at every total that no sensible sum explains.

    `lines` are those of the section, `before` those of the sheet above it: a subtotal sums what
    stands since the total before it, a grand total may sum the whole sheet.
    """
    since = 0
    for total in totals:
        above = lines[: total.lines_above]
        scopes = [above[since:], above, [*before, *above]]
        for target in ("quantity", "amount"):
            cell = _cell(section, total, target)
            stated = _stated(section, cell) if cell else None
            if stated is not None:
                _compare(section, cell, target, stated, scopes, findings)
        _check_label(section, total, scopes, findings)
        since = total.lines_above


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
    for word in (
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
    ):
        text = text.replace(word, " ")
    found = number_in(text.strip(" :：()（）"))
    return found[0] if found else None


def _sums(target: str, lines: Sequence[Line]) -> set[Decimal]:
    """What the lines add up to; for amounts by what is written and by quantity × price."""
    if not lines or any(line.quantity is None for line in lines):
        return set()
    if target == "quantity":
        return {sum((line.quantity for line in lines), Decimal(0))}
    written = [line.amount for line in lines if line.amount is not None]
    worked_out = [line.quantity * line.unit_price for line in lines if line.unit_price is not None]
    return {sum(amounts, Decimal(0)) for amounts in (written, worked_out) if amounts}


def _compare(
    section: Section,
    cell: Cell,
    target: str,
    stated: Decimal,
    scopes: Sequence[Sequence[Line]],
    findings: Findings,
) -> None:
    sums = [found for scope in scopes for found in sorted(_sums(target, scope))]
    if not sums or any(abs(stated - found) <= HALF_A_CENT for found in sums):
        return
    scope = next(scope for scope in scopes if _sums(target, scope))
    values = {
        "stated": plain_number(stated),
        "sum": plain_number(sums[0]),
        "first": scope[0].row,
        "last": scope[-1].row,
    }
    if target == "quantity":
        message = _("合計寫 %(stated)s，第 %(first)s–%(last)s 列的數量加起來是 %(sum)s") % values
    else:
        message = _("合計寫 %(stated)s，第 %(first)s–%(last)s 列的金額加起來是 %(sum)s") % values
    covered = formulas.summed_rows(cell) if cell.kind == FORMULA else None
    if covered and (covered[0] > scope[0].row or covered[1] < scope[-1].row):
        message += _("（公式只加了第 %(top)s–%(bottom)s 列）") % {
            "top": covered[0],
            "bottom": covered[1],
        }
    findings.warn(section.view.sheet, cell.row, cell.column, "total_mismatch", message)


def _check_label(
    section: Section, total: TotalRow, scopes: Sequence[Sequence[Line]], findings: Findings
) -> None:
    """「合計：13 台」 in one cell: either a quantity or an amount."""
    for cell in section.view.own(total.reading.row):
        if not isinstance(cell.value, str) or total_word(cell.value) is None:
            continue
        stated = _in_words(cell.value.split("：")[-1].split(":")[-1])
        if stated is None:
            continue
        folded = fold(cell.value)
        is_money = any(word in folded for word in ("金额", "总额", "¥", "元", "amount", "$"))
        sums = {
            found
            for target in (("amount",) if is_money else ("quantity", "amount"))
            for scope in scopes
            for found in _sums(target, scope)
        }
        if sums and not any(abs(stated - found) <= HALF_A_CENT for found in sums):
            target = "amount" if is_money else "quantity"
            _compare(section, cell, target, stated, scopes, findings)

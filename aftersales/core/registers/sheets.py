"""The cells of a row by fact: merged ones filled down, 同上 said in full, days in the sheet's ways."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from aftersales.core.registers.columns import Column, Table
from aftersales.core.spreadsheets import dates
from aftersales.core.spreadsheets.cells import is_ditto, says_nothing
from aftersales.core.spreadsheets.grid import TEXT, Cell, Merge, Row
from aftersales.core.spreadsheets.problems import CellProblem


@dataclass
class Ways:
    """How a sheet is written, as far as it is known: from which day it counts, whether 6/11/2026
    is a day in November, and down to which row a cell is merged, by its row and column.

    The last two are known only when the sheet has been read once.
    """

    epoch: datetime.date
    day_first: bool | None = None
    merged: dict[tuple[int, int], int] = field(default_factory=dict)


class Reader:
    """Gives the cells of one table's rows, from top to bottom, and learns how it is written."""

    def __init__(self, table: Table, columns: list[Column], ways: Ways):
        self._columns = [column for column in columns if column.name in table.places]
        self._places, self.ways = table.places, ways
        self._held: dict[int, tuple[int, Cell]] = {}
        self._last: dict[str, Cell] = {}
        self._shown: set[bool] = set()  # what days like 13/11/2026 have shown
        self._is_in_doubt = False

    def cells(self, row: Row) -> dict[str, Cell]:
        """What the row says, by fact; a blank, a dash or 無 says nothing."""
        said = {}
        for column in self._columns:
            cell = self._cell(row, self._places[column.name])
            if is_ditto(cell):
                above = self._last.get(column.name)
                cell = _placed(above, row.number) if above else None
            if not says_nothing(cell):
                said[column.name] = self._last[column.name] = cell
        return said

    def _cell(self, row: Row, number: int) -> Cell | None:
        cell = row.cells.get(number)
        if cell is not None and (bottom := self.ways.merged.get((row.number, number))):
            self._held[number] = (bottom, cell)
        elif cell is None and number in self._held and row.number <= self._held[number][0]:
            return _placed(self._held[number][1], row.number)
        return cell

    def value(self, column: Column, cell: Cell):
        """The fact in the cell. Raises CellProblem."""
        if column.is_day:
            return self._day(cell)
        value = column.read(cell)
        if column.longest and isinstance(value, str) and len(value) > column.longest:
            raise CellProblem("too_long", _too_long(len(value), column.longest))
        return value

    def _day(self, cell: Cell) -> datetime.date:
        if cell.kind == TEXT:
            shown = dates.is_day_first(cell.value)
            self._shown |= {shown} if shown is not None else set()
        try:
            return dates.day(cell, epoch=self.ways.epoch, day_first=self.ways.day_first)
        except CellProblem as problem:
            if problem.code != "date_ambiguous":
                raise
            self._is_in_doubt = True
            raise CellProblem("not_a_date", problem.message) from problem

    def learnt(self, merges: list[Merge], heading: int) -> bool:
        """Whether the whole sheet has shown more than was known, so that it is read once more."""
        before = (self.ways.day_first, self.ways.merged)
        if self._is_in_doubt and len(self._shown) == 1:
            self.ways.day_first = next(iter(self._shown))
        places = set(self._places.values())
        self.ways.merged = {
            (merge.top, merge.left): merge.bottom
            for merge in merges
            if merge.bottom > merge.top > heading and merge.left in places
        }
        return before != (self.ways.day_first, self.ways.merged)


def _placed(cell: Cell, row: int) -> Cell:
    return Cell(row, cell.column, cell.value, cell.kind, cell.formula, cell.number_format)


def _too_long(count: int, limit: int) -> str:
    return _("這一格有 %(count)s 個字，最多 %(limit)s 個") % {"count": count, "limit": limit}

"""A sheet as the importer looks at it: merged cells answer wherever they are shown."""

from bisect import bisect_right
from collections import defaultdict

from aftersales.core.spreadsheets.cells import is_blank
from aftersales.core.spreadsheets.grid import Cell, Merge, Row, Sheet

_MOST_COLUMNS = 200


class View:
    """Looks up cells of one sheet; `sheet` is what it is of."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self._down: dict[int, list[Merge]] = defaultdict(list)
        self._across: dict[int, list[Merge]] = defaultdict(list)
        for merge in sorted(sheet.merges, key=lambda merge: merge.top):
            if merge.bottom > merge.top:
                self._down[merge.left].append(merge)
            if merge.right > merge.left and merge.bottom - merge.top < 50:
                for row in range(merge.top, merge.bottom + 1):
                    self._across[row].append(merge)

    def own(self, row: Row) -> list[Cell]:
        """What the row itself holds, from left to right."""
        return [cell for _column, cell in sorted(row.cells.items()) if not is_blank(cell)]

    def at(self, row: Row, column: int) -> Cell | None:
        """The cell of the row, or the one merged downwards over it; None where blank."""
        cell = row.cells.get(column)
        if cell is None:
            merge = self.merged_down(row.number, column)
            cell = self.sheet.cell(merge.top, column) if merge else None
        return None if is_blank(cell) else cell

    def merged_down(self, row: int, column: int) -> Merge | None:
        """The merge that covers this place and begins above it in the same column."""
        merges = self._down.get(column)
        if not merges:
            return None
        index = bisect_right(merges, row, key=lambda merge: merge.top) - 1
        merge = merges[index] if index >= 0 else None
        return merge if merge and merge.top < row <= merge.bottom else None

    def heading_at(self, row: int, column: int) -> Cell | None:
        """The cell shown at this place of a heading, merged in whatever direction."""
        cell = self.sheet.cell(row, column)
        if not is_blank(cell):
            return cell
        for merge in self._across.get(row, ()):
            if merge.left <= column <= min(merge.right, _MOST_COLUMNS):
                found = self.sheet.cell(merge.top, merge.left)
                return None if is_blank(found) else found
        merge = self.merged_down(row, column)
        found = self.sheet.cell(merge.top, column) if merge else None
        return None if is_blank(found) else found

    def width(self, cell: Cell) -> int:
        """Over how many columns the cell is shown."""
        for merge in self._across.get(cell.row, ()):
            if merge.left == cell.column and merge.top == cell.row:
                return merge.right - merge.left + 1
        return 1

    def is_merged(self, cell: Cell) -> bool:
        return any(
            merge.top == cell.row and merge.left == cell.column
            for merge in [*self._across.get(cell.row, ()), *self._down.get(cell.column, ())]
        )

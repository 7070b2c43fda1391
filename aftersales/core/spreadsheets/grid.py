"""What a spreadsheet is once read: sheets of rows of cells that know their place and kind."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

NUMBER, TEXT, DATE, FORMULA, ERROR, TRUTH = "number", "text", "date", "formula", "error", "truth"
EPOCH_1900 = datetime.date(1899, 12, 30)
EPOCH_1904 = datetime.date(1904, 1, 1)

Value = int | float | str | bool | datetime.datetime | None


@cache
def column_letter(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(slots=True)
class Cell:
    """One cell that holds something.

    `kind` says how it was written: number, text, date, truth, error or formula. For a formula
    `value` is what the program that saved the file had worked out, None where it had not, and
    `formula` is its text without "=" ("" where it is shared with another cell). A date is a
    naive datetime, as in the sheet. `number_format` is kept for numbers only.
    """

    row: int
    column: int
    value: Value
    kind: str
    formula: str | None = None
    number_format: str = ""

    @property
    def letter(self) -> str:
        return column_letter(self.column)


@dataclass(slots=True)
class Row:
    """A row with at least one cell; `number` is the sheet's own."""

    number: int
    cells: dict[int, Cell]
    is_hidden: bool = False

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells.values())


@dataclass(frozen=True, slots=True)
class Merge:
    """A rectangle of cells that are shown as one; its value is in the top left cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet: rows in order of their numbers, those without a value left out."""

    title: str
    number: int = 1
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    is_hidden: bool = False

    def cell(self, row: int, column: int) -> Cell | None:
        found = self.row(row)
        return found.cells.get(column) if found else None

    def row(self, number: int) -> Row | None:
        low, high = 0, len(self.rows)
        while low < high:
            middle = (low + high) // 2
            if self.rows[middle].number < number:
                low = middle + 1
            else:
                high = middle
        return self.rows[low] if low < len(self.rows) and self.rows[low].number == number else None


@dataclass(slots=True)
class Grid:
    """A workbook, or a CSV file as a workbook of one sheet."""

    name: str
    sheets: list[Sheet]
    epoch: datetime.date = EPOCH_1900

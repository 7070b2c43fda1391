"""Where the table of a sheet begins and what its columns hold, by synonyms in both scripts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aftersales.core.spreadsheets.grid import Cell, Grid, Row, Sheet, column_letter
from aftersales.core.text import fold

SEARCHED = 30  # the heading stands among the first rows
_MARKS = re.compile(r"[*★☆●※#:_\-./\s]+|\((?:必填|选填|required|optional)\)$")
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")


@dataclass(frozen=True, slots=True)
class Column:
    """A fact that a column may hold: its name, its heading in our words, and what else offices
    call it, parted by blanks. `read(cell)` gives the value or raises CellProblem; None is for a
    column that is known and not taken over, `note` says why where somebody might miss it."""

    name: str
    label: str
    words: str
    read: Callable[[Cell], object] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table: its heading row, the column number of each known fact, and the headings
    that nobody knows, by column number."""

    sheet: Sheet
    heading: Row
    places: dict[str, int]
    unknown: dict[int, str]

    @property
    def rows(self) -> list[Row]:
        """The rows below the heading."""
        return [row for row in self.sheet.rows if row.number > self.heading.number]

    def has_one_of(self, names: Sequence[str]) -> bool:
        return any(name in self.places for name in names)

    def letter(self, name: str) -> str | None:
        """The letter of a fact's column, None where the sheet has none."""
        return column_letter(self.places[name]) if name in self.places else None


def find_table(
    grid: Grid, columns: Sequence[Column], needs: Sequence[Sequence[str]]
) -> Table | None:
    """The table that answers most of the `needs` (of each one fact must be there), and of those
    the one with the most known headings. None where no heading is known."""
    known = {word: column.name for column in columns for word in _words_of(column)}
    best, best_score = None, (0, 0)
    for sheet in grid.sheets:
        for row in () if sheet.is_hidden else sheet.rows[:SEARCHED]:
            table = _as_table(sheet, row, known)
            score = (sum(map(table.has_one_of, needs)), len(table.places))
            if score > best_score and score[1]:
                best, best_score = table, score
    return best


def _as_table(sheet: Sheet, row: Row, known: dict[str, str]) -> Table:
    places, unknown = {}, {}
    for number, cell in row.cells.items():
        text = str(cell.value or "").strip()
        name = known.get(_plain(text)) or known.get(_plain(_BRACKETS.sub("", text)))
        if name and name not in places:
            places[name] = number
        elif text:
            unknown[number] = text
    return Table(sheet, row, places, unknown)


def _words_of(column: Column) -> list[str]:
    return [_plain(word) for word in (column.name, str(column.label), *column.words.split())]


def _plain(text: str) -> str:
    """A heading as it is compared: folded, without marks, dashes and (必填)."""
    return _MARKS.sub("", fold(text))

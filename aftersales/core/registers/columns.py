"""Where the table of a sheet begins and what its columns hold, by mapping or by synonyms."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from django.conf import settings
from django.utils import translation

from aftersales.core.spreadsheets.grid import Cell, Row, column_letter
from aftersales.core.spreadsheets.reading import Book
from aftersales.core.text import fold, half_width

SEARCHED = 30  # the heading stands among the first rows that hold something
_MARKS = re.compile(r"[*★☆●※#:_\-./\s]+|\((?:必填|选填|required|optional)\)$")
_LANGUAGES = re.compile(
    r"[\n/|]|(?<=[\u4e00-\u9fff])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*(?=[\u4e00-\u9fff])"
)
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")


@dataclass(frozen=True, slots=True)
class Column:
    """A fact that a column may hold: its name, its heading in our words, and what else offices
    call it, parted by blanks, the surest first.

    `read(cell)` gives the value or raises CellProblem; days are read by the sheet's own ways. A
    column that does neither is known and not taken over, `note` says why where somebody might
    miss it. `longest` is how many characters the fact may have; `is_summed`: a row of totals may
    stand below it.
    """

    name: str
    label: str
    words: str
    read: Callable[[Cell], object] | None = None
    note: str = ""
    is_day: bool = False
    is_summed: bool = False
    longest: int = 0

    @property
    def is_taken(self) -> bool:
        return self.is_day or self.read is not None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table: the number of its heading row, the texts of that row by column, the column
    of each known fact, and the headings that nobody knows, by column."""

    sheet: object
    heading: int
    texts: dict[int, str]
    places: dict[str, int]
    unknown: dict[int, str]

    def has_one_of(self, names: Sequence[str]) -> bool:
        return any(name in self.places for name in names)

    def letter(self, name: str) -> str | None:
        """The letter of a fact's column, None where the sheet has none."""
        return column_letter(self.places[name]) if name in self.places else None


def find_table(
    book: Book,
    columns: Sequence[Column],
    needs: Sequence[Sequence[str]],
    mapping: Mapping[str, str] | None = None,
) -> Table | None:
    """The table that answers most of the `needs` (of each one fact must be there), and of those
    the one with the most known headings; None where no heading is known.

    A `mapping` of fact to heading takes exactly those columns and no others.
    """
    names = _wanted(mapping) if mapping is not None else _known(columns)
    best, best_score = None, (0, 0)
    for sheet in book.sheets:
        if sheet.is_hidden:
            continue
        for number, texts in _headings(book, sheet):
            table = _as_table(sheet, number, texts, names)
            score = (sum(map(table.has_one_of, needs)), len(table.places))
            if score > best_score and score[1]:
                best, best_score = table, score
    return best


def _headings(book: Book, sheet) -> Iterable[tuple[int, dict[int, str]]]:
    """Each row among the first that may be the heading, alone and with the row above it."""
    rows = book.rows(sheet)
    first = [(row.number, _texts(row)) for row in islice(rows, SEARCHED)]
    rows.close()
    yield from first
    for (above, upper), (below, lower) in pairwise(first):
        if below == above + 1:
            yield below, upper | lower


def _texts(row: Row) -> dict[int, str]:
    return {
        number: text
        for number, cell in row.cells.items()
        if cell.value is not None and (text := str(cell.value).strip())
    }


def _known(columns: Sequence[Column]) -> dict[str, tuple[int, list[str]]]:
    """Folded heading to how sure it is (0 is surest), and the fact that it names."""
    return {
        plain(word): (rank, [column.name])
        for column in columns
        for rank, word in reversed(list(enumerate(_words_of(column))))
    }


def _words_of(column: Column) -> list[str]:
    """The surest first: our own word, unless it stands among the others at a place of its own;
    last what the page of somebody who reads another language calls it."""
    words = column.words.split()
    with translation.override(settings.LANGUAGE_CODE):
        label = str(column.label)
    return [*([] if label in words else [label]), *words, column.name, str(column.label)]


def _wanted(mapping: Mapping[str, str]) -> dict[str, tuple[int, list[str]]]:
    """Folded heading to the facts that the mapping takes from it; all are sure."""
    wanted: dict[str, tuple[int, list[str]]] = {}
    for name, heading in mapping.items():
        wanted.setdefault(plain(heading), (0, []))[1].append(name)
    return wanted


def _as_table(sheet, number: int, texts: dict[int, str], names) -> Table:
    places: dict[str, int] = {}
    taken: set[int] = set()
    # The heading as it stands goes before what is left of it without brackets, and before one of
    # the two languages that it is written in; of several the surest is taken.
    for keys in (_whole, _without_brackets, _in_parts):
        offers = [
            (*names[key], column)
            for column, text in texts.items()
            for key in keys(text)
            if key in names
        ]
        for _rank, found, column in sorted(offers, key=lambda offer: (offer[0], offer[2])):
            free = [name for name in found if name not in places]
            if free and column not in taken:
                places |= dict.fromkeys(free, column)
                taken.add(column)
    unknown = {column: text for column, text in texts.items() if column not in taken}
    return Table(sheet, number, texts, places, unknown)


def _whole(text: str) -> list[str]:
    return [plain(text)]


def _without_brackets(text: str) -> list[str]:
    return [plain(_BRACKETS.sub("", half_width(text)))]


def _in_parts(text: str) -> list[str]:
    """單號/Note No. and 單號 Note No. in two."""
    parts = _LANGUAGES.split(_BRACKETS.sub("", half_width(text)))
    return [plain(part) for part in parts if part.strip()]


def plain(text: str) -> str:
    """A heading as it is compared: folded, without marks, dashes and (必填)."""
    return _MARKS.sub("", fold(text))

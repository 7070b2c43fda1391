"""What each row under a heading is: a line, more serial numbers of the line above, a total, …"""

import enum
import re
from dataclasses import dataclass, field

from aftersales.core.spreadsheets.cells import is_blank, is_ditto, looks_like_number, says_nothing
from aftersales.core.spreadsheets.grid import FORMULA, Cell, Row
from aftersales.core.spreadsheets.total_words import is_subtotal, total_word
from aftersales.core.text import fold, half_width, tidy
from delivery.imports import lexicon
from delivery.imports.choosing import INDEX, small_number
from delivery.imports.headings import IGNORED, label_of
from delivery.imports.labels import has_label, has_pair
from delivery.imports.several import is_code
from delivery.imports.tables import Table
from delivery.imports.view import View
from delivery.imports.vocabulary import DOCUMENT_FACTS

_END_NOTES = re.compile(
    r"(?:以下|下面|此下|下方).{0,4}(?:空白|無|无|略)|.*nothingfollows.*|.*(?:endoflist|以下免填).*"
)
_COMPANY = re.compile(r"公司|廠$|厂$|集團|集团")
_SERIALS = re.compile(r"[A-Za-z0-9\-_~\s,;、./:#()至到]*\d[A-Za-z0-9\-_~\s,;、./:#()至到]*")
_ONLY_BRACKETS = re.compile(r"[(\[].*[)\]]")
_EXAMPLE = re.compile(r"(?:示例|範例|范例|例|举例|例如|example|e\.g\.|sample)[:.]?\d?")
_DOCUMENT_COLUMNS = frozenset(DOCUMENT_FACTS)
# A line may well say 物流 or 專線 where its carrier stands; the other words are labels only.
_NO_VALUES = _DOCUMENT_COLUMNS - {"carrier", "delivery_mode"} | {IGNORED}


class Kind(enum.Enum):
    BLANK = enum.auto()
    LINE = enum.auto()
    MORE = enum.auto()  # more serial numbers or words of the line above
    GROUP = enum.auto()  # only facts of the note, for the lines that follow
    SUBTOTAL = enum.auto()
    TOTAL = enum.auto()
    LABELS = enum.auto()
    NOTE = enum.auto()


@dataclass(slots=True)
class Reading:
    """A row, its kind, and its cells by column number (merged ones included)."""

    row: Row
    kind: Kind
    cells: dict[int, Cell] = field(default_factory=dict)


class Sorter:
    """Tells the rows under one heading apart, from top to bottom."""

    def __init__(self, view: View, table: Table):
        self._view, self._table = view, table
        self._by_number = {column.number: column for column in table.columns}
        self._quantity = self._number("quantity")
        self._parts = [column.number for column in table.columns if "part_no" in column.targets]
        self._names = [
            column.number
            for column in table.columns
            if {"name", "spec"} & set(column.targets) and column.number not in self._parts
        ]
        self._after_end = False
        self._had_line = False
        self._waiting: tuple[int, set[int]] = (0, set())

    def _number(self, target: str) -> int:
        column = self._table.column(target)
        return column.number if column else 0

    def sort(self, row: Row) -> Reading:
        cells = {
            number: cell
            for number in self._by_number
            if (cell := self._view.at(row, number)) is not None
        }
        kind = self._kind(row, cells)
        if kind is Kind.LABELS:
            self._wait_below(row)
        if kind in (Kind.TOTAL, Kind.LABELS):
            self._after_end = True
        elif kind is Kind.LINE:
            self._had_line, self._after_end = True, False
        return Reading(row, kind, cells)

    def _kind(self, row: Row, cells: dict[int, Cell]) -> Kind:
        own = self._view.own(row)
        if self._table.span:
            left, right = self._table.span
            own = [cell for cell in own if left <= cell.column <= right]
        if not own:
            return Kind.BLANK
        if total := self._total(own):
            return total
        quantity = row.cells.get(self._quantity)
        has_quantity = not says_nothing(quantity)
        has_part = any(not says_nothing(row.cells.get(number)) for number in self._parts)
        if self._is_below_labels(row, own):
            return Kind.LABELS
        if self._begins_with_label(own[0], is_line=looks_like_number(quantity)):
            return Kind.LABELS
        if not has_part and not looks_like_number(quantity) and self._is_labels(own):
            return Kind.LABELS
        telling = [cell for cell in own if self._tells(cell)]
        if not telling:
            return Kind.BLANK
        if self._is_note(own, telling):
            return Kind.NOTE
        if self._is_more(row, telling):
            return Kind.MORE
        has_name = any(not says_nothing(row.cells.get(number)) for number in self._names)
        if self._after_end:
            is_line = looks_like_number(quantity) and (has_part or has_name)
            is_line = is_line or (len(telling) > 2 and any(map(self._is_part_code, own)))
            return Kind.LINE if is_line else Kind.NOTE
        if len(telling) == 1:
            return self._kind_of_one(telling[0])
        if has_part or has_quantity or has_name:
            return Kind.LINE
        targets = {target for cell in telling for target in self._targets(cell)}
        return Kind.GROUP if targets & _DOCUMENT_COLUMNS else Kind.NOTE

    def _targets(self, cell: Cell) -> tuple[str, ...]:
        column = self._by_number.get(cell.column)
        return column.targets if column else (IGNORED,)

    def _tells(self, cell: Cell) -> bool:
        """Says something of its own: not a running number, a preset unit, a formula of nothing."""
        targets = self._targets(cell)
        if not targets or targets[0] in (IGNORED, INDEX, "line_no", "uom", "tax_rate"):
            return False
        if targets[0] in ("amount", "unit_price"):
            return cell.kind != FORMULA and cell.value not in (0, 0.0) and not says_nothing(cell)
        return not is_ditto(cell) and not says_nothing(cell)

    def _total(self, own: list[Cell]) -> Kind | None:
        for cell in own:
            if isinstance(cell.value, str) and (word := total_word(cell.value)):
                if any(
                    not says_nothing(part) and part is not cell and self._is_part(part)
                    for part in own
                ):
                    return None
                return Kind.SUBTOTAL if is_subtotal(word) else Kind.TOTAL
        sums = [
            cell
            for cell in own
            if self._targets(cell)[0:1] in (("quantity",), ("amount",)) and looks_like_number(cell)
        ]
        if self._had_line and sums and len(sums) == len(own):
            is_formula = any("SUM" in (cell.formula or "").upper() for cell in sums)
            if is_formula or sums[0].column == self._quantity == sums[-1].column:
                return Kind.TOTAL
        return None

    def _is_part_code(self, cell: Cell) -> bool:
        return self._is_part(cell) and is_code(half_width(tidy(str(cell.value))))

    def _is_part(self, cell: Cell) -> bool:
        return cell.column in self._parts

    def _begins_with_label(self, first: Cell, *, is_line: bool) -> bool:
        """客戶, 備註 … in the first cell: no value of a line looks like that."""
        if not isinstance(first.value, str):
            return False
        if has_pair(first) and not is_line:
            return True
        label = label_of(first.value)
        if label is None or label.is_unsure or (label.target == IGNORED and is_line):
            return False  # 倉庫 or 主管 may well stand in a column that is not ours
        return label.target in _NO_VALUES

    def _wait_below(self, row: Row) -> None:
        """Remember labels that stand side by side: their values stand in the next row."""
        own = self._view.own(row)
        labels = [isinstance(cell.value, str) and label_of(cell.value) is not None for cell in own]
        places = {
            cell.column
            for at, cell in enumerate(own)
            if labels[at] and (at + 1 == len(own) or labels[at + 1])
        }
        self._waiting = (row.number + 1, places if len(places) > 1 else set())

    def _is_below_labels(self, row: Row, own: list[Cell]) -> bool:
        number, places = self._waiting
        return number == row.number and bool(places) and {cell.column for cell in own} <= places

    def _is_labels(self, own: list[Cell]) -> bool:
        return any(
            isinstance(cell.value, str) and has_label(cell) and ":" in cell.value.replace("：", ":")
            for cell in own
        ) or has_label(own[0])

    def _is_note(self, own: list[Cell], telling: list[Cell]) -> bool:
        texts = [fold(str(cell.value)) for cell in own if isinstance(cell.value, str)]
        if any(_END_NOTES.fullmatch(text) for text in texts) and len(telling) <= 2:
            return True
        if texts and _EXAMPLE.fullmatch(texts[0]) and isinstance(own[0].value, str):
            return True
        words = {lexicon.plain(text) for text in texts}
        if words and len(texts) == len(own) and words <= lexicon.instructions():
            return True
        if len(texts) == len(own) and all(_ONLY_BRACKETS.fullmatch(text) for text in texts):
            return True
        if not self._had_line and self._numbers_columns(own):
            return True
        wide = max(self._view.width(cell) for cell in own)
        return len(own) == 1 and wide >= 3 and wide * 2 >= len(self._table.columns)

    @staticmethod
    def _numbers_columns(own: list[Cell]) -> bool:
        """1, 2, 3 … or ①, ②, ③ … under the words of the columns."""
        counts = [small_number(cell) for cell in own]
        return len(own) >= 3 and counts == list(range(1, len(own) + 1))

    def _is_more(self, row: Row, telling: list[Cell]) -> bool:
        """Serial numbers, one under another, of a line that is written once."""
        if not self._had_line:
            return False
        targets = {target for cell in telling for target in self._targets(cell)}
        if self._quantity and self._view.merged_down(row.number, self._quantity):
            return not any(self._is_part(cell) for cell in telling)
        if not targets <= {"serial_nos", "lot_no"} or "serial_nos" not in targets:
            return False
        serials = [cell for cell in telling if "serial_nos" in self._targets(cell)]
        return all(
            looks_like_number(cell) or _SERIALS.fullmatch(half_width(str(cell.value)))
            for cell in serials
        )

    def _kind_of_one(self, cell: Cell) -> Kind:
        targets = self._targets(cell)
        if "part_no" in targets:
            text = half_width(tidy(str(cell.value)))
            return Kind.LINE if is_code(text) and len(text) <= 60 else Kind.NOTE
        if "quantity" in targets:
            return Kind.LINE if looks_like_number(cell) else Kind.NOTE
        if "name" in targets and self._had_line and not self._parts:
            text = tidy(str(cell.value))
            return Kind.NOTE if _COMPANY.search(text) or len(text) > 40 else Kind.LINE
        # A caption, or the title of the next paper: a line without part and quantity is none.
        return Kind.NOTE


def is_empty_line(reading: Reading) -> bool:
    return all(is_blank(cell) for cell in reading.cells.values())

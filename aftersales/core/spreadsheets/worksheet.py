"""One sheet's XML made into rows: formula and worked-out value in one pass."""

import datetime
import re

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import formats, signatures
from aftersales.core.spreadsheets.grid import (
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    TEXT,
    TRUTH,
    Cell,
    Merge,
    Row,
    Value,
    column_number,
)
from aftersales.core.spreadsheets.limits import Limits
from aftersales.core.spreadsheets.refusals import UnreadableFile

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DIGITS = "0123456789"
_EXACT = 10**15
_LAST_ROW = 1_048_576


def unescaped(text: str) -> str:
    """Excel writes characters that XML cannot hold as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


class Budget:
    """What all sheets together may still hold."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.rows = self.cells = 0

    def take(self, row: Row) -> None:
        self.rows += 1
        self.cells += len(row.cells)
        if self.rows > self.limits.rows:
            raise UnreadableFile(
                _("資料超過 %(limit)s 列，請分成幾個檔案上傳") % {"limit": f"{self.limits.rows:,}"},
                code="too_large",
            )
        if self.cells > self.limits.cells or max(row.cells) > self.limits.columns:
            raise UnreadableFile(
                _("資料超過 %(limit)s 欄，請刪去不需要的欄位後再上傳")
                % {"limit": self.limits.columns},
                code="too_large",
            )


class SheetReader:
    """Takes the events of one sheet's XML; `taken()` and `merges` are what came of them.

    `strings` are the shared strings, `styles` the number format of each cell style. What the
    sheet says about its own extent is not believed, so an absurd one costs nothing.
    """

    def __init__(self, *, strings: list[str], styles: list[str], epoch: datetime.date, budget):
        self._rows: list[Row] = []
        self.merges: list[Merge] = []
        self._strings, self._styles, self._epoch, self._budget = strings, styles, epoch, budget
        self._row = Row(0, {})
        self._column = 0
        self._kind, self._style = "n", 0
        self._into: list[str] | None = None
        self._is_inline = self._is_phonetic = False
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_value = self._has_formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v":
            self._into, self._has_value = self._value, True
        elif tag == "f":
            self._into, self._has_formula = self._formula, True
        elif tag == "t" and self._is_inline and not self._is_phonetic:
            self._into, self._has_value = self._value, True
        elif tag == "is":
            self._is_inline = True
        elif tag == "rPh":
            self._is_phonetic = True
        elif tag == "row":
            number = int(attributes.get("r") or self._row.number + 1)
            if not 0 < number <= _LAST_ROW:
                raise UnreadableFile(signatures.DAMAGED)
            self._row = Row(number, {}, attributes.get("hidden") in ("1", "true"))
            self._column = 0
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "f", "t"):
            self._into = None
        elif tag == "is":
            self._is_inline = False
        elif tag == "rPh":
            self._is_phonetic = False
        elif tag == "row" and self._row.cells:
            self._budget.take(self._row)
            self._rows.append(self._row)

    def taken(self) -> list[Row]:
        """The rows since the last call, in the order of the file."""
        rows, self._rows = self._rows, []
        return rows

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        letters = reference.rstrip(_DIGITS)
        if letters and not letters.isascii():
            raise UnreadableFile(signatures.DAMAGED)
        self._column = column_number(letters) if letters else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s") or 0)
        self._value, self._formula = [], []
        self._has_value = self._has_formula = False

    def _end_cell(self) -> None:
        raw = "".join(self._value)
        if not self._has_formula and not raw:
            return
        number_format = self._styles[self._style] if self._style < len(self._styles) else ""
        value, kind = self._read(raw, number_format)
        if self._has_formula:
            cell = Cell(
                self._row.number, self._column, value, FORMULA, "".join(self._formula).lstrip("=")
            )
        elif value is None or (kind == TEXT and not str(value).strip()):
            return
        else:
            cell = Cell(self._row.number, self._column, value, kind)
        if kind == NUMBER and number_format != "General":
            cell.number_format = number_format
        self._row.cells[self._column] = cell

    def _read(self, raw: str, number_format: str) -> tuple[Value, str]:
        kind = self._kind
        if kind == "s":
            index = int(raw)
            return (self._strings[index] if 0 <= index < len(self._strings) else None), TEXT
        if kind in ("str", "inlineStr"):
            return (unescaped(raw) if self._has_value else None), TEXT
        if kind == "e":
            return raw, ERROR
        if not raw.strip():
            return None, NUMBER
        if kind == "b":
            return raw.strip() in ("1", "true"), TRUTH
        if kind == "d":
            moment = datetime.datetime.fromisoformat(raw.strip().rstrip("Z"))
            return moment.replace(tzinfo=None), DATE
        return self._number(raw.strip(), number_format)

    def _number(self, raw: str, number_format: str) -> tuple[Value, str]:
        number = float(raw)
        if number != number or abs(number) == float("inf"):
            return raw, TEXT
        if number_format and formats.is_date(number_format):
            moment = formats.to_datetime(number, self._epoch)
            if moment is not None:
                return moment, DATE
        if number.is_integer() and abs(number) < _EXACT:
            return int(number), NUMBER
        return number, NUMBER

    def _merge(self, reference: str) -> None:
        corners = _REFERENCE.findall(reference.replace("$", "").upper())
        if len(corners) == 2 and len(self.merges) < self._budget.limits.cells:
            (left, top), (right, bottom) = corners
            self.merges.append(
                Merge(int(top), column_number(left), int(bottom), column_number(right))
            )


class StringsReader:
    """Takes the events of sharedStrings.xml; phonetic guides are no part of a text."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._is_text = self._is_phonetic = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "si":
            self._pieces = []
        elif tag == "t":
            self._is_text = not self._is_phonetic
        elif tag == "rPh":
            self._is_phonetic = True

    def text(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._is_text = False
        elif tag == "rPh":
            self._is_phonetic = False
        elif tag == "si":
            self.strings.append(unescaped("".join(self._pieces)))

"""Lines brought together into notes: one number is one note, wherever its lines stand."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets import dates
from aftersales.core.spreadsheets.cells import code
from aftersales.core.spreadsheets.grid import Cell
from aftersales.core.spreadsheets.problems import CellProblem, Findings
from aftersales.core.text import fold
from delivery.imports.choosing import small_number
from delivery.imports.documents import Document, Line
from delivery.imports.goods import Goods
from delivery.imports.heads import DAYS, Head, Heads
from delivery.imports.lines import RawLine, counted, raw_lines
from delivery.imports.lookup import Catalogue
from delivery.imports.marks import Days, Marker
from delivery.imports.note_lists import Listed
from delivery.imports.parties import Party
from delivery.imports.sections import Section
from delivery.imports.totals import Ledger, check_totals
from delivery.imports.whose import Whose

# NO.20261106-001 behind a label is the number 20261106-001.
_NO = re.compile(r"^(?:NO\s*[.:]|№)\s*(?=[A-Z]*\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*(?:年|[-./](?=\d{1,2}(?!\d)))\s*(?:(\d{1,2})\s*月?)?")
_ROC_YEAR = re.compile(
    r"(?:民[國国]\s*(?=\d{2,3}\s*年)|(?<!\d)(?=1\d\d年))(\d{2,3})\s*年\s*(?:(\d{1,2})\s*月)?"
)


@dataclass(slots=True)
class _Open:
    """A note while its lines are being gathered; `first` is the line that opened it."""

    head: Head
    first: RawLine
    party: Party | None = None
    counts: list[int | None] = field(default_factory=list)
    has_index: bool = False
    signatures: list[tuple] = field(default_factory=list)

    @property
    def document(self) -> Document:
        return self.head.document


class Assembler(Marker):
    """Takes the sections of a workbook one after another; `finish` gives what came of them."""

    def __init__(
        self,
        catalogue: Catalogue,
        findings: Findings,
        *,
        create_missing: bool,
        listed: Mapping[str, Listed],
    ):
        super().__init__(findings)
        self._listed = listed
        self._goods = Goods(catalogue, findings, create_missing=create_missing)
        self._whose = Whose(catalogue, findings, create_missing=create_missing)
        self._heads = Heads(findings)
        self._open: dict[str, _Open] = {}
        self._nameless = 0
        self._ledgers: dict[int, Ledger] = {}
        self._days: dict[int, Days] = {}

    def finish(self) -> list[Document]:
        """The documents in the order of their first rows."""
        for note in self._open.values():
            if note.party is None:
                self._whose.say_missing(note.first)
            _number_lines(note)
            note.document.remark = "\n".join(note.head.remarks)
        return [note.document for note in self._open.values()]

    def add(self, section: Section, *, epoch: datetime.date) -> None:
        raws, totals = raw_lines(section)
        if not raws or self._is_copy(section, raws):
            return
        days = self._days_of(section, raws, epoch)
        lines: list[Line] = []
        current = ""
        for raw in raws:
            current = self._key(raw, current)
            raw.listed = self._listed.get(current)
            note = self._note(current, raw)
            note.party = self._whose.settle(note.document, note.party, raw)
            self._heads.fill(note.head, raw, days)
            line = self._goods.read(raw, days)
            lines.append(line)
            note.document.lines.append(line)
            _count(note, raw)
        ledger = self._ledgers.setdefault(section.view.sheet.number, Ledger())
        check_totals(section, totals, lines, ledger, self._findings)

    # --- which note --------------------------------------------------------------------------

    def _key(self, raw: RawLine, current: str) -> str:
        """The folded number of the line's note; of the line above where it says nothing new."""
        number = self._number(raw)
        if number:
            return fold(number)
        if not raw.section.table.column("external_no"):
            return f"?{id(raw.context)}"
        if current and not raw.says_whose:
            return current
        self._nameless += 1
        return f"?{self._nameless}"

    def _number(self, raw: RawLine) -> str:
        cell = self._number_cell(raw)
        text = self.text(raw, "external_no", cell, code) if cell is not None else ""
        return _NO.sub("", text)

    def _number_cell(self, raw: RawLine) -> Cell | None:
        cell = raw.cell("external_no")
        if cell is not None or raw.section.table.column("external_no"):
            return cell
        return raw.context.cell("external_no")

    def _note(self, key: str, raw: RawLine) -> _Open:
        if key not in self._open:
            cell, number = self._number_cell(raw), self._number(raw)
            document = Document(number, sheet=raw.section.view.sheet)
            document.row = cell.row if cell else raw.row
            document.column = cell.column if cell else raw.place("external_no")
            if cell is None:
                self._say_number_is_missing(raw)
            self._open[key] = _Open(Head(document), raw)
        return self._open[key]

    def _say_number_is_missing(self, raw: RawLine) -> None:
        row, column = raw.row, raw.place("external_no")
        waiting = [fact for fact in raw.context.said.empty if fact.target == "external_no"]
        if column is None and waiting:
            row, column = waiting[0].cell.row, waiting[0].cell.column
        message = _("缺少發貨單號，請填對方的單號")
        self._findings.error(raw.section.view.sheet, row, column, "required", message)

    def _is_copy(self, section: Section, raws: list[RawLine]) -> bool:
        """The same note twice on the paper (存根聯, 客戶聯): the second says nothing new."""
        number = self._number(raws[0])
        note = self._open.get(fold(number)) if number else None
        if note is None or section.table.column("external_no"):
            return False
        if len({id(raw.context) for raw in raws}) > 1:
            return False
        if note.signatures != [_signature(raw) for raw in raws]:
            return False
        message = _(
            "單號 %(number)s 已在第 %(row)s 列讀過，內容相同，視為同一張單的另一聯，不重複計算"
        )
        values = {"number": number, "row": note.document.row}
        self.warn(raws[0], self._number_cell(raws[0]), "repeated_document", message % values)
        return True

    # --- days --------------------------------------------------------------------------------

    def _days_of(self, section: Section, raws: list[RawLine], epoch: datetime.date) -> Days:
        """A full day somewhere on the sheet gives the year to those written without one."""
        days = self._days.setdefault(section.view.sheet.number, Days(epoch))
        targets = (*DAYS, "due_on")
        cells = [
            cell
            for context in section.contexts[:200]
            for target in targets
            if (cell := context.cell(target))
        ]
        cells += [cell for raw in raws[:200] for target in targets if (cell := raw.cell(target))]
        for cell in cells:
            if isinstance(cell.value, str) and days.day_first is None:
                days.day_first = dates.is_day_first(cell.value)
        for cell in cells:
            if days.near is not None:
                break
            try:
                days.near = days.read(cell)
            except CellProblem:
                continue
        days.near = days.near or _day_in_titles(section)
        return days


def _day_in_titles(section: Section) -> datetime.date | None:
    """「2026年11月發貨明細」 gives a year, and a month if it has one, to days without."""
    texts = [cell.value for cell in section.contexts[0].said.texts if isinstance(cell.value, str)]
    for text in [*texts[:40], section.view.sheet.title]:
        found, first = _YEAR.search(text), 0
        if not found:
            found, first = _ROC_YEAR.search(text), 1911
        if found:
            month = int(found[2] or 6)
            year = int(found[1]) + first
            if 1 <= month <= 12 and 2000 <= year <= 2100:
                return datetime.date(year, month, 15)
    return None


def _count(note: _Open, raw: RawLine) -> None:
    cells = counted(raw)
    note.has_index = note.has_index or "line_no" not in raw.facts
    note.counts.append(small_number(cells[0]) if cells else None)
    note.signatures.append(_signature(raw))


def _signature(raw: RawLine) -> tuple:
    return tuple(
        str(cell.value) if (cell := raw.cell(target)) else ""
        for target in ("part_no", "name", "spec", "quantity", "serial_nos")
    )


def _number_lines(note: _Open) -> None:
    """The sheet's own line numbers; 10, 20, 30 … where it has none that serve.

    A mere count of rows that goes on over several notes is no line number.
    """
    counts = note.counts
    is_usable = all(counts) and len(set(counts)) == len(counts) and min(counts) > 0
    if is_usable and note.has_index:
        is_usable = counts[0] in (1, 10)
    for at, line in enumerate(note.document.lines):
        line.line_no = counts[at] if is_usable else (at + 1) * 10

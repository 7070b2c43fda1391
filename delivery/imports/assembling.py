"""Lines brought together into notes: one number is one note, wherever its lines stand."""

import datetime
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.grid import TEXT, Cell
from aftersales.core.text import fold, listed
from delivery.imports import dates
from delivery.imports.cells import code, prose, prose_lines
from delivery.imports.choosing import small_number
from delivery.imports.documents import Document, Line
from delivery.imports.findings import CellProblem, Findings
from delivery.imports.goods import LONGEST, Days, Goods
from delivery.imports.lines import RawLine, counted, raw_lines
from delivery.imports.lookup import Catalogue
from delivery.imports.modes import CARRIER, is_mere_mode, mode_of
from delivery.imports.parties import Party, party_of
from delivery.imports.sections import Section
from delivery.imports.several import person_and_phone
from delivery.imports.totals import Ledger, check_totals

_DAYS = ("issued_on", "ship_on")
_CODES = ("order_no",)
_WORDS = ("consignee", "phone", "address", "order_no", "carrier", "delivery_mode", *_DAYS)


@dataclass(slots=True)
class _Open:
    """A note while its lines are being gathered."""

    document: Document
    party: Party
    said: dict[str, str] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=list)
    has_index: bool = False
    blocks: list[tuple[int, list[tuple]]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Assembler:
    """Takes the sections of a workbook one after another; `documents` is what came of them."""

    def __init__(self, catalogue: Catalogue, findings: Findings, *, create_missing: bool):
        self._catalogue, self._findings = catalogue, findings
        self._create_missing = create_missing
        self._goods = Goods(catalogue, findings, create_missing=create_missing)
        self._open: dict[str, _Open] = {}
        self._nameless = 0
        self._ledgers: dict[int, Ledger] = {}
        self._days: dict[int, Days] = {}

    @property
    def documents(self) -> list[Document]:
        for note in self._open.values():
            _number_lines(note)
            if note.remarks:
                note.document.remark = "\n".join(note.remarks)
        return [note.document for note in self._open.values() if note.document.lines]

    def add(self, section: Section, *, epoch: datetime.date, number: int) -> None:
        raws, totals = raw_lines(section)
        if not raws:
            return
        days = self._days_of(section, raws, epoch)
        if self._is_copy(section, raws):
            return
        lines: list[Line] = []
        current = ""
        for raw in raws:
            current = self._key(raw, current)
            note = self._note(current, raw, days)
            line = self._goods.read(raw, days)
            lines.append(line)
            note.document.lines.append(line)
            self._count(note, raw)
            note.blocks.append((number, _signature(raw)))
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
        if cell is None:
            return ""
        try:
            return code(cell)
        except CellProblem as problem:
            self._findings.problem(raw.section.view.sheet, cell, problem)
            return ""

    def _number_cell(self, raw: RawLine) -> Cell | None:
        cell = raw.cell("external_no")
        if cell is not None or raw.section.table.column("external_no"):
            return cell
        fact = raw.context.best("external_no")
        return fact.cell if fact else None

    def _note(self, key: str, raw: RawLine, days: Days) -> _Open:
        note = self._open.get(key)
        if note is None:
            note = self._begin(raw)
            self._open[key] = note
        else:
            self._compare_party(note, raw)
        self._fill(note, raw, days)
        return note

    def _begin(self, raw: RawLine) -> _Open:
        sheet = raw.section.view.sheet
        cell = self._number_cell(raw)
        number = self._number(raw)
        document = Document(number, sheet=sheet, row=cell.row if cell else raw.row)
        document.column = cell.column if cell else raw.place("external_no")
        if not number and cell is None:
            self._say_number_is_missing(raw)
        elif len(number) > LONGEST["external_no"]:
            self._too_long(sheet, cell, number, "external_no")
        party = self._party(raw)
        note = _Open(document, party)
        document.customer, document.customer_code = party.name, party.code
        document.known_customer = party.known
        self._check_party(raw, party)
        return note

    def _say_number_is_missing(self, raw: RawLine) -> None:
        row, column = raw.row, raw.place("external_no")
        if column is None:
            empty = [fact for fact in raw.context.said.empty if fact.target == "external_no"]
            if empty:
                row, column = empty[0].cell.row, empty[0].cell.column
        message = _("缺少發貨單號，請填對方的單號")
        self._findings.error(raw.section.view.sheet, row, column, "required", message)

    # --- whose note --------------------------------------------------------------------------

    def _party_cells(self, raw: RawLine) -> tuple[Cell | None, Cell | None]:
        name, by_code = raw.cell("customer"), raw.cell("customer_code")
        if name is None and by_code is None:
            name_fact, code_fact = raw.context.best("customer"), raw.context.best("customer_code")
            if name_fact is None and code_fact is None:
                return self._known_in_titles(raw), None
            return name_fact and name_fact.cell, code_fact and code_fact.cell
        return name, by_code

    def _known_in_titles(self, raw: RawLine) -> Cell | None:
        """Where no word says whose note it is: a customer that we know, named in a title."""
        table, sheet = raw.section.table, raw.section.view.sheet
        if table.column("customer") or table.column("customer_code"):
            return None
        titles = [cell for cell in raw.context.said.texts if isinstance(cell.value, str)]
        for cell in [*titles, Cell(table.top, 1, sheet.title, TEXT)]:
            for words in (cell.value, *re.split(r"[\s:：()（）]+", cell.value)):
                if len(words) > 1 and self._catalogue.find_customer(words) is not None:
                    return Cell(cell.row, cell.column, words, TEXT)
        return None

    def _party(self, raw: RawLine) -> Party:
        name, by_code = self._party_cells(raw)
        try:
            return party_of(name, by_code, self._catalogue)
        except CellProblem as problem:
            self._findings.problem(raw.section.view.sheet, name or by_code, problem)
            return Party(name="?")

    def _check_party(self, raw: RawLine, party: Party) -> None:
        sheet = raw.section.view.sheet
        name, by_code = self._party_cells(raw)
        cell = name or by_code
        if cell is None:
            column = raw.place("customer") or raw.place("customer_code")
            row, empty = raw.row, None
            if column is None:
                empty = next(
                    (
                        f
                        for f in raw.context.said.empty
                        if f.target in ("customer", "customer_code")
                    ),
                    None,
                )
            if empty:
                row, column = empty.cell.row, empty.cell.column
            message = _("缺少客戶，請填客戶名稱或客戶代號")
            self._findings.error(sheet, row, column, "required", message)
            return
        for target, text in (("customer", party.name), ("customer_code", party.code)):
            if len(text) > LONGEST[target]:
                self._too_long(sheet, cell, text, target)
        if party.known is not None or self._create_missing or party.name == "?":
            return
        stated = party.name or party.code
        message = _("客戶「%(name)s」不在客戶主檔，請先建檔，或勾選「建立新客戶」") % {
            "name": stated
        }
        if similar := self._catalogue.similar_customers(stated):
            message += _("。相近的有：%(names)s") % {"names": listed(similar)}
        self._findings.error(sheet, cell.row, cell.column, "unknown_customer", message)

    def _compare_party(self, note: _Open, raw: RawLine) -> None:
        if not any(self._party_cells(raw)):
            return
        party = self._party(raw)
        if not (note.party.name or note.party.code):
            note.party = party
            return
        if note.party.is_same(party) or party.name == "?":
            return
        cell = next(cell for cell in self._party_cells(raw) if cell)
        message = _(
            "單號 %(number)s 在第 %(row)s 列是客戶「%(first)s」，這裡是「%(second)s」；一張單只能有一個客戶"
        )
        values = {
            "number": note.document.external_no,
            "row": note.document.row,
            "first": note.party.name or note.party.code,
            "second": party.name or party.code,
        }
        sheet = raw.section.view.sheet
        self._findings.error(sheet, cell.row, cell.column, "mixed_document", message % values)

    # --- the other facts ---------------------------------------------------------------------

    def _fill(self, note: _Open, raw: RawLine, days: Days) -> None:
        for target in _WORDS:
            cell = raw.cell(target)
            is_own = cell is not None
            if cell is None and target not in note.said:
                fact = raw.context.best(target)
                cell = fact.cell if fact else None
            if cell is not None:
                self._put(note, raw, target, cell, days, is_own=is_own)
        self._remark(note, raw)
        document = note.document
        if document.carrier and not document.delivery_mode:
            document.delivery_mode = CARRIER

    def _put(
        self, note: _Open, raw: RawLine, target: str, cell: Cell, days: Days, *, is_own: bool
    ) -> None:
        sheet = raw.section.view.sheet
        try:
            value = days.read(cell) if target in _DAYS else _word(target, cell)
        except CellProblem as problem:
            self._findings.problem(sheet, cell, problem)
            return
        if not value:
            return
        if isinstance(value, str) and len(value) > LONGEST.get(target, 200):
            self._too_long(sheet, cell, value, target)
            return
        stated = fold(str(value))
        first = note.said.setdefault(target, stated)
        if first != stated:
            if is_own:
                message = _("同一張單的前面寫的是「%(first)s」，這裡不同，以前面的為準")
                shown = getattr(note.document, target) or ""
                self._findings.warn(
                    sheet, cell.row, cell.column, "conflicting_fact", message % {"first": shown}
                )
            return
        self._set(note.document, raw, target, cell, value)

    def _set(self, document: Document, raw: RawLine, target: str, cell: Cell, value) -> None:
        if target == "delivery_mode":
            mode = mode_of(value)
            if mode:
                document.delivery_mode = mode
            elif "□" not in value:
                message = _("看不懂交付方式「%(words)s」，請寫自提、車隊或委託外部運輸")
                self._findings.warn(
                    raw.section.view.sheet,
                    cell.row,
                    cell.column,
                    "unknown_delivery_mode",
                    message % {"words": value[:40]},
                )
        elif target == "carrier" and is_mere_mode(value):
            document.delivery_mode = document.delivery_mode or mode_of(value) or ""
        elif target == "phone":
            person, phone = person_and_phone(value)
            document.phone = phone or value
            if phone and person and not document.consignee:
                document.consignee = person[: LONGEST["consignee"]]
        elif target == "consignee":
            person, phone = person_and_phone(value)
            document.consignee = person or value
            if phone and not document.phone:
                document.phone = phone
        else:
            setattr(document, target, value)

    def _remark(self, note: _Open, raw: RawLine) -> None:
        for fact in raw.context.said.facts:
            if fact.target != "remark":
                continue
            try:
                text = prose_lines(fact.cell)
            except CellProblem as problem:
                self._findings.problem(raw.section.view.sheet, fact.cell, problem)
                continue
            if text and text not in note.remarks:
                note.remarks.append(text)

    def _too_long(self, sheet, cell: Cell, text: str, target: str) -> None:
        message = _("這一格有 %(count)s 個字，最多 %(limit)s 個")
        values = {"count": len(text), "limit": LONGEST.get(target, 200)}
        self._findings.error(sheet, cell.row, cell.column, "too_long", message % values)

    # --- days, copies, line numbers ----------------------------------------------------------

    def _days_of(self, section: Section, raws: list[RawLine], epoch: datetime.date) -> Days:
        """A full day somewhere on the sheet gives the year to those written without one."""
        days = self._days.setdefault(section.view.sheet.number, Days(epoch))
        cells = [
            fact.cell
            for context in section.contexts
            for fact in sorted(context.said.facts, key=lambda fact: fact.rank)
            if fact.target in (*_DAYS, "due_on")
        ]
        for raw in raws[:200]:
            cells += [cell for target in (*_DAYS, "due_on") if (cell := raw.cell(target))]
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
        return days

    def _is_copy(self, section: Section, raws: list[RawLine]) -> bool:
        """The same note twice on the paper (存根聯, 客戶聯): the second says nothing new."""
        if section.table.column("external_no"):
            return False
        number = self._number(raws[0])
        note = self._open.get(fold(number)) if number else None
        if note is None or len({id(raw.context) for raw in raws}) > 1:
            return False
        if [signature for _block, signature in note.blocks] != [_signature(raw) for raw in raws]:
            return False
        message = _(
            "單號 %(number)s 已在第 %(row)s 列讀過，內容相同，視為同一張單的另一聯，不重複計算"
        )
        values = {"number": number, "row": note.document.row}
        cell = self._number_cell(raws[0])
        self._findings.warn(
            section.view.sheet, cell.row, cell.column, "repeated_document", message % values
        )
        return True

    def _count(self, note: _Open, raw: RawLine) -> None:
        cells = counted(raw)
        note.has_index = note.has_index or "line_no" not in raw.facts
        note.counts.append(small_number(cells[0]) if cells else None)


def _word(target: str, cell: Cell) -> str:
    if target in _CODES or target == "phone":
        return code(cell)
    return prose(cell)


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
    is_usable = all(count is not None and count > 0 for count in counts)
    is_usable = is_usable and len(set(counts)) == len(counts)
    if is_usable and note.has_index:
        is_usable = counts[0] in (1, 10)
    for at, line in enumerate(note.document.lines):
        line.line_no = counts[at] if is_usable else (at + 1) * 10

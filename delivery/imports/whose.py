"""Whose note it is, as a line or what stands around the table says it."""

import re

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.grid import TEXT, Cell
from aftersales.core.spreadsheets.problems import CellProblem, Findings
from aftersales.core.text import listed
from delivery.imports.documents import Document
from delivery.imports.lines import RawLine
from delivery.imports.lookup import Catalogue
from delivery.imports.marks import Marker
from delivery.imports.parties import Party, party_of

_UNREADABLE = Party(name="?")
_WORDS = re.compile(r"[\s:：()（）]+")
_TARGETS = ("customer", "customer_code")
# Looking for names that come near takes time; a file with more is no matter of typing errors.
_MOST_SUGGESTIONS = 20


class Whose(Marker):
    """Settles the customer of notes."""

    def __init__(self, catalogue: Catalogue, findings: Findings, *, create_missing: bool):
        super().__init__(findings)
        self._catalogue, self._create_missing = catalogue, create_missing
        self._in_titles: dict[int, Cell | None] = {}
        self._similar: dict[str, list[str]] = {}

    def settle(self, document: Document, party: Party | None, raw: RawLine) -> Party | None:
        """The customer of the note after this line; `party` is the one before, None if none.

        A second customer is an error at the cell that names it.
        """
        name, by_code = self._cells(raw)
        cell = name or by_code
        if cell is None:
            return party
        if party is None:
            party = self._read(raw, name, by_code)
            document.customer, document.customer_code = party.name, party.code
            document.known_customer = party.known
            self._check(raw, cell, party)
            return party
        other = self._read(raw, name, by_code)
        if other is not _UNREADABLE and not party.is_same(other):
            self._say_mixed(document, party, raw, cell, other)
        return party

    def say_missing(self, raw: RawLine) -> None:
        """No line of the note says whose it is: an error at its first line."""
        row = raw.row
        column = raw.place("customer") or raw.place("customer_code")
        waiting = [fact for fact in raw.context.said.empty if fact.target in _TARGETS]
        if column is None and waiting:
            row, column = waiting[0].cell.row, waiting[0].cell.column
        message = _("缺少客戶，請填客戶名稱或客戶代號")
        self._findings.error(raw.section.view.sheet, row, column, "required", message)

    def _cells(self, raw: RawLine) -> tuple[Cell | None, Cell | None]:
        """The cells with name and code: of the line, else of labels, else of a title."""
        name, by_code = raw.cell("customer"), raw.cell("customer_code")
        if name is None and by_code is None:
            name, by_code = raw.context.cell("customer"), raw.context.cell("customer_code")
        if name is None and by_code is None:
            key = id(raw.context)
            if key not in self._in_titles:
                self._in_titles[key] = self._known_in_titles(raw)
            name = self._in_titles[key]
        return name, by_code

    def _known_in_titles(self, raw: RawLine) -> Cell | None:
        """Where no word says whose note it is: a customer that we know, named in a title."""
        table = raw.section.table
        if any(table.column(target) for target in _TARGETS):
            return None
        titles = [cell for cell in raw.context.said.texts if isinstance(cell.value, str)][:40]
        for cell in [*titles, Cell(table.top, 1, raw.section.view.sheet.title, TEXT)]:
            for words in (cell.value, *_WORDS.split(cell.value)):
                if len(words) > 1 and self._catalogue.find_customer(words) is not None:
                    return Cell(cell.row, cell.column, words, TEXT)
        return None

    def _read(self, raw: RawLine, name: Cell | None, by_code: Cell | None) -> Party:
        try:
            return party_of(name, by_code, self._catalogue)
        except CellProblem as problem:
            self.problem(raw, name or by_code, problem)
            return _UNREADABLE

    def _check(self, raw: RawLine, cell: Cell, party: Party) -> None:
        if party is _UNREADABLE:
            return
        self.check_length(raw, "customer", cell, party.name)
        self.check_length(raw, "customer_code", cell, party.code)
        if party.known is not None or self._create_missing:
            return
        stated = party.name or party.code
        message = _("客戶「%(name)s」不在客戶主檔，請先建檔，或勾選「建立缺少的客戶與料號」") % {
            "name": stated
        }
        if similar := self._similar_to(stated):
            message += _("。相近的有：%(names)s") % {"names": listed(similar)}
        self.mark(raw, cell, "unknown_customer", message)

    def _similar_to(self, stated: str) -> list[str]:
        if stated not in self._similar and len(self._similar) < _MOST_SUGGESTIONS:
            self._similar[stated] = self._catalogue.similar_customers(stated)
        return self._similar.get(stated, [])

    def _say_mixed(
        self, document: Document, party: Party, raw: RawLine, cell: Cell, other: Party
    ) -> None:
        message = _(
            "單號 %(number)s 在第 %(row)s 列是客戶「%(first)s」，這裡是「%(second)s」；"
            "一張單只能有一個客戶"
        )
        values = {
            "number": document.external_no,
            "row": document.row,
            "first": party.name or party.code,
            "second": other.name or other.code,
        }
        self.mark(raw, cell, "mixed_document", message % values)

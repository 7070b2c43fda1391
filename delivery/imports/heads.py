"""The facts of a whole note: gathered from its lines first, from labels and titles next."""

import datetime
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.cells import code, prose, prose_lines
from aftersales.core.spreadsheets.grid import Cell
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import fold
from delivery.imports.documents import Document
from delivery.imports.lines import RawLine
from delivery.imports.marks import LONGEST, Days, Marker
from delivery.imports.modes import CARRIER, is_mere_mode, mode_of
from delivery.imports.several import person_and_phone

DAYS = ("issued_on", "ship_on")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CODES = ("order_no", "phone")
_FACTS = ("consignee", "phone", "address", "order_no", "carrier", "delivery_mode", *DAYS)


@dataclass(slots=True)
class Head:
    """What has been said of a note so far; `said` is folded, for comparing."""

    document: Document
    said: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


class Heads(Marker):
    """Fills notes from one line after another; the first that says a fact is right."""

    def fill(self, head: Head, raw: RawLine, days: Days) -> None:
        for target in _FACTS:
            cell = raw.cell(target)
            if cell is not None:
                self._put(head, raw, target, cell, days, is_own=True)
            elif target not in head.said and (cell := raw.context.cell(target)):
                self._put(head, raw, target, cell, days, is_own=False)
        if id(raw.context) not in head.seen:
            head.seen.add(id(raw.context))
            self._add_remarks(head, raw)
        document = head.document
        if document.carrier and not document.delivery_mode:
            document.delivery_mode = CARRIER

    def _put(
        self, head: Head, raw: RawLine, target: str, cell: Cell, days: Days, *, is_own: bool
    ) -> None:
        try:
            value = days.read(cell) if target in DAYS else _word(target, cell)
        except CellProblem as problem:
            self.problem(raw, cell, problem)
            return
        if not value:
            return
        if not isinstance(value, datetime.date) and not self.check_length(raw, target, cell, value):
            return
        stated = fold(str(value))
        first = head.said.setdefault(target, stated)
        if first == stated:
            self._set(head.document, raw, target, cell, value)
        elif is_own:
            message = _("同一張單的前面寫的是「%(first)s」，這裡不同，以前面的為準")
            shown = getattr(head.document, target) or ""
            self.warn(raw, cell, "conflicting_fact", message % {"first": shown})

    def _set(self, document: Document, raw: RawLine, target: str, cell: Cell, value) -> None:
        if target == "delivery_mode":
            self._set_mode(document, raw, cell, value)
        elif target == "carrier" and is_mere_mode(value):
            document.delivery_mode = document.delivery_mode or mode_of(value) or ""
        elif target in ("phone", "consignee"):
            person, phone = person_and_phone(value)
            if target == "phone":
                is_named = bool(phone and _HAN.search(person))
                document.phone, person = (phone, person) if is_named else (value, "")
                document.consignee = document.consignee or person[: LONGEST["consignee"]]
            else:
                document.consignee = person or value
                document.phone = document.phone or phone
        else:
            setattr(document, target, value)
            if target == "carrier":
                document.carrier_at = (raw.sheet_of(cell), cell.row, cell.column)

    def _set_mode(self, document: Document, raw: RawLine, cell: Cell, words: str) -> None:
        mode = mode_of(words)
        if mode:
            document.delivery_mode = mode
        elif "□" not in words:
            message = _("看不懂交付方式「%(words)s」，請寫自提、車隊或委託外部運輸")
            self.warn(raw, cell, "unknown_delivery_mode", message % {"words": words[:40]})

    def _add_remarks(self, head: Head, raw: RawLine) -> None:
        for cell in raw.context.cells("remark"):
            try:
                text = prose_lines(cell)
            except CellProblem as problem:
                self.problem(raw, cell, problem)
                continue
            if text and text not in head.remarks:
                head.remarks.append(text)


def _word(target: str, cell: Cell) -> str:
    return code(cell) if target in _CODES else prose(cell)

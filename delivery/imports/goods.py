"""A line of the table made into a line of a note, with everything that is wrong about it."""

import datetime
from collections.abc import Callable

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.cells import code, plain_number, prose, prose_lines
from aftersales.core.spreadsheets.grid import Cell
from aftersales.core.spreadsheets.problems import CellProblem, Findings
from aftersales.core.text import fold
from delivery.imports.documents import Line
from delivery.imports.lines import RawLine
from delivery.imports.lookup import Catalogue
from delivery.imports.marks import LONGEST, Days, Marker
from delivery.imports.prices import Prices
from delivery.imports.serials import serials_in


class Goods(Marker):
    """Reads lines one after another; keeps what must not come twice in one file."""

    def __init__(self, catalogue: Catalogue, findings: Findings, *, create_missing: bool):
        super().__init__(findings)
        self._catalogue, self._create_missing = catalogue, create_missing
        self._prices = Prices(findings)
        self._serials: dict[tuple[str, str], Cell] = {}

    def read(self, raw: RawLine, days: Days) -> Line:
        line = Line(row=raw.row)
        self._prices.read(raw, line)
        self._read_part(raw, line)
        line.spec = self._fact(raw, "spec", code)
        if raw.cell("uom"):
            line.uom = self._fact(raw, "uom", prose)
        self._read_serials(raw, line)
        line.lot_no = self._fact(raw, "lot_no", code)
        line.due_on = self._day(raw, days)
        remarks = [
            self.text(raw, "line_remark", cell, prose_lines)
            for cell in raw.facts.get("line_remark", [])
        ]
        line.remark = "；".join(filter(None, remarks))
        return line

    def _fact(self, raw: RawLine, target: str, read: Callable[[Cell], str]) -> str:
        cell = raw.cell(target)
        if cell is None and target == "lot_no":
            cell = raw.context.cell(target)
        return self.text(raw, target, cell, read) if cell is not None else ""

    def _day(self, raw: RawLine, days: Days) -> datetime.date | None:
        cell = raw.cell("due_on") or raw.context.cell("due_on")
        if cell is None:
            return None
        try:
            return days.read(cell)
        except CellProblem as problem:
            self.problem(raw, cell, problem)
            return None

    # --- part --------------------------------------------------------------------------------

    def _read_part(self, raw: RawLine, line: Line) -> None:
        line.name = self._fact(raw, "name", prose)
        line.part_no = self._fact(raw, "part_no", code)
        if line.part_no:
            line.product = self._catalogue.find_part(line.part_no)
        elif raw.cell("part_no") is None:
            self._find_by_name(raw, line)
        if line.product is not None or not line.part_no:
            return
        if not self._create_missing:
            message = _("料號 %(part)s 不在產品主檔，請先建檔，或勾選「建立缺少的客戶與料號」")
            self.error(raw, "part_no", "unknown_part", message % {"part": line.part_no})
        elif not line.name and not raw.cell("name"):
            message = _("料號 %(part)s 是新產品，請填品名")
            self.error(raw, "name", "required", message % {"part": line.part_no})

    def _find_by_name(self, raw: RawLine, line: Line) -> None:
        """Without a column of part numbers the one product of this name and spec will do."""
        column = raw.section.table.column("part_no")
        if line.name and (column is None or column.is_several):
            spec_cell = raw.cell("spec")
            try:
                spec = code(spec_cell) if spec_cell else ""
            except CellProblem:
                spec = ""
            line.product = self._catalogue.find_part_by_name(line.name, spec)
        if line.product is None:
            self.error(raw, "part_no", "required", _("缺少料號，請填產品主檔的料號"))
        else:
            line.part_no = self._catalogue.part_no_of(line.product)

    # --- serial numbers ----------------------------------------------------------------------

    def _read_serials(self, raw: RawLine, line: Line) -> None:
        for cell in [*raw.facts.get("serial_nos", []), *raw.more]:
            try:
                text = prose_lines(cell) if isinstance(cell.value, str) else code(cell)
                serials = serials_in(text, quantity=line.quantity)
            except CellProblem as problem:
                self.problem(raw, cell, problem)
                continue
            self.warn_of_lost_digits(raw, cell)
            for serial in serials:
                self._take_serial(raw, line, cell, serial)
        if line.serial_nos and line.quantity not in (None, len(line.serial_nos)):
            cell = raw.cell("serial_nos") or raw.more[0]
            message = _("數量是 %(quantity)s，序列號有 %(count)s 個")
            values = {"quantity": plain_number(line.quantity), "count": len(line.serial_nos)}
            self.warn(raw, cell, "serial_count", message % values)

    def _take_serial(self, raw: RawLine, line: Line, cell: Cell, serial: str) -> None:
        if len(serial) > LONGEST["serial_nos"]:
            message = _("序列號「%(serial)s…」超過 %(limit)s 個字")
            values = {"serial": serial[:20], "limit": LONGEST["serial_nos"]}
            self.mark(raw, cell, "too_long", message % values)
            return
        first = self._serials.setdefault((fold(line.part_no), fold(serial)), cell)
        if first is not cell or serial in line.serial_nos:
            message = _("序列號 %(serial)s 已出現在 %(column)s%(row)s，同一台不能發兩次")
            values = {"serial": serial, "column": first.letter, "row": first.row}
            self.mark(raw, cell, "duplicate_serial", message % values)
            return
        line.serial_nos.append(serial)

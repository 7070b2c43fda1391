"""A file made into a plan: what each row would do, with everything that is wrong or doubtful."""

import datetime
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.cells import says_nothing
from aftersales.core.spreadsheets.grid import Grid, Row, column_letter
from aftersales.core.spreadsheets.limits import Limits
from aftersales.core.spreadsheets.problems import CellProblem, Finding
from aftersales.core.spreadsheets.reading import open_grid
from aftersales.masterdata.imports import registers
from aftersales.masterdata.imports.cells import day
from aftersales.masterdata.imports.columns import Table, find_table
from aftersales.masterdata.imports.registers import Planned, Register

LIMITS = Limits(rows=2_000)  # what one request stores in seconds


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. With any error nothing of it is stored."""

    rows: list[Planned]
    warnings: list[Finding]
    errors: list[Finding]

    @property
    def counts(self) -> Counter:
        """How many rows are new, the same, different, wrong."""
        return Counter(row.status for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """Changes when the plan does: somebody confirms what was seen, nothing else."""
        said = [[row.number, row.status, row.name, row.about, row.changes] for row in self.rows]
        text = json.dumps(
            [said, [finding.as_json() for finding in self.errors]], ensure_ascii=False
        )
        return hashlib.sha256(text.encode()).hexdigest()


def read(register: Register, file: BinaryIO | bytes, name: str) -> Plan:
    """The plan of a workbook or CSV file. Raises UnreadableFile where the file is neither."""
    grid = open_grid(file, name, limits=LIMITS)
    table = find_table(grid, register.columns, register.needs)
    if missing := _missing_headings(register, table):
        return Plan([], [], [missing])
    reader = _Reader(register, grid, table)
    rows = [row for row in map(reader.read_row, table.rows) if row]
    if not rows:
        message = _("標題列下面沒有資料")
        return Plan([], reader.warnings, [Finding(table.heading.number, None, "empty", message)])
    register.prepare(rows)
    seen: dict[tuple, int] = {}
    for row in rows:
        reader.settle(row, seen)
    return Plan(rows, _in_order(reader.warnings), _in_order(reader.errors))


class _Reader:
    """Reads and judges the rows of one table, and keeps what is to be said."""

    def __init__(self, register: Register, grid: Grid, table: Table):
        self.register, self.epoch, self.table = register, grid.epoch, table
        self.labels = {column.name: str(column.label) for column in register.columns}
        self.errors: list[Finding] = []
        self.warnings: list[Finding] = _about_columns(register, table) + _about_sheets(grid, table)

    def read_row(self, row: Row) -> Planned | None:
        """The facts of a row; None for one that says nothing."""
        said = {
            column: row.cells[self.table.places[column.name]]
            for column in self.register.columns
            if column.read and not says_nothing(row.cells.get(self.table.places.get(column.name)))
        }
        if not said:
            return None
        planned = Planned(row.number, {})
        for column, cell in said.items():
            try:
                planned.facts[column.name] = _value(column.read, cell, self.epoch)
            except CellProblem as problem:
                self._error(planned, column.name, problem.code, problem.message)
        return planned

    def settle(self, row: Planned, seen: dict[tuple, int]) -> None:
        """Find what the row means among what is stored, and judge it."""
        register = self.register
        register.resolve(row.facts, partial(self._error, row))
        if self._has_key(row):
            row.existing = register.find(row.facts)
            self._check_once(row, seen)
            for doubt in register.doubts(row):
                self.warnings.append(self._finding(row, *doubt))
            register.compare(row)
            for name, code, message in (*register.wrong_fields(row), *register.refusals(row)):
                if name not in row.failed:
                    self._error(row, name, code, message)
        if row.status != registers.WRONG and row.existing:
            row.status = registers.DIFFERENT if row.changes else registers.SAME
        row.name, row.about = register.name(row), register.about(row)

    def _has_key(self, row: Planned) -> bool:
        """Whether the row says which one it is; what it leaves out is an error."""
        said = row.facts.keys() | row.failed
        for names in self.register.needs:
            # A part number may be a product by now.
            if not any(name in said or (name == "part_no" and "product" in said) for name in names):
                words = _("請填%(field)s")
                self._error(row, names[0], "required", words % {"field": self.labels[names[0]]})
        return not row.failed & self.register.keys

    def _check_once(self, row: Planned, seen: dict[tuple, int]) -> None:
        key = ("stored", row.existing.pk) if row.existing else self.register.key(row.facts)
        first = seen.setdefault(key, row.number)
        if first != row.number:
            words = _("與第 %(row)d 列是同一筆，請刪去一列")
            self._error(row, self.register.needs[0][0], "duplicate", words % {"row": first})

    def _error(self, row: Planned, name: str, code: str, message: str) -> None:
        row.status = registers.WRONG
        row.failed.add(name)
        self.errors.append(self._finding(row, name, code, message))

    def _finding(self, row: Planned, name: str, code: str, message: str) -> Finding:
        return Finding(
            row.number,
            self.table.letter(name),
            code,
            str(message),
            heading=self.labels.get(name, ""),
        )


def _value(read, cell, epoch: datetime.date):
    return read(cell, epoch) if read is day else read(cell)


def _missing_headings(register: Register, table: Table | None) -> Finding | None:
    labels = {column.name: str(column.label) for column in register.columns}
    for names in register.needs:
        if table is None or not table.has_one_of(names):
            wanted = _("或").join(labels[name] for name in names)
            row = table.heading.number if table else None
            message = _("找不到「%(field)s」欄，請在標題列寫上欄名（見下面的欄位表）")
            return Finding(row, None, "no_heading", message % {"field": wanted})
    return None


def _about_columns(register: Register, table: Table) -> list[Finding]:
    """A warning for each column with contents that is not taken over."""
    ignored = {
        table.places[column.name]: (str(column.label), str(column.note))
        for column in register.columns
        if column.note and column.name in table.places
    }
    words = _("「%(heading)s」欄不認得，沒有匯入")
    ignored |= {
        number: (text, words % {"heading": text[:40]}) for number, text in table.unknown.items()
    }
    return [
        Finding(
            table.heading.number,
            column_letter(number),
            "ignored_column",
            message,
            heading=heading[:40],
        )
        for number, (heading, message) in sorted(ignored.items())
        if any(not says_nothing(row.cells.get(number)) for row in table.rows)
    ]


def _about_sheets(grid: Grid, table: Table) -> list[Finding]:
    words = _("工作表「%(title)s」沒有讀；一次只讀一張")
    return [
        Finding(None, None, "ignored_sheet", words % {"title": sheet.title})
        for sheet in grid.sheets
        if sheet is not table.sheet and sheet.rows and not sheet.is_hidden
    ]


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(
        findings, key=lambda each: (each.row or 0, len(each.column or ""), each.column or "")
    )

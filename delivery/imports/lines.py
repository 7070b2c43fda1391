"""Lines as they stand in the table: every fact with the cell that says it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from aftersales.core.spreadsheets.cells import is_ditto, prose_lines, says_nothing
from aftersales.core.spreadsheets.grid import TEXT, Cell, Sheet
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import tidy
from delivery.imports.choosing import INDEX
from delivery.imports.headings import IGNORED
from delivery.imports.note_lists import Listed
from delivery.imports.rows import Kind, Reading
from delivery.imports.sections import Context, Section
from delivery.imports.several import taken_apart
from delivery.imports.tables import Column
from delivery.imports.vocabulary import DOCUMENT_FACTS


@dataclass(slots=True)
class RawLine:
    """A line: `facts` by target, `more` the serial numbers that stand below it."""

    section: Section
    row: int
    context: Context
    facts: dict[str, list[Cell]] = field(default_factory=dict)
    more: list[Cell] = field(default_factory=list)
    # Facts of the whole note that this very row does not say, but a group row above it.
    group: dict[str, list[Cell]] = field(default_factory=dict)
    # The same, said by a list of notes that stands elsewhere.
    listed: Listed | None = None

    def cell(self, target: str) -> Cell | None:
        found = self.facts.get(target) or self.group.get(target)
        if found:
            return found[0]
        return self.listed.facts.get(target) if self.listed else None

    def sheet_of(self, cell: Cell) -> Sheet:
        """The sheet in which a cell that the line uses stands."""
        if self.listed and any(cell is other for other in self.listed.facts.values()):
            return self.listed.sheet
        return self.section.view.sheet

    def place(self, target: str) -> int | None:
        """The column in which the fact stands or should stand."""
        cell = self.facts.get(target, [None])[0]
        if cell is not None:
            return cell.column
        column = self.section.table.column(target)
        return column.number if column else None

    @property
    def says_whose(self) -> bool:
        """Whether the row itself holds a fact of the whole note other than its number."""
        return any(
            self.facts.get(target)
            for target in DOCUMENT_FACTS
            if target not in ("external_no", "remark")
            and not all(cell.row < self.row for cell in self.facts.get(target, []))
        )


@dataclass(slots=True)
class TotalRow:
    """A row of totals, and how many lines of its section stand above it."""

    reading: Reading
    lines_above: int


def raw_lines(section: Section) -> tuple[list[RawLine], list[TotalRow]]:
    """All lines of a section in their order, and its rows of totals."""
    if section.form:
        line = RawLine(section, section.form["quantity"].row, section.contexts[0])
        line.facts = {target: [cell] for target, cell in section.form.items()}
        return [line], []
    lines: list[RawLine] = []
    totals: list[TotalRow] = []
    group: dict[str, list[Cell]] = {}
    last: dict[int, Cell] = {}
    for reading in section.readings:
        if reading.kind is Kind.LINE:
            line = RawLine(section, reading.row.number, section.context_at(reading.row.number))
            line.facts = _facts(section, reading, last)
            if line.facts.get("external_no"):
                group = {}
            line.group = group
            lines.append(line)
        elif reading.kind is Kind.GROUP:
            group = _facts(section, reading, last)
        elif reading.kind is Kind.MORE and lines:
            lines[-1].more.extend(_facts(section, reading, last).get("serial_nos", []))
        elif reading.kind in (Kind.TOTAL, Kind.SUBTOTAL):
            totals.append(TotalRow(reading, len(lines)))
    return lines, totals


def _facts(section: Section, reading: Reading, last: dict[int, Cell]) -> dict[str, list[Cell]]:
    """What the columns say, single ones before those that hold several facts."""
    facts: dict[str, list[Cell]] = {}
    for column in sorted(section.table.columns, key=lambda column: column.is_several):
        cell = reading.cells.get(column.number)
        if column.targets[:1] in ((IGNORED,), ()) or cell is None:
            continue
        if is_ditto(cell):
            above = last.get(column.number)
            if above is None:
                continue
            cell = Cell(cell.row, cell.column, above.value, above.kind, above.formula)
        elif not says_nothing(cell):
            last[column.number] = cell
        if says_nothing(cell):
            continue
        for target, part in _parts(column, cell):
            facts.setdefault(target, []).append(part)
    return facts


def _parts(column: Column, cell: Cell) -> Iterator[tuple[str, Cell]]:
    if not column.is_several:
        yield column.targets[0], cell
        return
    try:
        text = str(cell.value) if cell.kind == TEXT else prose_lines(cell)
    except CellProblem:
        yield column.targets[0], cell  # whoever reads the fact says what is wrong
        return
    for target, part in taken_apart(column.targets, text).items():
        if tidy(part):
            yield target, Cell(cell.row, cell.column, part, TEXT)


def counted(line: RawLine) -> list[Cell]:
    """The cells of a running number or a line number."""
    return line.facts.get("line_no") or line.facts.get(INDEX) or []

"""A sheet cut into its tables, each with the labels and titles that belong to it."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aftersales.core.spreadsheets.grid import Cell, Row
from delivery.imports.choosing import settle
from delivery.imports.labels import Fact, Labelled, read_labels
from delivery.imports.rows import Kind, Reading, Sorter
from delivery.imports.tables import Table, Wishes, find_tables
from delivery.imports.titles import facts_in_titles, is_title
from delivery.imports.view import View

_IDENTITY = ("external_no", "customer", "customer_code")
# What a letterhead says of the house that wrote the paper.
_LETTERHEAD = re.compile(
    r"傳真|传真|fax|郵編|邮编|網址|网址|www\.|統一編號|统一编号|e-?mail|電郵|邮箱|郵箱",
    re.IGNORECASE,
)
# What a new note in the same table takes over from the one before it, if it says nothing itself.
_LASTING = ("issued_on", "ship_on", "carrier", "delivery_mode")
_GOODS = (Kind.LINE, Kind.MORE, Kind.GROUP, Kind.TOTAL, Kind.SUBTOTAL)


@dataclass(slots=True)
class Context:
    """What stands outside of the table and holds for the lines from `row` on."""

    row: int
    said: Labelled = field(default_factory=Labelled)
    _found: dict[str, Cell | None] = field(default_factory=dict)

    def cell(self, target: str) -> Cell | None:
        """The cell that says the fact for sure. Asked once all that stands around is read."""
        if target not in self._found:
            fact = self.said.best(target)
            self._found[target] = fact.cell if fact else None
        return self._found[target]

    def cells(self, target: str) -> list[Cell]:
        return [fact.cell for fact in self.said.facts if fact.target == target]


@dataclass(slots=True)
class Section:
    """One table with its rows, told apart, and its contexts in order of their rows."""

    view: View
    table: Table
    contexts: list[Context]
    readings: list[Reading]
    # The facts of the one line, where the sheet is a form without a table.
    form: dict[str, Cell] | None = None

    def context_at(self, row: int) -> Context:
        return next(context for context in reversed(self.contexts) if context.row <= row)

    @property
    def has_lines(self) -> bool:
        return bool(self.form) or any(reading.kind is Kind.LINE for reading in self.readings)

    @property
    def has_identity(self) -> bool:
        """Whether anything says whose note it is, or which."""
        return any(self.table.column(target) for target in _IDENTITY) or any(
            context.said.says(target) for context in self.contexts for target in _IDENTITY
        )


def sections_of(view: View, *, wishes: Wishes, epoch: datetime.date) -> list[Section]:
    """The tables of a sheet from top to bottom; none where no heading is found."""
    return _Cutter(view, wishes, epoch).cut()


def labels_of(view: View, rows: Sequence[Row], *, wishes: Wishes, epoch: datetime.date) -> Labelled:
    """Labels and titles of some rows outside of a table."""
    said = read_labels(view, rows, extra=dict(wishes.targets))
    said.facts.extend(facts_in_titles(said.texts, epoch=epoch))
    return said


class _Cutter:
    def __init__(self, view: View, wishes: Wishes, epoch: datetime.date):
        self._view, self._wishes, self._epoch = view, wishes, epoch
        self._tables = find_tables(view, wishes)

    def cut(self) -> list[Section]:
        sections: list[Section] = []
        if not self._tables:
            return sections
        pending = self._between(0, self._tables[0].top)
        above_first = self._labels(pending)
        labels_stand_below = not above_first.says(*_IDENTITY)
        zone = pending
        for number, table in enumerate(self._tables):
            zone = pending if not sections or sections[-1].table.top < table.top else zone
            tops = (below.top for below in self._tables[number + 1 :] if below.top > table.top)
            end = next(tops, None)
            body = self._between(table.bottom + 1, end)
            settle(self._view, table, body)
            sorter = Sorter(self._view, table)
            readings = [sorter.sort(row) for row in body]
            readings, gap = _parted(readings)
            own_gap, next_gap = gap, []
            if end is not None and not (labels_stand_below and not table.column("external_no")):
                own_gap, next_gap = self._split(gap)
            if self._are_notes_side_by_side(table, zone):
                pending, own_gap = _within(table, zone), _within(table, own_gap)
            elif zone is not pending:
                pending = []  # the second half of the same table
            sections.append(self._section(table, pending, readings, own_gap, sections))
            pending = next_gap
        return sections

    def _between(self, start: int, end: int | None) -> list[Row]:
        return [
            row
            for row in self._view.sheet.rows
            if row.number >= start and (end is None or row.number < end)
        ]

    def _labels(self, rows: Sequence[Row]) -> Labelled:
        return labels_of(self._view, rows, wishes=self._wishes, epoch=self._epoch)

    def _are_notes_side_by_side(self, table: Table, zone: list[Row]) -> bool:
        """Whether each of the tables in one row of the sheet has its own number above it."""
        beside = [other for other in self._tables if other.top == table.top]
        return len(beside) > 1 and all(
            self._labels(_within(other, zone)).says("external_no") for other in beside
        )

    def _split(self, gap: list[Row]) -> tuple[list[Row], list[Row]]:
        """Rows between two tables: the footer of the upper one, the labels of the lower one."""
        for at, row in enumerate(gap):
            said = self._labels([row])
            says_who = said.says(*_IDENTITY) or any(fact.target in _IDENTITY for fact in said.empty)
            if says_who or any(is_title(cell) for cell in said.texts):
                return gap[:at], gap[at:]
        return gap, []

    def _section(
        self,
        table: Table,
        before: list[Row],
        readings: list[Reading],
        after: list[Row],
        sections: list[Section],
    ) -> Section:
        said = _without_letterhead(self._view, before, self._labels(before))
        if sections and not said.says(*_IDENTITY):
            # A second table of the same note, or its next page.
            said.facts.extend(sections[-1].contexts[-1].said.facts)
        section = Section(self._view, table, [Context(0, said)], readings)
        self._add_contexts_inside(section)
        is_main = not section.has_identity
        section.contexts[-1].said.facts.extend(_of_footer(self._labels(after), is_main=is_main))
        return section

    def _add_contexts_inside(self, section: Section) -> None:
        """Labels between the lines: a new note where they say which, else more of the same."""
        run: list[Row] = []
        had_line = False
        for reading in [*section.readings, None]:
            if reading is not None and reading.kind in (Kind.LABELS, Kind.NOTE):
                run.append(reading.row)
                continue
            if reading is not None and reading.kind is Kind.BLANK:
                continue
            if run and self._add_context(section, run, had_line=had_line):
                had_line = False
            run = []
            had_line = had_line or (reading is not None and reading.kind is Kind.LINE)

    def _add_context(self, section: Section, run: list[Row], *, had_line: bool) -> bool:
        """Whether a new context begins with these rows."""
        said, current = self._labels(run), section.contexts[-1]
        is_new = any(said.says(t) and not section.table.column(t) for t in _IDENTITY)
        if is_new and (had_line or current.said.says(*_IDENTITY)):
            kept = _LASTING if said.says("external_no") else (*_LASTING, "external_no")
            lasting = [fact for fact in current.said.facts if fact.target in kept]
            said.facts.extend(fact for fact in lasting if not said.says(fact.target))
            section.contexts.append(Context(run[0].number, said))
            return True
        current.said.facts.extend(_of_footer(said, is_main=not section.has_identity))
        return False


def _within(table: Table, rows: Sequence[Row]) -> list[Row]:
    """The part of the rows that stands over or under a table with others beside it."""
    left, right = table.span or (1, 10**6)
    parts = (
        Row(row.number, {at: cell for at, cell in row.cells.items() if left <= at <= right})
        for row in rows
    )
    return [part for part in parts if part.cells]


def _parted(readings: list[Reading]) -> tuple[list[Reading], list[Row]]:
    """Rows down to the last one with goods, and those behind it."""
    last = max((at for at, reading in enumerate(readings) if reading.kind in _GOODS), default=-1)
    return readings[: last + 1], [reading.row for reading in readings[last + 1 :]]


def _of_footer(said: Labelled, *, is_main: bool = False) -> list[Fact]:
    """Facts of a footer; a day or a telephone beside a signature is the signer's.

    `is_main` where the labels of the note stand below the table, and nothing above it.
    """
    signed = {fact.cell.row for fact in [*said.facts, *said.empty] if fact.target == "ignored"}
    if is_main:
        days = ("ship_on", "issued_on")
        return [
            fact
            for fact in said.facts
            if not (fact.target in days and fact.rank and fact.cell.row in signed)
        ]
    return [
        fact
        for fact in said.facts
        if not (fact.target in ("phone", "ship_on", "customer", "consignee") and fact.rank)
        and not (fact.target in ("external_no", "issued_on") and fact.rank >= 3)
    ]


def _without_letterhead(view: View, rows: Sequence[Row], said: Labelled) -> Labelled:
    """Leave out address and telephone of the house itself, above the title or beside its fax."""
    titles = [cell.row for cell in said.texts if is_title(cell)]
    title = min(titles, default=0)
    customers = [fact.cell.row for fact in said.facts if fact.target in _IDENTITY and fact.rank < 8]
    first = min(customers, default=10**7)
    ours = {
        row.number
        for row in rows
        if row.number < title
        or (
            row.number < first
            and any(
                isinstance(cell.value, str) and _LETTERHEAD.search(cell.value)
                for cell in view.own(row)
            )
        )
    }
    said.facts = [
        fact
        for fact in said.facts
        if not (fact.target in ("phone", "address") and fact.rank and fact.cell.row in ours)
    ]
    return said

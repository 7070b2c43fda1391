"""A file read and judged: what each row would do, with everything that is wrong or doubtful."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from django.utils.translation import gettext as _

from aftersales.core.batches import in_batches
from aftersales.core.registers.about import about_columns, about_sheets, missing_headings
from aftersales.core.registers.columns import Table, find_table
from aftersales.core.registers.progress import Progress, Step, quietly, told
from aftersales.core.registers.register import NEW, SAME, WRONG, Planned, Register
from aftersales.core.registers.rows import Sorter
from aftersales.core.registers.sheets import Reader, Ways
from aftersales.core.registers.spool import Spool
from aftersales.core.spreadsheets.cells import plain_number
from aftersales.core.spreadsheets.limits import MEGABYTE, Limits
from aftersales.core.spreadsheets.problems import CellProblem, Finding
from aftersales.core.spreadsheets.reading import Book, Source, open_book

LIMITS = Limits(
    file_size=50 * MEGABYTE, unpacked_size=800 * MEGABYTE, rows=300_000, cells=10_000_000
)
BATCH = 200
LONG = 3_000  # rows
SHOWN = 100  # rows that are kept for a preview


@dataclass
class Reading:
    """What a file would do. With any error nothing of it is written.

    `counts` are rows by status, `shown` the first of those that would change something; `missing`
    tells how many of what rows refer to would be created, by kind in words.
    """

    register: Register
    spool: Spool
    heading: int = 0
    missing: dict[str, int] = field(default_factory=dict)
    counts: Counter = field(default_factory=Counter)
    shown: list[Planned] = field(default_factory=list)
    digest: object = field(default_factory=hashlib.sha256)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def batches(self) -> Iterator[list]:
        """The rows, or groups of rows, as they were read, some hundred at a time."""
        if self.register.in_groups:
            for groups in self.spool.groups(BATCH):
                yield [[planned(row) for row in rows] for rows in groups]
        else:
            for rows in self.spool.rows(BATCH):
                yield [planned(row) for row in rows]

    @property
    def error_count(self) -> int:
        return self.spool.count(is_error=True)

    @property
    def warning_count(self) -> int:
        return self.spool.count(is_error=False)

    @property
    def errors(self) -> Iterator[Finding]:
        return self.spool.findings(is_error=True)

    @property
    def warnings(self) -> Iterator[Finding]:
        return self.spool.findings(is_error=False)

    @property
    def fingerprint(self) -> str:
        """Changes when what the file would do does: somebody confirms what was seen."""
        return self.digest.hexdigest()

    def settle(self, row: Planned) -> None:
        """Count a row whose status is final."""
        self.counts[row.status] += 1
        said = (row.number, row.status, row.name, row.about, row.changes)
        self.digest.update(repr(said).encode())
        if row.status != SAME and len(self.shown) < SHOWN:
            self.shown.append(row)


@contextmanager
def check(
    register: Register,
    file: Source,
    name: str,
    *,
    mapping: Mapping[str, str] | None = None,
    create_missing: bool = False,
    progress: Progress = quietly,
) -> Iterator[Reading]:
    """Read a workbook or CSV file row by row; nothing is written.

    `mapping` of fact to heading takes exactly those columns; without it headings are known by
    synonyms. With `create_missing` what rows refer to and nobody knows is no error. Raises
    UnreadableFile where the file is none, or too large.
    """
    register.create_missing = create_missing
    with open_book(file, name, limits=LIMITS) as book:
        table = find_table(book, register.columns, register.needs, mapping)
        ways = Ways(book.epoch)
        while True:
            reading = Reading(register, Spool())
            try:
                if _Checker(reading, book, table, mapping, ways).run(progress):
                    continue
                yield reading
                return
            finally:
                reading.spool.close()


def is_long(file: Source, name: str) -> bool:
    """Whether one of the sheets has more rows than are read and written while somebody waits for
    the page. Raises UnreadableFile."""
    with open_book(file, name, limits=LIMITS) as book:
        for sheet in book.sheets:
            rows = book.rows(sheet)
            if not sheet.is_hidden and next(islice(rows, LONG, None), None):
                return True
    return False


class _Checker:
    """Reads one table once, and keeps what is to be said about its rows."""

    def __init__(self, reading: Reading, book: Book, table: Table | None, mapping, ways: Ways):
        self.reading, self.register, self.book = reading, reading.register, book
        self.table, self.mapping, self.ways = table, mapping, ways
        self.labels = {column.name: str(column.label) for column in self.register.columns}

    def run(self, progress: Progress) -> bool:
        """Whether the sheet has to be read once more, since its end tells how it is written."""
        missing = missing_headings(self.register, self.table, self.mapping)
        for finding in missing:
            self._keep(finding, is_error=True)
        if missing:
            return False
        self.reading.heading = self.table.heading
        self.register.begin()
        if self._read(progress):
            return True
        for finding in (
            *about_columns(self.register, self.table, self.used, self.mapping),
            *about_sheets(self.book, self.table),
        ):
            self._keep(finding, is_error=False)
        if self.register.in_groups:
            self._judge_groups(progress)
        self.reading.missing = self.register.missing()
        if not self.reading.total:
            message = _("標題列下面沒有資料")
            self._keep(Finding(self.table.heading, None, "empty", message), is_error=True)
        return False

    # --- rows ----------------------------------------------------------------------------------

    def _read(self, progress: Progress) -> bool:
        columns = self.register.taken
        self.reader = Reader(self.table, columns, self.ways)
        self.sorter = Sorter(self.table, columns, self.register.needs)
        self.columns = {column.name: column for column in columns}
        self.used: set[int] = set()
        self.watched = set(self.table.unknown) | set(self.table.places.values())
        self.register.first = self.reading.spool.first
        sheet = self.table.sheet
        found = self.book.rows(sheet)
        rows = filter(None, map(self._planned, found))
        done = 0
        for batch in in_batches(rows, BATCH):
            self.register.judge(batch, self)
            self.reading.spool.put(
                (
                    row.number,
                    as_json(row.facts),
                    row.key,
                    (row.number, row.facts, row.failed, row.key),
                )
                for row in batch
            )
            for row in batch:
                if not self.register.in_groups or row.key is None:
                    self.reading.settle(row)
            done += len(batch)
            told(progress, Step.READING, done, None)
        return self.reader.learnt(sheet.merges, self.table.heading)

    def _planned(self, row) -> Planned | None:
        """A row of the register with its facts; None for one that is none or says nothing."""
        if row.number <= self.table.heading:
            return None
        self.used |= self.watched & row.cells.keys()
        said = self.reader.cells(row)
        if why := self.sorter.why_not(row, said):
            self.warn(Planned(row.number, {}), *why)
            return None
        if not said:
            return None
        planned = Planned(row.number, {})
        for name, cell in said.items():
            try:
                planned.facts[name] = self.reader.value(self.columns[name], cell)
            except CellProblem as problem:
                self.error(planned, name, problem.code, problem.message)
        known = planned.facts.keys() | planned.failed
        for names in self.register.needs:
            if not any(name in known for name in names):
                words = _("請填%(field)s")
                self.error(planned, names[0], "required", words % {"field": self.labels[names[0]]})
        return planned

    def _judge_groups(self, progress: Progress) -> None:
        done, total = 0, self.reading.spool.grouped
        for groups in self.reading.batches():
            self.register.judge_groups(groups, self)
            for row in (row for rows in groups for row in rows):
                self.reading.settle(row)
                done += 1
            told(progress, Step.COMPARING, done, total)

    # --- remarks -------------------------------------------------------------------------------

    def error(self, row: Planned, fact: str, code: str, message) -> None:
        row.status = WRONG
        row.failed.add(fact)
        self._keep(self._finding(row, fact, code, message), is_error=True)

    def warn(self, row: Planned, fact: str, code: str, message) -> None:
        self._keep(self._finding(row, fact, code, message), is_error=False)

    def _finding(self, row: Planned, fact: str, code: str, message) -> Finding:
        heading = self.labels.get(fact, "")
        return Finding(row.number, self.table.letter(fact), code, str(message), heading=heading)

    def _keep(self, finding: Finding, *, is_error: bool) -> None:
        self.reading.spool.find(finding, is_error=is_error)
        if is_error:
            self.reading.digest.update(repr(finding).encode())


def planned(kept: tuple) -> Planned:
    """A row as it was spooled."""
    number, facts, failed, key = kept
    return Planned(number, facts, failed, status=WRONG if failed else NEW, key=key)


def as_json(facts: Mapping) -> dict:
    """Facts as they are told: decimals as plain strings, days as ISO."""
    return {name: _plainly(value) for name, value in facts.items()}


def _plainly(value):
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, datetime.date) else value

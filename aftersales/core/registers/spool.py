"""What was read of a file, kept beside the memory: rows, keys and findings in a passing database.

A register of 100,000 rows is read once; what comes of it is asked for in the order of the sheet
or brought together by key.
"""

import json
import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from aftersales.core.batches import in_batches
from aftersales.core.spreadsheets.problems import Finding

_TABLES = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-2000;
CREATE TABLE said (number INTEGER PRIMARY KEY, facts TEXT);
CREATE TABLE rows (number INTEGER PRIMARY KEY, grp INTEGER, row BLOB);
CREATE TABLE groups (id INTEGER PRIMARY KEY, key TEXT UNIQUE);
CREATE TABLE seen (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE findings (is_error INTEGER, row INTEGER, width INTEGER, place TEXT, code TEXT,
                       message TEXT, heading TEXT);
"""


class Spool:
    """Rows are put as they come; `key` brings together what belongs together (any value whose
    repr is its identity). Rows without a key are kept out of the groups."""

    def __init__(self) -> None:
        # Without a name it is a file that nobody else sees and that goes with the connection.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(_TABLES)
        self._base.execute("BEGIN")

    def close(self) -> None:
        self._base.close()

    # --- rows ---------------------------------------------------------------------------------

    def put(self, rows: Iterable[tuple[int, dict, object, object]]) -> None:
        """(number, what it says as JSON, key or None, anything else about the row)."""
        rows = list(rows)
        said = [(number, json.dumps(facts, ensure_ascii=False)) for number, facts, *_rest in rows]
        keys = [(repr(key),) for _number, _facts, key, _row in rows if key is not None]
        self._base.executemany("INSERT INTO said VALUES (?, ?)", said)
        self._base.executemany("INSERT OR IGNORE INTO groups (key) VALUES (?)", keys)
        self._base.executemany(
            "INSERT INTO rows VALUES (?, (SELECT id FROM groups WHERE key = ?), ?)",
            [
                (number, None if key is None else repr(key), pickle.dumps(row))
                for number, _facts, key, row in rows
            ],
        )

    def said(self) -> Iterator[str]:
        """What each row says, as JSON, in the order of the sheet."""
        for (facts,) in self._base.execute("SELECT facts FROM said ORDER BY number"):
            yield facts

    @property
    def grouped(self) -> int:
        """How many rows have a key."""
        found = self._base.execute("SELECT count(*) FROM rows WHERE grp IS NOT NULL")
        return found.fetchone()[0]

    def rows(self, size: int) -> Iterator[list]:
        """The rows in the order of the sheet, so many at a time."""
        found = self._base.execute("SELECT row FROM rows ORDER BY number")
        for batch in in_batches(found, size):
            yield [pickle.loads(row) for (row,) in batch]

    def groups(self, size: int) -> Iterator[list[list]]:
        """The rows brought together by key, in the order of their first rows, so many groups at
        a time."""
        self._base.execute("CREATE INDEX IF NOT EXISTS rows_by_group ON rows (grp, number)")
        found = self._base.execute(
            "SELECT grp, row FROM rows WHERE grp IS NOT NULL ORDER BY grp, number"
        )
        groups = (
            [pickle.loads(row) for _group, row in rows]
            for _number, rows in groupby(found, key=lambda row: row[0])
        )
        yield from in_batches(groups, size)

    def first(self, key: object, number: int) -> int:
        """The number of the row that came first with this key: this very one, if none did."""
        self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (repr(key), number))
        found = self._base.execute("SELECT number FROM seen WHERE key = ?", (repr(key),))
        return found.fetchone()[0]

    # --- findings ------------------------------------------------------------------------------

    def find(self, finding: Finding, *, is_error: bool) -> None:
        letter = finding.column
        self._base.execute(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                is_error, finding.row, len(letter or ""), letter, finding.code, finding.message,
                finding.heading,
            ),
        )  # fmt: skip

    def count(self, *, is_error: bool) -> int:
        found = self._base.execute("SELECT count(*) FROM findings WHERE is_error = ?", (is_error,))
        return found.fetchone()[0]

    def findings(self, *, is_error: bool) -> Iterator[Finding]:
        """By row and column; those of the whole file come first."""
        found = self._base.execute(
            "SELECT row, place, code, message, heading FROM findings WHERE is_error = ?"
            " ORDER BY coalesce(row, 0), width, place, rowid",
            (is_error,),
        )
        for row, letter, code, message, heading in found:
            yield Finding(row, letter, code, message, heading=heading)

"""What all registers have in common: a table of columns, and what a row would do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.db.models import Model

from aftersales.core.registers.columns import Column

NEW, SAME, DIFFERENT, WRONG = "new", "same", "different", "wrong"


@dataclass(slots=True)
class Planned:
    """A row of the sheet and what it would do.

    `facts` are what it says, by column; `wanted` what would be stored; `changes` maps a field in
    words to what it is and what it would be; `failed` names the facts that have an error already;
    `key` brings rows of one document together; `existing` is the row that is stored.
    """

    number: int
    facts: dict
    failed: set[str] = field(default_factory=set)
    status: str = NEW
    key: tuple | None = None
    name: str = ""
    about: str = ""
    wanted: dict = field(default_factory=dict)
    changes: dict[str, list[str]] = field(default_factory=dict)
    existing: Model | None = None


class Remarks(Protocol):
    """Takes what is to be said about a row, at the column of a fact."""

    def error(self, row: Planned, fact: str, code: str, message) -> None:
        """The row is wrong, and nothing of the file is written."""

    def warn(self, row: Planned, fact: str, code: str, message) -> None:
        """Somebody should look at it."""


class Silence:
    """Remarks that nobody hears: where they are made again when the rows are judged."""

    @staticmethod
    def error(row: Planned, fact: str, code: str, message) -> None:
        pass

    @staticmethod
    def warn(row: Planned, fact: str, code: str, message) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Order:
    """Who has something written, when, out of which file, and whether what differs is changed."""

    actor: object
    now: datetime
    source: str = ""
    update_existing: bool = True


class Register:
    """One kind of register. An instance serves one reading of one file.

    `name` is the kind's name for people at a keyboard, `kind` begins the names of its pages. With
    `create_missing` what rows refer to and nobody knows is created.
    """

    name: str
    kind: str
    title: str
    permission: str
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]  # of each, one fact must be said
    refers_to: tuple[str, ...] = ()  # what of the master data its rows name, in words
    in_groups = False  # whether rows are judged and written together with those of the same key
    create_missing = False

    @property
    def list_name(self) -> str:
        """The name of the page that lists what was imported."""
        return f"{self.kind}_list"

    @property
    def keys(self) -> set[str]:
        """The facts that a row cannot do without."""
        return {name for names in self.needs for name in names}

    @property
    def taken(self) -> list[Column]:
        """The columns that are read, for people to see."""
        return [column for column in self.columns if column.is_taken]

    def unknown_targets(self, mapping) -> list[str]:
        """What a mapping names that is no fact of this register."""
        return sorted(set(mapping) - {column.name for column in self.taken})

    def first(self, key: tuple, number: int) -> int:
        """The number of the row that came first with this key; set by the reading."""
        return number

    def begin(self) -> None:
        """Called before the first row is judged, and again before the first one is written."""

    def missing(self) -> dict[str, int]:
        """What the rows refer to and nobody knows, by kind in words: how many would be created."""
        return {}

    def judge(self, rows: list[Planned], remarks: Remarks) -> None:
        """Settle what each row would do (or, where rows go in groups, its key), and say what is
        wrong with it. A few queries for all rows together."""
        raise NotImplementedError

    def judge_groups(self, groups: Sequence[list[Planned]], remarks: Remarks) -> None:
        """The same for rows brought together by key."""
        raise NotImplementedError

    def write(self, batch: Sequence, remarks: Remarks, order: Order) -> None:
        """Judge rows (or groups) again under the lock and store what is new or different. Called
        inside the transaction of the whole file; any error takes all back."""
        raise NotImplementedError

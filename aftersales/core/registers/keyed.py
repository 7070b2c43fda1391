"""A register in which each row is one row of a model, known again by a key."""

from collections.abc import Sequence
from copy import copy

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from aftersales.core import changes
from aftersales.core.errors import sentences
from aftersales.core.registers.register import (
    DIFFERENT,
    NEW,
    SAME,
    WRONG,
    Order,
    Planned,
    Register,
    Remarks,
)
from aftersales.core.text import fold


class KeyedRegister(Register):
    """Rows are new, the same, or different from what is stored under the same key."""

    model: type[Model]
    loose: frozenset[str] = frozenset()  # texts that are equal whatever the script
    not_fields: frozenset[str] = frozenset()  # facts that are no fields of the model

    # --- what each kind says of itself ---------------------------------------------------------

    def prepare(self, rows: list[Planned]) -> None:
        """Fetch what these rows together need, in a few queries."""

    def resolve(self, row: Planned, remarks: Remarks) -> None:
        """Put rows in the place of what the sheet says in `row.wanted`: a customer for its name."""

    def key(self, wanted: dict) -> tuple:
        """What two rows of one file may not share."""
        raise NotImplementedError

    def find(self, wanted: dict) -> Model | None:
        """The row that is stored under the same key."""
        raise NotImplementedError

    def doubts(self, row: Planned) -> list[tuple[str, str, str]]:
        """(fact, code, message) of what is worth a warning."""
        return []

    def refusals(self, row: Planned) -> list[tuple[str, str, str]]:
        """(fact, code, message) of what the stored rows or the rules forbid."""
        return []

    def name_of(self, row: Planned) -> str:
        raise NotImplementedError

    def about(self, row: Planned) -> str:
        return ""

    def filled_in(self) -> set[str]:
        """Fields that the action fills in where the sheet leaves them out."""
        return set()

    def before_writing(self, rows: list[Planned], order: Order) -> None:
        """Store what the rows refer to and nobody knows."""

    def create(self, rows: list[Planned], order: Order) -> None:
        raise NotImplementedError

    def edit(self, row: Planned, order: Order) -> None:
        raise NotImplementedError

    # --- what they have in common --------------------------------------------------------------

    def judge(self, rows: list[Planned], remarks: Remarks) -> None:
        self._settle(rows, remarks)
        for row in rows:
            if row.failed & self.keys:
                continue
            key = ("stored", row.existing.pk) if row.existing else self.key(row.wanted)
            first = self.first(key, row.number)
            if first != row.number:
                words = _("與第 %(row)d 列是同一筆，請刪去一列")
                remarks.error(row, self.needs[0][0], "duplicate", words % {"row": first})

    def write(self, batch: Sequence[Planned], remarks: Remarks, order: Order) -> None:
        rows = list(batch)
        self.before_writing(rows, order)
        self._settle(rows, remarks)
        self.create([row for row in rows if row.status == NEW], order)
        for row in rows:
            if row.status == DIFFERENT and order.update_existing:
                self.edit(row, order)

    def _settle(self, rows: list[Planned], remarks: Remarks) -> None:
        self.prepare(rows)
        for row in rows:
            row.wanted = dict(row.facts)
            self.resolve(row, remarks)
            if not row.failed & self.keys:
                row.existing = self.find(row.wanted)
                for doubt in self.doubts(row):
                    remarks.warn(row, *doubt)
                self.compare(row)
                for name, code, message in (*self.wrong_fields(row), *self.refusals(row)):
                    if name not in row.failed:
                        remarks.error(row, name, code, message)
            if row.status != WRONG and row.existing:
                row.status = DIFFERENT if row.changes else SAME
            row.name, row.about = self.name_of(row), self.about(row)

    def compare(self, row: Planned) -> None:
        """Keep of what is wanted only what differs from the row that is stored."""
        if row.existing is None:
            return
        after = copy(row.existing)
        kept = {}
        for name, value in row.wanted.items():
            if name in self.not_fields or self._differs(name, getattr(after, name), value):
                kept[name] = value
                if name not in self.not_fields:
                    setattr(after, name, value)
        row.wanted = kept
        fields = [name for name in kept if name not in self.not_fields]
        row.changes = changes.between(row.existing, after, fields)

    def _differs(self, name: str, old, new) -> bool:
        if name in self.loose and isinstance(old, str):
            return fold(old) != fold(new)
        return old != new

    def wrong_fields(self, row: Planned) -> list[tuple[str, str, str]]:
        """(fact, code, message) of values that the model's fields do not take."""
        facts = {name: value for name, value in row.wanted.items() if name not in self.not_fields}
        candidate = copy(row.existing) if row.existing else self.model()
        for name, value in facts.items():
            setattr(candidate, name, value)
        asked = facts if row.existing else {column.name for column in self.taken}
        skipped = {each.name for each in self.model._meta.fields if each.name not in asked}
        related = {each.name for each in self.model._meta.fields if each.is_relation}
        try:
            candidate.clean_fields(exclude=skipped | related | self.filled_in())
        except ValidationError as wrong:
            return [self._wrong(row, name, errors) for name, errors in wrong.error_dict.items()]
        return []

    def _wrong(self, row: Planned, name: str, errors: list) -> tuple[str, str, str]:
        if row.wanted.get(name) in (None, ""):
            label = self.model._meta.get_field(name).verbose_name
            return name, "required", _("請填%(field)s") % {"field": label}
        return name, "invalid", "；".join(sentences(ValidationError(errors)))

"""What the imports of customers, products and units have in common, and where they differ."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from aftersales.core import changes
from aftersales.core.errors import sentences
from aftersales.core.text import fold
from aftersales.masterdata.imports.columns import Column

NEW, SAME, DIFFERENT, WRONG = "new", "same", "different", "wrong"


@dataclass(slots=True)
class Planned:
    """What a row of the sheet would do. `facts` are keyword arguments of the actions; `changes`
    maps a field in words to what it is and what it would be; `failed` names the facts that have
    an error already."""

    number: int
    facts: dict
    status: str = NEW
    name: str = ""
    about: str = ""
    existing: Model | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)


class Register:
    """One kind of master data. An instance serves one reading of one file."""

    kind: str
    title: str
    model: type[Model]
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]  # of each, one fact must have a column
    loose: frozenset[str] = frozenset()  # texts that are equal whatever the script
    not_fields: frozenset[str] = frozenset()  # facts that are no fields of the model

    @property
    def keys(self) -> set[str]:
        """The facts by which a row is known again."""
        return {name for names in self.needs for name in names}

    @property
    def taken(self) -> list[Column]:
        """The columns that are read, for people to see."""
        return [column for column in self.columns if column.read]

    def prepare(self, rows: list[Planned]) -> None:
        """Fetch what all rows together need, in a few queries."""

    def resolve(self, facts: dict, say: Callable[[str, str, str], None]) -> None:
        """Replace what the sheet says by rows (a customer for its name); `say(fact, code,
        message)` for each that cannot be."""

    def key(self, facts: dict) -> tuple:
        """What two rows of one file may not share."""
        raise NotImplementedError

    def find(self, facts: dict) -> Model | None:
        """The row that is stored under the same key."""
        raise NotImplementedError

    def doubts(self, row: Planned) -> list[tuple[str, str, str]]:
        """(fact, code, message) of what is worth a warning."""
        return []

    def refusals(self, row: Planned) -> list[tuple[str, str, str]]:
        """(fact, code, message) of what the stored rows or the rules forbid."""
        return []

    def name(self, row: Planned) -> str:
        raise NotImplementedError

    def about(self, row: Planned) -> str:
        return ""

    def create(self, facts: dict, *, actor, now) -> Model:
        raise NotImplementedError

    def edit(self, row: Planned, *, actor, now) -> Model:
        raise NotImplementedError

    def compare(self, row: Planned) -> None:
        """Settle whether a row is new, the same or different, and keep only facts that differ."""
        if row.existing is None:
            return
        after = copy(row.existing)
        kept = {}
        for name, value in row.facts.items():
            if name in self.not_fields or self._differs(name, getattr(after, name), value):
                kept[name] = value
                if name not in self.not_fields:
                    setattr(after, name, value)
        row.facts = kept
        fields = [name for name in kept if name not in self.not_fields]
        row.changes = changes.between(row.existing, after, fields)

    def _differs(self, name: str, old, new) -> bool:
        if name in self.loose and isinstance(old, str):
            return fold(old) != fold(new)
        return old != new

    def wrong_fields(self, row: Planned) -> list[tuple[str, str, str]]:
        """(fact, code, message) of values that the model's fields do not take."""
        facts = {name: value for name, value in row.facts.items() if name not in self.not_fields}
        candidate = copy(row.existing) if row.existing else self.model()
        for name, value in facts.items():
            setattr(candidate, name, value)
        asked = facts if row.existing else {column.name for column in self.columns if column.read}
        skipped = {each.name for each in self.model._meta.fields if each.name not in asked}
        related = {each.name for each in self.model._meta.fields if each.is_relation}
        try:
            candidate.clean_fields(exclude=skipped | related | self._filled_in())
        except ValidationError as wrong:
            return [self._wrong(row, name, errors) for name, errors in wrong.error_dict.items()]
        return []

    def _wrong(self, row: Planned, name: str, errors: list) -> tuple[str, str, str]:
        if row.facts.get(name) in (None, ""):
            label = self.model._meta.get_field(name).verbose_name
            return name, "required", _("請填%(field)s") % {"field": label}
        return name, "invalid", "；".join(sentences(ValidationError(errors)))

    def _filled_in(self) -> set[str]:
        """Fields that the action fills in where the sheet leaves them out."""
        return set()

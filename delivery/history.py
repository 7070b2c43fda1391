"""Everything that hangs on a shipping note below its lines, read in one query.

A document page shows serial numbers, every count with what was done about its difference, the
driver's counts, the contacts with the customer and the signatures, and the checks of the three at
a pick-up. They are a handful of small tables
with little in common; one UNION keeps the page at the same few queries whatever the note holds.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    DecimalField,
    F,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from delivery.models import (
    Adjustment,
    ContactLog,
    LineCount,
    LineSerial,
    LoadingCount,
    PickupCheck,
    PickupDifference,
    ShippingNote,
    Signature,
)

COLUMNS = {
    "kind": CharField(),
    "line": BigIntegerField(),
    "turn": IntegerField(),
    "at": DateTimeField(),
    "who": CharField(),
    "code": CharField(),
    "amount": DecimalField(max_digits=12, decimal_places=3),
    "text": TextField(),
    "more": TextField(),
    "other_at": DateTimeField(),
    "other_who": CharField(),
    "other_code": CharField(),
    "ref": BigIntegerField(),
}


@dataclass(frozen=True)
class Serial:
    """A serial number of a line; `unit` is the key of the Unit that it has become."""

    serial_no: str
    is_out: bool
    fate: str
    unit: int | None


@dataclass(frozen=True)
class Count:
    """An attempt at verifying a line, with what was done about its difference (3.1.4)."""

    attempt: int
    at: datetime
    who: str
    result: str
    quantity: Decimal
    difference: str
    serial_nos: tuple[str, ...]
    adjusted_at: datetime | None
    adjusted_by: str
    measure: str

    @property
    def is_match(self) -> bool:
        return self.result == LineCount.Result.MATCH

    @property
    def result_label(self) -> str:
        return str(LineCount.Result(self.result).label)

    @property
    def measure_label(self) -> str:
        return str(Adjustment.Measure(self.measure).label) if self.measure else ""


@dataclass(frozen=True)
class Loading:
    """A count by the driver at loading (3.2.2)."""

    attempt: int
    at: datetime
    who: str
    quantity: Decimal


@dataclass(frozen=True)
class Contact:
    """A contact with the customer (3.1.1)."""

    at: datetime
    channel: str
    person: str
    agreed: str
    logged_by: str

    @property
    def channel_label(self) -> str:
        return str(ContactLog.Channel(self.channel).label)


@dataclass(frozen=True)
class Signed:
    """A signature of driver or receiver (3.2.2); `path` is empty unless drawn on a screen."""

    party: str
    means: str
    name: str
    signed_hash: str
    at: datetime
    path: str

    @property
    def party_label(self) -> str:
        return str(Signature.Party(self.party).label)

    @property
    def means_label(self) -> str:
        return str(Signature.Means(self.means).label)


@dataclass(frozen=True)
class Checked:
    """A check of the three at pick-up (3.2.1); `state` is that of its difference, empty if none."""

    pk: int
    attempt: int
    at: datetime
    clerk: str
    keeper: str
    customer_person: str
    state: str
    description: str
    caused_by: int | None

    @property
    def is_match(self) -> bool:
        return not self.state

    @property
    def state_label(self) -> str:
        return str(PickupDifference.State(self.state).label) if self.state else ""


@dataclass
class History:
    """What was found, by the key of the line where it belongs to one."""

    serials: dict[int, list[Serial]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[int, list[Count]] = field(default_factory=lambda: defaultdict(list))
    loadings: dict[int, list[Loading]] = field(default_factory=lambda: defaultdict(list))
    contacts: list[Contact] = field(default_factory=list)
    signatures: list[Signed] = field(default_factory=list)
    checks: list[Checked] = field(default_factory=list)


def of(note: ShippingNote) -> History:
    """All of it. Contacts are those of every revision of the number; the newest stand first."""
    family = {"note__number": note.number} if note.number else {"note": note}
    parts = [_counts(note), _loadings(note), _contacts(family), _signatures(note)]
    if note.is_pickup:
        parts.append(_checks(note))
    rows = _serials(note).union(*parts, all=True)
    history = History()
    for row in sorted((dict(zip(COLUMNS, row, strict=True)) for row in rows), key=_in_time):
        _READERS[row["kind"]](history, row)
    history.contacts.reverse()
    parties = list(Signature.Party.values)  # the driver signs before the receiver
    history.signatures.sort(key=lambda signed: parties.index(signed.party))
    return history


def _in_time(row: dict) -> tuple:
    return (row["turn"] or 0, row["at"].isoformat() if row["at"] else "", row["text"] or "")


def _select(rows: QuerySet, kind: str, **columns) -> QuerySet:
    """The columns of the UNION, each with its type on every engine; what is not named is NULL."""
    columns["kind"] = Value(kind)
    marked = {
        f"h_{name}": Cast(columns.get(name, Value(None)), output)
        for name, output in COLUMNS.items()
    }
    return rows.order_by().annotate(**marked).values_list(*marked)


def _serials(note) -> QuerySet[Model]:
    rows = LineSerial.objects.filter(line__note=note)
    return _select(
        rows, "serial", line=F("line_id"), text=F("serial_no"), code=F("fate"),
        turn=F("is_out"), ref=F("unit_id"),
    )  # fmt: skip


def _counts(note) -> QuerySet[Model]:
    return _select(
        LineCount.objects.filter(line__note=note), "count", line=F("line_id"), turn=F("attempt"),
        at=F("counted_at"), who=F("counted_by__name"), code=F("result"),
        amount=F("counted_quantity"), text=F("difference"), more=F("serial_nos"),
        other_at=F("adjustment__made_at"), other_who=F("adjustment__made_by__name"),
        other_code=F("adjustment__measure"),
    )  # fmt: skip


def _loadings(note) -> QuerySet[Model]:
    return _select(
        LoadingCount.objects.filter(line__note=note), "loading", line=F("line_id"),
        turn=F("attempt"), at=F("counted_at"), who=F("counted_by"), amount=F("counted_quantity"),
    )  # fmt: skip


def _contacts(family: dict) -> QuerySet[Model]:
    return _select(
        ContactLog.objects.filter(**family), "contact", at=F("at"), who=F("logged_by__name"),
        code=F("channel"), text=F("agreed"), more=F("person"),
    )  # fmt: skip


def _signatures(note) -> QuerySet[Model]:
    return _select(
        Signature.objects.filter(note=note), "signature", at=F("signed_at"), who=F("name"),
        code=F("party"), text=F("path"), more=F("signed_hash"), other_code=F("means"),
    )  # fmt: skip


def _checks(note) -> QuerySet[Model]:
    return _select(
        PickupCheck.objects.filter(note=note), "check", line=F("difference__caused_by_id"),
        turn=F("attempt"), at=F("checked_at"), who=F("clerk__name"), code=F("difference__state"),
        text=F("difference__description"), more=F("customer_person"), other_who=F("keeper__name"),
        ref=F("pk"),
    )  # fmt: skip


def _read_serial(history: History, row: dict) -> None:
    serial = Serial(row["text"], bool(row["turn"]), row["code"], row["ref"])
    history.serials[row["line"]].append(serial)


def _read_count(history: History, row: dict) -> None:
    serials = json.loads(row["more"] or "[]")
    history.counts[row["line"]].append(
        Count(
            row["turn"], row["at"], row["who"], row["code"], row["amount"], row["text"],
            tuple(serials), row["other_at"], row["other_who"] or "", row["other_code"] or "",
        )
    )  # fmt: skip


def _read_loading(history: History, row: dict) -> None:
    loading = Loading(row["turn"], row["at"], row["who"], row["amount"])
    history.loadings[row["line"]].append(loading)


def _read_contact(history: History, row: dict) -> None:
    history.contacts.append(Contact(row["at"], row["code"], row["more"], row["text"], row["who"]))


def _read_signature(history: History, row: dict) -> None:
    history.signatures.append(
        Signed(row["code"], row["other_code"], row["who"], row["more"], row["at"], row["text"])
    )


def _read_check(history: History, row: dict) -> None:
    history.checks.append(
        Checked(
            row["ref"], row["turn"], row["at"], row["who"], row["other_who"], row["more"],
            row["code"] or "", row["text"] or "", row["line"],
        )
    )  # fmt: skip


_READERS = {
    "serial": _read_serial,
    "count": _read_count,
    "loading": _read_loading,
    "contact": _read_contact,
    "signature": _read_signature,
    "check": _read_check,
}

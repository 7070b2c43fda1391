"""Shipping notes as they were read, and how they are told in JSON."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from aftersales.core.spreadsheets.cells import plain_number

_TEXTS = (
    "customer",
    "customer_code",
    "consignee",
    "phone",
    "address",
    "order_no",
    "carrier",
)


@dataclass(slots=True)
class Line:
    """A line of a note. `product` is what the catalogue knows of it, None for a new part.

    `has_wrong_amount` says that the amount is not quantity times price, tax and discount minded.
    """

    row: int
    line_no: int = 0
    part_no: str = ""
    name: str = ""
    spec: str = ""
    uom: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    tax_rate: Decimal | None = None
    serial_nos: list[str] = field(default_factory=list)
    lot_no: str = ""
    due_on: datetime.date | None = None
    remark: str = ""
    product: Any = None
    has_wrong_amount: bool = False

    def as_json(self) -> dict:
        """Decimals as plain strings, days as ISO, what is absent left out."""
        data: dict[str, Any] = {"line_no": self.line_no}
        for key in ("part_no", "name", "spec", "uom"):
            if getattr(self, key):
                data[key] = getattr(self, key)
        for key in ("quantity", "unit_price", "amount"):
            if getattr(self, key) is not None:
                data[key] = plain_number(getattr(self, key))
        data["serial_nos"] = list(self.serial_nos)
        if self.lot_no:
            data["lot_no"] = self.lot_no
        if self.due_on:
            data["due_on"] = self.due_on.isoformat()
        if self.remark:
            data["remark"] = self.remark
        return data


@dataclass(slots=True)
class Document:
    """A note. `known_customer` is what the catalogue knows, None for a new customer.

    `sheet`, `row` and `column` are where its number stands, for findings about it as a whole, and
    `carrier_at` the same three of its carrier; `reference` is the draft that was made of it.
    """

    external_no: str = ""
    customer: str = ""
    customer_code: str = ""
    consignee: str = ""
    phone: str = ""
    address: str = ""
    order_no: str = ""
    carrier: str = ""
    issued_on: datetime.date | None = None
    ship_on: datetime.date | None = None
    delivery_mode: str = ""
    remark: str = ""
    lines: list[Line] = field(default_factory=list)
    known_customer: Any = None
    sheet: Any = None
    row: int | None = None
    column: int | None = None
    carrier_at: tuple[Any, int, int] | None = None
    reference: str = ""

    def as_json(self) -> dict:
        data: dict[str, Any] = {"external_no": self.external_no}
        data |= {key: getattr(self, key) for key in _TEXTS if getattr(self, key)}
        for key in ("issued_on", "ship_on"):
            if getattr(self, key):
                data[key] = getattr(self, key).isoformat()
        for key in ("delivery_mode", "remark", "reference"):
            if getattr(self, key):
                data[key] = getattr(self, key)
        data["lines"] = [line.as_json() for line in self.lines]
        return data

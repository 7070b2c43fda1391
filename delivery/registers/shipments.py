"""A register of shipments: its rows are lines of notes that were delivered long ago (3.2.2)."""

from collections.abc import Hashable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.batches import in_batches
from aftersales.core.registers.documents import Document, DocumentRegister, Stored
from aftersales.core.registers.register import Order, Planned, Remarks, Silence
from aftersales.core.spreadsheets.cells import plain_number
from aftersales.core.spreadsheets.problems import CellProblem
from aftersales.core.text import fold
from aftersales.masterdata.actions.registers import WarrantyMonths
from aftersales.masterdata.imports.references import References
from aftersales.masterdata.models import Unit
from delivery.actions.drafting import NEVER_LEFT
from delivery.actions.taking_over import PERMISSION, OldLine, OldNote, take_over_notes
from delivery.imports.serials import serials_in
from delivery.models import LineSerial, ShippingNote, ShippingNoteLine
from delivery.registers.columns import COLUMNS
from delivery.serials import LONGEST, tidy_serial


class ShipmentRegister(DocumentRegister):
    """Rows of one customer and one number are one note; it is known again by them."""

    name, kind, title = "shipments", "shipment", _("發貨登記")
    permission = PERMISSION
    columns = COLUMNS
    needs = (
        ("external_no",), ("date",), ("customer", "customer_code"), ("part_no",), ("quantity",),
    )  # fmt: skip

    refers_to = (_("客戶"), _("產品"))
    list_name = "shippingnote_list"

    def __init__(self) -> None:
        self.references = References(self, "customer", "part")
        self.months = WarrantyMonths()

    def begin(self) -> None:
        self.references.begin()

    def missing(self) -> dict[str, int]:
        return self.references.missing()

    # --- rows ----------------------------------------------------------------------------------

    def judge(self, rows: list[Planned], remarks: Remarks) -> None:
        for row in rows:
            customer = self.references.customer(row, remarks)
            self.references.part(row, remarks)
            self._check_serials(row, remarks)
            if customer and "external_no" in row.facts:
                row.key = (customer.pk or fold(customer.name), row.facts["external_no"])

    def _check_serials(self, row: Planned, remarks: Remarks) -> None:
        if "serial_no" not in row.facts:
            return
        try:
            serials = _serials(row)
        except CellProblem as problem:
            remarks.error(row, "serial_no", problem.code, problem.message)
            return
        part = fold(row.facts.get("part_no", ""))
        for place, serial in enumerate(serials):
            if len(serial) > LONGEST:
                words = _t("序列號「%(serial)s…」超過 %(limit)s 個字")
                values = {"serial": serial[:20], "limit": LONGEST}
                remarks.error(row, "serial_no", "too_long", words % values)
            first = self.first((part, serial), row.number)
            if first != row.number or serial in serials[:place]:
                words = _t("序列號 %(serial)s 已出現在第 %(row)d 列，同一台不能發兩次")
                values = {"serial": serial, "row": first}
                remarks.error(row, "serial_no", "duplicate_serial", words % values)
        quantity = row.facts.get("quantity")
        if serials and quantity not in (None, len(serials)):
            words = _t("數量是 %(quantity)s，序列號有 %(count)s 個")
            values = {"quantity": plain_number(quantity), "count": len(serials)}
            remarks.warn(row, "serial_no", "serial_count", words % values)

    # --- notes ---------------------------------------------------------------------------------

    def stored(self, keys: Sequence[tuple], *, lock: bool) -> dict[tuple, Stored]:
        known = {key for key in keys if isinstance(key[0], int)}
        notes = ShippingNote.objects.exclude(state__in=NEVER_LEFT).filter(
            customer__in={customer for customer, _number in known},
            external_no__in={number for _customer, number in known},
        )
        notes = notes.select_for_update().order_by("pk") if lock else notes
        found = {
            note.pk: Stored(note) for note in notes if (note.customer_id, note.external_no) in known
        }
        facts = ("note_id", "product_id", "quantity", "unit_price", "lot_no", "planned_serials")
        lines = ShippingNoteLine.objects.filter(note__in=found).order_by("pk")
        for note, product, quantity, price, lot_no, serials in lines.values_list(*facts):
            found[note].contents[_content(product, quantity, price, lot_no, serials)] += 1
        return {
            (each.document.customer_id, each.document.external_no): each for each in found.values()
        }

    def content(self, row: Planned) -> Hashable:
        facts = row.facts
        part = self.references.part(row, Silence)
        return _content(
            part.pk or part.part_no, facts["quantity"], facts.get("unit_price"),
            facts.get("lot_no", ""), _serials(row),
        )  # fmt: skip

    def check(self, document: Document, remarks: Remarks) -> None:
        note = document.stored.document if document.stored else None
        if note and note.source != ShippingNote.Source.REGISTER:
            words = _t("單號 %(number)s 已經是發貨單 %(note)s（%(state)s），登記簿不能再匯入")
            values = {
                "number": note.external_no, "note": note.title, "state": note.get_state_display()
            }  # fmt: skip
            remarks.error(document.rows[0], "external_no", "already_imported", words % values)
            return
        days = [row.facts["date"] for row in document.rows if "date" in row.facts]
        day = note.ship_on if note else next(iter(days), None)
        for row in document.rows:
            if row.facts.get("date", day) != day:
                words = _t(
                    "單號 %(number)s 的日期是 %(day)s，這一列是另一天；請更正日期，或另給單號"
                )
                values = {"number": row.facts["external_no"], "day": day}
                remarks.error(row, "date", "mixed_document", words % values)

    def check_all(self, documents: list[Document], remarks: Remarks) -> None:
        """No machine leaves twice: those that another note carries, or that are on file at
        another customer, are told (3.1.4)."""
        wanted: dict[tuple, tuple[Planned, object]] = {}
        for document in documents:
            for row in document.new:
                part = self.references.part(row, Silence)
                wanted |= {(part.pk, serial): (row, document.key[0]) for serial in _serials(row)}
        for numbers in in_batches([serial for _part, serial in wanted]):
            self._check_serials_out(numbers, wanted, remarks)

    def _check_serials_out(self, numbers, wanted, remarks: Remarks) -> None:
        out = LineSerial.objects.filter(serial_no__in=numbers, is_out=True)
        for each in out.select_related("line__note"):
            if found := wanted.pop((each.product_id, each.serial_no), None):
                words = _t("序列號 %(serial)s 已由 %(note)s 發出，同一台不能發兩次")
                values = {"serial": each.serial_no, "note": each.line.note.title}
                remarks.error(found[0], "serial_no", "duplicate_serial", words % values)
        for unit in (
            Unit.objects.delivered().filter(serial_no__in=numbers).select_related("customer")
        ):
            row, customer = wanted.get((unit.product_id, unit.serial_no), (None, None))
            if row and unit.customer_id != customer:
                words = _t(
                    "序列號 %(serial)s 已經建檔：%(day)s 交付給 %(customer)s，請核對後填正確的序列號"
                )
                values = {
                    "serial": unit.serial_no, "day": unit.delivered_on, "customer": unit.customer
                }  # fmt: skip
                remarks.error(row, "serial_no", "duplicate_serial", words % values)

    def name_of(self, row: Planned) -> str:
        customer = self.references.customer(row, Silence)
        return f"{row.facts['external_no']}　{customer.name if customer else ''}"

    def about(self, row: Planned) -> str:
        facts = row.facts
        figure = plain_number(facts["quantity"]) if "quantity" in facts else ""
        words = (str(facts.get("date", "")), facts.get("part_no", ""), figure)
        return "　".join(filter(None, words))

    # --- storing -------------------------------------------------------------------------------

    def before_writing(self, groups: Sequence[list[Planned]], order: Order) -> None:
        if self.create_missing:
            self.references.create((row for rows in groups for row in rows), order)
        for rows in groups:
            customer = self.references.customer(rows[0], Silence)
            for row in rows:
                row.key = (customer.pk, row.facts["external_no"])

    def store(self, documents: list[Document], order: Order) -> None:
        notes = [
            OldNote(
                customer=self.references.customer(document.rows[0], Silence),
                external_no=document.rows[0].facts["external_no"],
                day=document.rows[0].facts["date"],
                lines=[self._line(row) for row in document.new],
                note=document.stored.document if document.stored else None,
            )
            for document in documents
        ]
        take_over_notes(
            notes, actor=order.actor, now=order.now, source=order.source, months=self.months
        )

    def _line(self, row: Planned) -> OldLine:
        facts = row.facts
        return OldLine(
            product=self.references.part(row, Silence),
            quantity=facts["quantity"],
            unit_price=facts.get("unit_price"),
            name=facts.get("name", ""),
            spec=facts.get("spec", ""),
            uom=facts.get("uom", ""),
            lot_no=facts.get("lot_no", ""),
            remark=facts.get("remark", ""),
            serial_nos=_serials(row),
        )


def _serials(row: Planned) -> list[str]:
    """The serial numbers of a row. Raises CellProblem "serial_range"."""
    if "serials" not in row.wanted:
        text, quantity = row.facts.get("serial_no"), row.facts.get("quantity")
        found = serials_in(text, quantity=quantity) if text else []
        row.wanted["serials"] = [tidy_serial(each) for each in found]
    return row.wanted["serials"]


def _content(part, quantity: Decimal, price: Decimal | None, lot_no: str, serials) -> tuple:
    return (part, quantity, price, lot_no, tuple(serials))

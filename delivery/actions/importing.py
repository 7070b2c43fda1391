"""3.1.3 notes that other offices write in spreadsheets become drafts, all of a file or none."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import audit
from aftersales.core.errors import RuleViolation, sentences
from aftersales.core.spreadsheets.problems import Finding, Findings
from aftersales.core.text import fold
from aftersales.masterdata import qualification
from aftersales.masterdata.actions import create_customer, create_product
from aftersales.masterdata.models import Customer, Product
from delivery import carriers
from delivery.actions.drafting import NEVER_LEFT, create_note
from delivery.imports.catalogue import DatabaseCatalogue
from delivery.imports.documents import Document, Line
from delivery.imports.reading import Reading
from delivery.models import ShippingNote

CLAUSE = "3.1.3"
PERMISSION = "delivery.import_shippingnote"
_PRICE, _CENT = Decimal("0.0001"), Decimal("0.01")
_FACTS = (
    "external_no", "consignee", "phone", "address", "order_no", "issued_on", "ship_on",
    "delivery_mode", "remark",
)  # fmt: skip


class ImportRefused(RuleViolation):
    """Nothing of the file was imported; `findings` say why by row and column."""

    def __init__(self, findings: Sequence[Finding]):
        super().__init__(
            _("檔案有 %(count)s 個問題，沒有匯入任何一張單：%(first)s")
            % {"count": len(findings), "first": findings[0].message},
            clause=CLAUSE,
            field="file",
        )
        self.findings = list(findings)


@transaction.atomic
def import_shipping_notes(
    reading: Reading, *, actor, now: datetime, create_missing: bool = False, source: str = ""
) -> list[ShippingNote]:
    """匯入 (3.1.3): a draft for each document of the file, in their order; all of them or none.

    With `create_missing` customers and products that the master data lack are created. `source`
    is the name of the file, for the timeline. Each document is given the `reference` of its
    draft. Raises ImportRefused, RuleViolation where the actor may not import.
    """
    if not actor.has_perm(PERMISSION):
        raise RuleViolation(_("您的角色沒有匯入發貨單的權限，請找銷售內勤"), clause=CLAUSE)
    refuse_by_records(reading, now=now)
    if reading.errors:
        raise ImportRefused(reading.errors)
    importer = _Importer(actor, now, create_missing=create_missing, source=source)
    notes = [importer.draft(document) for document in reading.documents]
    if importer.findings.errors:
        raise ImportRefused(importer.findings.errors)
    for document, note in zip(reading.documents, notes, strict=True):
        document.reference = note.reference
    return notes


def refuse_by_records(reading: Reading, *, now: datetime) -> None:
    """Hold the documents against what is on record, and turn them into errors; for previews too.

    `already_imported`: the number is here already. `carrier_not_qualified`: the carrier that the
    paper names may not carry on the day of shipping, or today where that is past (3.1.2).
    """
    if reading.errors:
        return
    findings = Findings()
    today = timezone.localdate(now)
    for document in reading.documents:
        _refuse_second_import(findings, document)
        _refuse_carrier(findings, document, max(document.ship_on or today, today))
    if findings.errors:
        reading.errors, reading.documents = _shown(findings, reading), []


def _refuse_second_import(findings: Findings, document: Document) -> None:
    if document.known_customer is None:
        return
    same = ShippingNote.objects.filter(
        customer=document.known_customer, external_no__iexact=document.external_no
    )
    other = same.exclude(state__in=NEVER_LEFT).first()
    if other is None:
        return
    message = _("單號 %(number)s 已經匯入過，就是 %(other)s（%(state)s）；要重匯請先作廢那一張")
    values = {
        "number": document.external_no,
        "other": other.title,
        "state": other.get_state_display(),
    }
    _say(findings, document, "already_imported", message % values)


def _refuse_carrier(findings: Findings, document: Document, on: date) -> None:
    """A carrier that nobody knows stays a word of the draft; one of the master data is held to it."""
    if document.delivery_mode != ShippingNote.DeliveryMode.CARRIER:
        return
    carrier = carriers.named(document.carrier)
    if carrier is None or not (message := qualification.refusal(carrier, on)):
        return
    place = document.carrier_at or (document.sheet, document.row, document.column)
    findings.error(*place, "carrier_not_qualified", message)


def _shown(findings: Findings, reading: Reading) -> list[Finding]:
    several = len({document.sheet.number for document in reading.documents}) > 1
    return [finding if several else finding.without_sheet() for finding in findings.errors]


def _say(findings: Findings, document: Document, code: str, message: str) -> None:
    findings.error(document.sheet, document.row, document.column, code, message)


class _Importer:
    """Makes drafts one after another; what is created for one serves the next."""

    def __init__(self, actor, now: datetime, *, create_missing: bool, source: str):
        self._actor, self._now, self._source = actor, now, source
        self._create_missing = create_missing
        self._catalogue = DatabaseCatalogue()
        self._new_customers: dict[str, Customer] = {}
        self._new_products: dict[str, Product] = {}
        self.findings = Findings()

    def draft(self, document: Document) -> ShippingNote | None:
        """The draft, or None with a finding; the caller rolls everything back then."""
        try:
            with transaction.atomic():
                return self._draft(document)
        except ValidationError as refusal:
            row, column = _place_of(document, refusal)
            message = _("；").join(sentences(refusal))
            self.findings.error(document.sheet, row, column, "refused", message)
            return None

    def _draft(self, document: Document) -> ShippingNote:
        facts = {name: getattr(document, name) for name in _FACTS if getattr(document, name)}
        note = create_note(
            actor=self._actor,
            now=self._now,
            customer=self._customer(document),
            carrier_name=document.carrier,
            lines=[self._facts_of(line) for line in document.lines],
            **facts,
        )
        audit.record(
            note,
            "shippingnote.imported",
            actor=self._actor,
            now=self._now,
            clause=CLAUSE,
            file=self._source,
            sheet=document.sheet.title if document.sheet else "",
            row=document.row,
        )
        return note

    def _customer(self, document: Document) -> Customer:
        name, code = document.customer or document.customer_code, document.customer_code
        known = document.known_customer or self._catalogue.find_customer(name)
        if known is not None:
            return known
        keys = [fold(word) for word in (document.customer, code) if word]
        created = next(
            (self._new_customers[key] for key in keys if key in self._new_customers), None
        )
        if created is None:
            self._check_creating(_("客戶「%(name)s」不在客戶主檔") % {"name": name})
            created = create_customer(actor=self._actor, now=self._now, name=name, code=code)
        self._new_customers |= dict.fromkeys(keys, created)
        return created

    def _product(self, line: Line) -> Product:
        known = line.product or self._catalogue.find_part(line.part_no)
        key = fold(line.part_no)
        if known is None and key not in self._new_products:
            self._check_creating(_("料號 %(part)s 不在產品主檔") % {"part": line.part_no})
            facts = {"spec": line.spec, "uom": line.uom}
            self._new_products[key] = create_product(
                actor=self._actor,
                now=self._now,
                part_no=line.part_no,
                name=line.name,
                **{name: value for name, value in facts.items() if value},
            )
        return known or self._new_products[key]

    def _check_creating(self, message: str) -> None:
        if not self._create_missing:
            raise RuleViolation(message, clause=CLAUSE)

    def _facts_of(self, line: Line) -> dict:
        return {
            "product": self._product(line),
            "line_no": line.line_no,
            "name": line.name,
            "uom": line.uom,
            "quantity": line.quantity,
            "unit_price": _rounded(line.unit_price, _PRICE),
            # A wrong amount is worked out anew; the reader has warned of it.
            "amount": None if line.has_wrong_amount else _rounded(line.amount, _CENT),
            "due_on": line.due_on,
            "planned_serials": line.serial_nos,
            "lot_no": line.lot_no,
            "remark": line.remark,
            **({"spec": line.spec} if line.spec else {}),
        }


def _rounded(value: Decimal | None, step: Decimal) -> Decimal | None:
    return None if value is None else value.quantize(step, ROUND_HALF_UP)


def _place_of(document: Document, refusal: ValidationError) -> tuple[int | None, int | None]:
    """The row of the line that a refusal names by its field, lines-1-quantity; else the number."""
    field = getattr(refusal, "field", None) or ""
    position = field.split("-")[1] if field.startswith("lines-") else ""
    if position.isdigit() and int(position) < len(document.lines):
        return document.lines[int(position)].row, None
    return document.row, document.column

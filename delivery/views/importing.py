"""Spreadsheets of other offices in the browser: upload, look at what will become of it, confirm."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import pending_uploads
from aftersales.core.errors import RuleViolation
from aftersales.core.pages import submit_once
from aftersales.core.spreadsheets.grid import Grid, column_number
from aftersales.core.spreadsheets.problems import Finding
from aftersales.core.spreadsheets.reading import open_grid
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.masterdata import sheet_mappings
from aftersales.masterdata.models import SheetMapping
from delivery.actions.importing import (
    ImportRefused,
    import_shipping_notes,
    refuse_by_records,
)
from delivery.forms.importing import ColumnsForm, UploadSheetForm, Wishes
from delivery.imports.catalogue import DatabaseCatalogue
from delivery.imports.reading import Reading, read_shipping_notes
from delivery.models import ShippingNote
from delivery.sample_layout import sample_layout
from delivery.views.asking import sent

SHOWN_DOCUMENTS = 50
SHOWN_FINDINGS = 200
IMPORTED = "imported_notes"
KIND, UNMAPPED = "shipping_notes", "none"


@dataclass(frozen=True)
class Remark:
    """A warning or an error with the text of the cell that it is about."""

    finding: Finding
    text: str

    @property
    def place(self) -> str:
        place = f"{self.finding.column or ''}{self.finding.row or ''}"
        return f"{self.finding.sheet} {place}".strip() if self.finding.sheet else place


@permission_required("delivery.import_shippingnote", raise_exception=True)
@submit_once
def shippingnote_import(request: HttpRequest) -> HttpResponse:
    """The upload; ?sample= gives a layout to fill in, ?done= shows what the last one made."""
    if "sample" in request.GET:
        return sample_layout()
    form = UploadSheetForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        token = pending_uploads.keep(form.cleaned_data["file"], user=request.user)
        return redirect("shippingnote_import_preview", token)
    context = {"form": form}
    if "done" in request.GET:
        keys = request.session.get(IMPORTED, [])
        notes = ShippingNote.objects.visible_to(request.user).filter(pk__in=keys)
        context["notes"] = notes.select_related("customer").order_by("pk")
    return render(request, "delivery/shippingnote_import.html", context)


@permission_required("delivery.import_shippingnote", raise_exception=True)
@submit_once
def shippingnote_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Every document as it will be, every warning and error by cell; POST makes the drafts.

    The choices (what columns hold, whether to create what is missing) stand in the address, so
    that reading again changes nothing; the confirmation carries them along.
    """
    try:
        upload = pending_uploads.fetch(token, user=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("shippingnote_import")
    asked = request.POST if request.method == "POST" else request.GET
    file = _read(upload, asked)
    if request.method == "POST" and not file.reading.errors:
        try:
            notes = _import(request, upload, file)
        except ImportRefused as refusal:
            file.reading.errors, file.reading.documents = refusal.findings, []
        except RuleViolation as refusal:  # of the name under which the columns are remembered
            messages.error(request, refusal.messages[0])
        else:
            request.session[IMPORTED] = [note.pk for note in notes]
            messages.success(request, _("已匯入 %(number)d 張草稿") % {"number": len(notes)})
            return redirect(f"{reverse('shippingnote_import')}?done=1")
    refuse_by_records(file.reading, now=timezone.now())
    return _preview(request, upload, file)


@transaction.atomic
def _import(request: HttpRequest, upload, file: "File") -> list[ShippingNote]:
    """Make the drafts; the columns as they were corrected are remembered where that is wished."""
    now = timezone.now()
    whose = file.whose  # asked before the documents turn into drafts
    notes = import_shipping_notes(
        file.reading,
        actor=request.user,
        now=now,
        create_missing=file.create_missing,
        source=upload.name,
    )
    if file.mapping:
        sheet_mappings.note_use(file.mapping, now=now)
    if file.wishes and "remember" in request.POST:
        sheet_mappings.remember(
            KIND,
            request.POST.get("mapping_name", ""),
            file.wishes.items(),
            file.headings,
            actor=request.user,
            now=now,
            **whose,
        )
    return notes


@dataclass
class File:
    """A file as it was read: with what the user chose, else with what is remembered of its like."""

    columns: ColumnsForm
    reading: Reading
    create_missing: bool
    headings: list[str]
    wishes: Wishes | None  # what the user corrected, None where nothing was
    mapping: SheetMapping | None  # the remembered one that was used
    others: list[SheetMapping]  # those that would fit too

    @property
    def whose(self) -> dict:
        """The one customer and office of its documents, as sheet_mappings takes them."""
        return _whose(self.reading)


def _read(upload, asked) -> File:
    facts = {"catalogue": DatabaseCatalogue(), "create_missing": "create_missing" in asked}
    raw = read_shipping_notes(upload.path, upload.name, **facts)
    headings = [guess.header for guess in raw.columns]
    fitting = sheet_mappings.candidates(KIND, headings, **_whose(raw))
    is_chosen = any(name.startswith("column-") for name in asked)
    columns = ColumnsForm(asked if is_chosen else None, guesses=raw.columns)
    file = File(columns, raw, facts["create_missing"], headings, None, None, fitting)
    if is_chosen:
        if columns.is_valid() and (wishes := columns.chosen()):
            file.wishes = wishes
            file.reading = read_shipping_notes(upload.path, upload.name, mapping=wishes, **facts)
        return file
    wanted = asked.get("mapping", "")
    if wanted == UNMAPPED:
        return file
    file.mapping = next((each for each in fitting if str(each.pk) == wanted), None)
    file.mapping = file.mapping or (fitting[0] if fitting else None)
    if file.mapping:
        pairs = Wishes([tuple(pair) for pair in file.mapping.columns])
        file.reading = read_shipping_notes(upload.path, upload.name, mapping=pairs, **facts)
        columns.show(file.reading.columns)
    return file


def _whose(reading: Reading) -> dict:
    customers = {document.known_customer for document in reading.documents}
    offices = {sheet_mappings.office_of(each.external_no) for each in reading.documents}
    return {
        "customer": customers.pop() if len(customers) == 1 else None,
        "office": offices.pop() if len(offices) == 1 else "",
    }


def _preview(request, upload, file: File) -> HttpResponse:
    reading = file.reading
    grid = _grid(upload) if reading.errors or reading.warnings else None
    modes = dict(ShippingNote.DeliveryMode.choices)
    whose = file.whose
    customer = whose["customer"]
    context = {
        "name": upload.name,
        "columns": file.columns,
        "create_missing": file.create_missing,
        "mapping": file.mapping,
        "fitting": file.others,
        "may_remember": bool(file.wishes),
        "mapping_name": request.POST.get("mapping_name")
        or whose["office"]
        or (customer.short_name or customer.name if customer else ""),
        "documents": [
            (document, modes.get(document.delivery_mode, ""))
            for document in reading.documents[:SHOWN_DOCUMENTS]
        ],
        "number": len(reading.documents),
        "errors": [_remark(grid, each) for each in reading.errors[:SHOWN_FINDINGS]],
        "warnings": [_remark(grid, each) for each in reading.warnings[:SHOWN_FINDINGS]],
        "error_count": len(reading.errors),
        "warning_count": len(reading.warnings),
        "could_create": any(
            each.code in ("unknown_customer", "unknown_part") for each in reading.errors
        ),
    }
    return render(request, "delivery/shippingnote_import_preview.html", context)


def _grid(upload) -> Grid | None:
    try:
        return open_grid(upload.path, upload.name)
    except UnreadableFile:
        return None


def _remark(grid: Grid | None, finding: Finding) -> Remark:
    """The finding with what stands in its cell, empty where it is about no single cell."""
    if grid is None or not finding.row or not finding.column:
        return Remark(finding, "")
    column = column_number(finding.column)
    for sheet in grid.sheets:
        if sheet.number != finding.sheet_number:
            continue
        cell = next(
            (row.cells.get(column) for row in sheet.rows if row.number == finding.row), None
        )
        return Remark(finding, _text(cell))
    return Remark(finding, "")


def _text(cell) -> str:
    if cell is None:
        return ""
    text = f"={cell.formula}" if cell.formula is not None else str(cell.value)
    return text if len(text) <= 60 else text[:59] + "…"

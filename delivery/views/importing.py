"""Spreadsheets of other offices in the browser: upload, look at what will become of it, confirm."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
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
from delivery.actions.importing import (
    ImportRefused,
    import_shipping_notes,
    refuse_by_records,
)
from delivery.forms.importing import ColumnsForm, UploadSheetForm
from delivery.imports.catalogue import DatabaseCatalogue
from delivery.imports.reading import Reading, read_shipping_notes
from delivery.models import ShippingNote
from delivery.sample_layout import sample_layout
from delivery.views.asking import sent

SHOWN_DOCUMENTS = 50
SHOWN_FINDINGS = 200
IMPORTED = "imported_notes"


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
    create_missing = "create_missing" in asked
    columns, reading = _read(upload, asked, create_missing)
    if request.method == "POST" and not reading.errors:
        try:
            notes = import_shipping_notes(
                reading,
                actor=request.user,
                now=timezone.now(),
                create_missing=create_missing,
                source=upload.name,
            )
        except ImportRefused as refusal:
            reading.errors, reading.documents = refusal.findings, []
        else:
            request.session[IMPORTED] = [note.pk for note in notes]
            messages.success(request, _("已匯入 %(number)d 張草稿") % {"number": len(notes)})
            return redirect(f"{reverse('shippingnote_import')}?done=1")
    refuse_by_records(reading, now=timezone.now())
    return _preview(request, upload, columns, reading, create_missing)


def _read(upload, asked, create_missing: bool) -> tuple[ColumnsForm, Reading]:
    """The file as guessed, and read again where the columns were chosen otherwise."""
    facts = {"catalogue": DatabaseCatalogue(), "create_missing": create_missing}
    reading = read_shipping_notes(upload.path, upload.name, **facts)
    is_chosen = any(name.startswith("column-") for name in asked)
    columns = ColumnsForm(asked if is_chosen else None, guesses=reading.columns)
    if is_chosen and columns.is_valid() and (wishes := columns.chosen()):
        reading = read_shipping_notes(upload.path, upload.name, mapping=wishes, **facts)
    return columns, reading


def _preview(request, upload, columns, reading: Reading, create_missing: bool) -> HttpResponse:
    grid = _grid(upload) if reading.errors or reading.warnings else None
    modes = dict(ShippingNote.DeliveryMode.choices)
    context = {
        "name": upload.name,
        "columns": columns,
        "create_missing": create_missing,
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

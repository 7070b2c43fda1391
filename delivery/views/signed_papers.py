"""Signed papers (3.2.2): which have not come back, and filing those that have by their QR codes."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import barcodes, pages, pending_uploads
from aftersales.core.errors import RuleViolation, sentences
from aftersales.core.pages import submit_once
from aftersales.core.spreadsheets.writing import DATE, NUMBER, Column
from aftersales.masterdata.views import exporting
from delivery.actions.signed_papers import CHASED_AFTER, days_out, note_of, take_paper
from delivery.filters import SignedPaperFilter
from delivery.forms.signed_papers import MOST_FILES, ByNumberForm, FilingForm
from delivery.models import ShippingNote

RESULTS = "signed_paper_results"


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def signed_paper_list(request: HttpRequest) -> HttpResponse:
    """簽收單未回, the longest gone first."""
    found = _rows(request)
    page = pages.page_of(request, found.qs)
    now = timezone.now()
    for note in page:
        note.days_out = days_out(note, now)
        note.age_tone = "late" if note.days_out >= CHASED_AFTER[1] else "wait"
    reach = ShippingNote.objects.visible_to(request.user).paper_not_back()
    bands = [
        (days, reach.filter(departed_at__lte=now - timedelta(days=days)).count())
        for days in CHASED_AFTER
    ]
    context = {"filter": found, "page": page, "bands": bands}
    return render(request, "delivery/signed_papers/list.html", context)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def signed_paper_export(request: HttpRequest) -> HttpResponse:
    """The same rows as .xlsx, to be handed to drivers and carriers."""
    columns = [
        Column(_("發貨單號"), 20), Column(_("客戶"), 32), Column(_("交付方式"), 14),
        Column(_("承運商"), 20), Column(_("車號"), 12), Column(_("司機"), 12),
        Column(_("司機電話"), 18), Column(_("發車日期"), 12, DATE), Column(_("未回天數"), 10, NUMBER),
        Column(_("狀態"), 12),
    ]  # fmt: skip
    now = timezone.now()

    def cells(note):
        return (
            note.title, note.customer.name, note.get_delivery_mode_display(), note.carrier_text,
            note.vehicle_no, note.driver_name, note.driver_phone,
            timezone.localdate(note.departed_at), days_out(note, now), note.get_state_display(),
        )  # fmt: skip

    return exporting.workbook(request, _("簽收單未回"), columns, _rows(request).qs, cells)


@permission_required("delivery.file_paper", raise_exception=True)
@submit_once
def signed_paper_filing(request: HttpRequest) -> HttpResponse:
    """掃碼歸檔: each sheet goes to the note of its QR code; what has none is filed by number."""
    is_post = request.method == "POST"
    if is_post and "token" in request.POST:
        return _file_by_number(request)
    form = FilingForm(request.POST if is_post else None, request.FILES if is_post else None)
    if is_post and form.is_valid():
        uploads = form.cleaned_data["files"]
        if len(uploads) <= MOST_FILES:
            request.session[RESULTS] = [
                each for upload in uploads for each in _file(request, upload)
            ]
            return redirect("signed_paper_filing")
        facts = {"most": MOST_FILES, "number": len(uploads)}
        message = _("一次最多 %(most)d 個檔案，現在有 %(number)d 個，請分次上傳")
        form.refuse(RuleViolation(message % facts, field="files"))
    results = [] if is_post else request.session.get(RESULTS, [])
    context = {
        "form": form,
        "results": results,
        "waiting": ShippingNote.objects.visible_to(request.user).paper_not_back().count(),
    }
    return render(request, "delivery/signed_papers/filing.html", context)


def _rows(request: HttpRequest) -> SignedPaperFilter:
    rows = ShippingNote.objects.visible_to(request.user).paper_not_back()
    rows = rows.select_related("customer", "carrier").order_by("departed_at", "pk")
    return SignedPaperFilter(request.GET, rows, request=request)


def _file(request: HttpRequest, upload: UploadedFile) -> list[dict]:
    """What became of each sheet of an upload; a sheet that cannot be read stops no other."""
    try:
        sheets = list(barcodes.sheets_of(upload))
    except RuleViolation as refusal:
        return [{"name": upload.name, "problem": refusal.messages[0]}]
    return [_file_sheet(request, sheet) for sheet in sheets]


def _file_sheet(request: HttpRequest, sheet: barcodes.Sheet) -> dict:
    note = note_of(sheet.texts, user=request.user)
    paper = SimpleUploadedFile(sheet.name, sheet.content)
    if note is not None:
        return _take(request, note, paper)
    problem = (
        _("二維碼不是您可以辦理的發貨單")
        if sheet.texts
        else _("找不到二維碼；請輸入單號歸檔，或重拍整張紙")
    )
    token = pending_uploads.keep(paper, user=request.user)
    return {"name": sheet.name, "problem": problem, "token": token}


def _take(request: HttpRequest, note: ShippingNote, paper: UploadedFile) -> dict:
    try:
        taken = take_paper(note, actor=request.user, now=timezone.now(), upload=paper)
    except ValidationError as refusal:
        return {"name": paper.name, "problem": "；".join(sentences(refusal))}
    return {
        "name": paper.name,
        "number": taken.note.title,
        "url": taken.note.get_absolute_url(),
        "outcome": str(taken.outcome),
        "reference": taken.note.reference,
    }


def _file_by_number(request: HttpRequest) -> HttpResponse:
    """The sheet that was kept, for the note whose number was typed; it takes its line's place."""
    form = ByNumberForm(request.POST)
    results = request.session.get(RESULTS, [])
    if form.is_valid():
        token, number = form.cleaned_data["token"], form.cleaned_data["number"]
        note = note_of([number], user=request.user)
        if note is None:
            messages.error(request, _("找不到發貨單 %(number)s，請核對單號") % {"number": number})
        else:
            try:
                kept = pending_uploads.fetch(token, user=request.user)
            except RuleViolation as gone:
                messages.error(request, gone.messages[0])
            else:
                paper = SimpleUploadedFile(kept.name, kept.path.read_bytes())
                done = _take(request, note, paper)
                request.session[RESULTS] = [
                    done if each.get("token") == token and "problem" not in done else each
                    for each in results
                ]
                if "problem" in done:
                    messages.error(request, done["problem"])
    else:
        messages.error(request, _("請輸入發貨單號"))
    return redirect("signed_paper_filing")

"""Registers in the browser: upload, look at what would become of it, confirm.

A wing's pages are two short views for each kind, which name the permission and call these. What
takes longer than somebody waits for a page is given to a worker: see views.import_runs.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import pending_uploads
from aftersales.core.errors import RuleViolation
from aftersales.core.forms import ConfirmImportForm, UploadRegisterForm
from aftersales.core.models import ImportRun
from aftersales.core.registers import kinds, runs
from aftersales.core.registers.checking import Reading, check, is_long
from aftersales.core.registers.previews import preview_of
from aftersales.core.registers.register import Register
from aftersales.core.registers.writing import write
from aftersales.core.tasks import wake

RECENT = 5


def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Keep a file until its preview is confirmed; what is no workbook is refused."""
    register = kinds.make(name)
    form = UploadRegisterForm(
        request.POST or None, request.FILES or None, refers_to=register.refers_to
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _accept(request, register, form)
        except RuleViolation as refusal:
            form.refuse(refusal)
    context = {
        "form": form, "register": register, "back_url": reverse(register.list_name),
        "runs": ImportRun.objects.filter(kind=name).select_related("user")[:RECENT],
    }  # fmt: skip
    return render(request, "core/register_import.html", context)


def _accept(request: HttpRequest, register: Register, form: UploadRegisterForm) -> HttpResponse:
    file, user = form.cleaned_data["file"], request.user
    create_missing = form.cleaned_data.get("create_missing", False)
    is_for_a_worker = is_long(file, file.name)
    token = pending_uploads.keep(file, user=user)
    if not is_for_a_worker:
        address = reverse(f"{register.kind}_import_preview", args=[token])
        return redirect(f"{address}?create_missing=1" if create_missing else address)
    run = runs.start(
        register.name, token=token, file_name=file.name, create_missing=create_missing,
        user=user, now=timezone.now(),
    )  # fmt: skip
    transaction.on_commit(lambda: wake(run))
    return redirect(run)


def preview(request: HttpRequest, name: str, token: str) -> HttpResponse:
    """What the file would do; confirmed, it is read again and done if it still does the same."""
    register = kinds.make(name)
    try:
        kept = pending_uploads.fetch(token, user=request.user)
        return _preview(request, register, kept)
    except RuleViolation as refusal:  # the file is gone, or no workbook after all
        messages.error(request, refusal.messages[0])
        return redirect(f"{register.kind}_import")


def _preview(
    request: HttpRequest, register: Register, kept: pending_uploads.PendingUpload
) -> HttpResponse:
    form = ConfirmImportForm(request.POST or None)
    create_missing = "create_missing" in request.GET
    with check(register, kept.path, kept.name, create_missing=create_missing) as reading:
        if request.method == "POST" and form.is_valid():
            try:
                return _confirm(request, reading, form, kept.name)
            except ValidationError as refusal:
                form.refuse(refusal)
        return render_preview(
            request, register, preview_of(reading), form, kept.name, reading.fingerprint
        )


def render_preview(
    request: HttpRequest, register: Register, shown: dict, form, source: str, fingerprint: str
) -> HttpResponse:
    """The page with counts, findings and first rows; the form carries what was seen."""
    if form.is_bound:
        form.data = {**form.data, "fingerprint": fingerprint}
    form.initial = {"fingerprint": fingerprint}
    context = {
        "register": register, "source": source, "form": form, "preview": shown,
        "back_url": reverse(register.list_name),
        "again_url": reverse(f"{register.kind}_import"),
    }  # fmt: skip
    return render(request, "core/register_preview.html", context)


def _confirm(request: HttpRequest, reading: Reading, form, source: str) -> HttpResponse:
    if form.cleaned_data["fingerprint"] != reading.fingerprint:
        raise RuleViolation(_("主檔在您預覽之後有變動，請再看一次下面的內容，再確認匯入"))
    outcome = write(
        reading, actor=request.user, now=timezone.now(), source=source,
        update_existing=form.cleaned_data["update_existing"],
    )  # fmt: skip
    words = _("匯入完成：新增 %(created)d 筆，更新 %(changed)d 筆，%(left)d 筆保持原樣")
    values = {"created": outcome.created, "changed": outcome.changed}
    messages.success(request, words % (values | {"left": outcome.unchanged}))
    return redirect(reading.register.list_name)

"""Registers in the browser: upload, look at what would become of it, confirm.

A wing's pages are two short views for each kind, which name the permission and call these.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import pending_uploads
from aftersales.core.errors import RuleViolation
from aftersales.core.forms import ConfirmImportForm, UploadRegisterForm
from aftersales.core.registers import kinds
from aftersales.core.registers.checking import SHOWN, check
from aftersales.core.registers.writing import write

FINDINGS = 1_000  # that a page shows; the command shows all


def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Keep a file that can be read until its preview is confirmed; anything else is refused."""
    register = kinds.make(name)
    form = UploadRegisterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _accept(request, register, form)
        except RuleViolation as refusal:
            form.refuse(refusal)
    context = {"form": form, "register": register, "back_url": reverse(f"{register.kind}_list")}
    return render(request, "core/register_import.html", context)


def _accept(request: HttpRequest, register, form) -> HttpResponse:
    file = form.cleaned_data["file"]
    with check(register, file, file.name):
        token = pending_uploads.keep(file, user=request.user)
    return redirect(f"{register.kind}_import_preview", token)


def preview(request: HttpRequest, name: str, token: str) -> HttpResponse:
    """What the file would do; confirmed, it is read again and done if it still does the same."""
    register = kinds.make(name)
    try:
        kept = pending_uploads.fetch(token, user=request.user)
    except RuleViolation as gone:
        messages.error(request, gone.messages[0])
        return redirect(f"{register.kind}_import")
    form = ConfirmImportForm(request.POST or None)
    with check(register, kept.path, kept.name) as reading:
        if request.method == "POST" and form.is_valid():
            try:
                return _confirm(request, reading, form, kept.name)
            except ValidationError as refusal:
                form.refuse(refusal)
        if form.is_bound:
            form.data = {**form.data, "fingerprint": reading.fingerprint}
        form.initial = {"fingerprint": reading.fingerprint}
        return _shown(request, reading, form, kept.name)


def _shown(request: HttpRequest, reading, form, source: str) -> HttpResponse:
    kind = reading.register.kind
    context = {
        "register": reading.register, "source": source, "form": form, "rows": reading.shown,
        "counts": reading.counts, "total": reading.total, "shown": SHOWN,
        "errors": list(reading.errors)[:FINDINGS], "warnings": list(reading.warnings)[:FINDINGS],
        "error_count": reading.error_count, "warning_count": reading.warning_count,
        "back_url": reverse(f"{kind}_list"), "again_url": reverse(f"{kind}_import"),
    }  # fmt: skip
    return render(request, "core/register_preview.html", context)


def _confirm(request: HttpRequest, reading, form, source: str) -> HttpResponse:
    if form.cleaned_data["fingerprint"] != reading.fingerprint:
        raise RuleViolation(_("主檔在您預覽之後有變動，請再看一次下面的內容，再確認匯入"))
    outcome = write(
        reading, actor=request.user, now=timezone.now(), source=source,
        update_existing=form.cleaned_data["update_existing"],
    )  # fmt: skip
    messages.success(
        request,
        _("匯入完成：新增 %(created)d 筆，更新 %(changed)d 筆，%(left)d 筆保持原樣")
        % {
            "created": outcome.created,
            "changed": outcome.changed,
            "left": outcome.unchanged,
        },
    )
    return redirect(f"{reading.register.kind}_list")

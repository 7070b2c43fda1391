"""Spreadsheets of customers, products and units: upload, preview, confirm."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import pending_uploads
from aftersales.core.errors import RuleViolation
from aftersales.core.pages import submit_once
from aftersales.masterdata.forms import ConfirmForm, UploadForm
from aftersales.masterdata.imports import registers
from aftersales.masterdata.imports.customers import CustomerRegister
from aftersales.masterdata.imports.products import ProductRegister
from aftersales.masterdata.imports.reading import read
from aftersales.masterdata.imports.storing import store
from aftersales.masterdata.imports.units import UnitRegister

SHOWN = 300  # rows of a preview; findings are shown to the last


@permission_required("masterdata.edit_customer", raise_exception=True)
def customer_import(request: HttpRequest) -> HttpResponse:
    return _upload(request, CustomerRegister())


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def customer_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    return _preview(request, CustomerRegister(), token)


@permission_required("masterdata.edit_product", raise_exception=True)
def product_import(request: HttpRequest) -> HttpResponse:
    return _upload(request, ProductRegister())


@permission_required("masterdata.edit_product", raise_exception=True)
@submit_once
def product_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    return _preview(request, ProductRegister(), token)


@permission_required("masterdata.edit_unit", raise_exception=True)
def unit_import(request: HttpRequest) -> HttpResponse:
    return _upload(request, UnitRegister())


@permission_required("masterdata.edit_unit", raise_exception=True)
@submit_once
def unit_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    return _preview(request, UnitRegister(), token)


def _upload(request: HttpRequest, register: registers.Register) -> HttpResponse:
    """Keep a file that can be read until its preview is confirmed; anything else is refused."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            read(register, upload, upload.name)
        except RuleViolation as refusal:
            form.refuse(refusal)
        else:
            token = pending_uploads.keep(upload, user=request.user)
            return redirect(f"{register.kind}_import_preview", token)
    context = {"form": form, "register": register, "back_url": _list_url(register)}
    return render(request, "masterdata/import.html", context)


def _preview(request: HttpRequest, register: registers.Register, token: str) -> HttpResponse:
    """What the file would do; confirmed, it is read again and done if it still does the same."""
    try:
        upload = pending_uploads.fetch(token, user=request.user)
    except RuleViolation as gone:
        messages.error(request, gone.messages[0])
        return redirect(f"{register.kind}_import")
    with transaction.atomic():
        plan = read(register, upload.path.read_bytes(), upload.name)
        form = ConfirmForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return _confirm(request, register, plan, form)
            except ValidationError as refusal:
                form.refuse(refusal)
    form.data = {**form.data, "fingerprint": plan.fingerprint} if form.is_bound else form.data
    form.initial = {"fingerprint": plan.fingerprint}
    context = {
        "register": register, "upload": upload, "plan": plan, "form": form,
        "rows": [row for row in plan.rows if row.status != registers.SAME][:SHOWN],
        "counts": plan.counts, "shown": SHOWN, "back_url": _list_url(register),
        "again_url": reverse(f"{register.kind}_import"),
    }  # fmt: skip
    return render(request, "masterdata/import_preview.html", context)


def _list_url(register: registers.Register) -> str:
    return reverse(f"{register.kind}_list")


def _confirm(request: HttpRequest, register, plan, form: ConfirmForm) -> HttpResponse:
    if form.cleaned_data["fingerprint"] != plan.fingerprint:
        raise RuleViolation(_("主檔在您預覽之後有變動，請再看一次下面的內容，再確認匯入"))
    outcome = store(
        register, plan, actor=request.user, now=timezone.now(),
        update_existing=form.cleaned_data["update_existing"],
    )  # fmt: skip
    messages.success(
        request,
        _("匯入完成：新增 %(created)d 筆，更新 %(changed)d 筆，%(left)d 筆保持原樣")
        % {"created": outcome.created, "changed": outcome.changed, "left": outcome.left},
    )
    return redirect(f"{register.kind}_list")

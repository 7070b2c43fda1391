"""Spreadsheets of customers, products and units: upload, preview, confirm."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse

from aftersales.core.pages import submit_once
from aftersales.core.views import registers


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def customer_import(request: HttpRequest) -> HttpResponse:
    return registers.upload(request, "customers")


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def customer_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    return registers.preview(request, "customers", token)


@permission_required("masterdata.edit_product", raise_exception=True)
@submit_once
def product_import(request: HttpRequest) -> HttpResponse:
    return registers.upload(request, "products")


@permission_required("masterdata.edit_product", raise_exception=True)
@submit_once
def product_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    return registers.preview(request, "products", token)


@permission_required("masterdata.edit_unit", raise_exception=True)
@submit_once
def unit_import(request: HttpRequest) -> HttpResponse:
    return registers.upload(request, "units")


@permission_required("masterdata.edit_unit", raise_exception=True)
@submit_once
def unit_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    return registers.preview(request, "units", token)

"""Delivered units: the list, one unit with its warranty, and keeping those from before."""

import re

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import pages, timeline
from aftersales.core.pages import submit_once
from aftersales.core.spreadsheets.writing import DATE, Column
from aftersales.masterdata import actions
from aftersales.masterdata.filters import UnitFilter
from aftersales.masterdata.forms import UnitForm
from aftersales.masterdata.models import Customer, Product, Unit
from aftersales.masterdata.views import exporting, keeping
from aftersales.masterdata.warranty import warranty_of

COLUMNS = {
    "serial_no": "serial_no",
    "product": "product__part_no",
    "customer": "customer__code",
    "delivered_on": "delivered_on",
    "warranty_until": "warranty_until",
}
LATEST = 10
NUMBER = re.compile(r"[A-Z]{2}-\d{6}-\d{4,}(?:-R\d+)?")  # of a document, in any language's text
OPTIONS = 200  # of a datalist; whoever has more types a part of the name


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def unit_list(request: HttpRequest) -> HttpResponse:
    """The delivered units, narrowed and sorted by the address."""
    found, order = _rows(request)
    page = pages.page_of(request, found.qs)
    context = {"filter": found, "page": page, "order": order}
    _with_warranty(page.object_list)
    return render(request, "masterdata/unit_list.html", context)


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def unit_export(request: HttpRequest) -> HttpResponse:
    """The same rows as .xlsx; the import reads it again."""
    found, _order = _rows(request)
    return exporting.workbook(request, _("已交付設備"), _columns(), found.qs, _cells)


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: by which note it was delivered, its warranty today (3.3.3), what was changed."""
    unit = _unit(request, pk)
    context = {
        "unit": unit,
        "warranty": warranty_of(unit, timezone.localdate()),
        "note_number": _note_number(unit),
        "lines": timeline.lines_of(unit),
    }
    return render(request, "masterdata/unit_detail.html", context)


@permission_required("masterdata.edit_unit", raise_exception=True)
@submit_once
def unit_create(request: HttpRequest) -> HttpResponse:
    """A unit from before this site."""
    return keeping.create(
        request, UnitForm(request.POST or None), actions.create_unit,
        template="masterdata/unit_form.html", said=_("設備 %(name)s 已建檔"), **_options(),
    )  # fmt: skip


@permission_required("masterdata.edit_unit", raise_exception=True)
@submit_once
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a unit."""
    unit = _unit(request, pk)
    return keeping.edit(
        request, unit, UnitForm(request.POST or None, unit=unit), actions.edit_unit,
        template="masterdata/unit_form.html", said=_("設備 %(name)s 已更新"), **_options(),
    )  # fmt: skip


def latest_of(units: QuerySet[Unit]) -> dict:
    """The units delivered last, with their warranty today, and whether there are more."""
    rows = list(units.order_by("-delivered_on", "-pk")[: LATEST + 1])
    return {"rows": _with_warranty(rows[:LATEST]), "has_more": len(rows) > LATEST}


def _note_number(unit: Unit) -> str:
    """The number of the shipping note that delivered the unit, empty where it was another way."""
    found = NUMBER.search(unit.delivery_ref) if unit.is_from_a_note else None
    return found[0] if found else ""


def _with_warranty(units: list[Unit]) -> list[Unit]:
    today = timezone.localdate()
    for unit in units:
        unit.warranty = warranty_of(unit, today)
    return units


def _options() -> dict:
    return {
        "customers": Customer.objects.active()[:OPTIONS],
        "products": Product.objects.active()[:OPTIONS],
    }


def _unit(request: HttpRequest, pk: int) -> Unit:
    rows = Unit.objects.visible_to(request.user).select_related("product", "customer")
    return get_object_or_404(rows, pk=pk)


def _rows(request: HttpRequest) -> tuple[UnitFilter, str]:
    order = pages.order_of(request, tuple(COLUMNS), "-delivered_on")
    sign = "-" if order.startswith("-") else ""
    rows = Unit.objects.visible_to(request.user).select_related("product", "customer")
    rows = rows.order_by(f"{sign}{COLUMNS[order.removeprefix('-')]}", f"{sign}pk")
    return UnitFilter(request.GET, rows, request=request), order


def _columns() -> list[Column]:
    return [
        Column(_("序列號"), 20),
        Column(_("料號"), 18),
        Column(_("品名"), 30),
        Column(_("客戶代號"), 12),
        Column(_("客戶"), 34),
        Column(_("批號"), 14),
        Column(_("交付日期"), 12, DATE),
        Column(_("發貨單與行次"), 24),
        Column(_("保修起"), 12, DATE),
        Column(_("保修迄"), 12, DATE),
        Column(_("來源"), 12),
    ]


def _cells(unit: Unit) -> tuple:
    return (
        unit.serial_no,
        unit.product.part_no,
        str(unit.product),
        unit.customer.code,
        unit.customer.name,
        unit.lot_no,
        unit.delivered_on,
        unit.delivery_ref,
        unit.warranty_from,
        unit.warranty_until,
        unit.get_source_display(),
    )

"""Delivered units: the list, one unit with its warranty, and keeping those from before."""

import re

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from aftersales.core import timeline
from aftersales.core.spreadsheets.writing import DATE, Column
from aftersales.masterdata import actions
from aftersales.masterdata.filters import UnitFilter
from aftersales.masterdata.forms import UnitForm
from aftersales.masterdata.models import Customer, Product, Unit
from aftersales.masterdata.views.kinds import SEE, Kind, Verbs
from aftersales.masterdata.warranty import warranty_of

LATEST = 10
NUMBER = re.compile(r"[A-Z]{2}-\d{6}-\d{4,}(?:-R\d+)?")  # of a document, in any language's text
OPTIONS = 200  # of a datalist; whoever has more types a part of the name


@require_safe
@permission_required(SEE, raise_exception=True)
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: by which note it was delivered, its warranty today (3.3.3), what was changed."""
    unit = UNIT.find(request, pk)
    context = {
        "kind": UNIT,
        "unit": unit,
        "warranty": warranty_of(unit, timezone.localdate()),
        "note_number": _note_number(unit),
        "lines": timeline.lines_of(unit),
    }
    return render(request, "masterdata/unit_detail.html", context)


def latest_of(units: QuerySet[Unit]) -> dict:
    """The units delivered last, with their warranty today, and whether there are more."""
    rows = list(units.delivered().order_by("-delivered_on", "-pk")[: LATEST + 1])
    return {"rows": _with_warranty(rows[:LATEST]), "has_more": len(rows) > LATEST}


def customer_options() -> dict:
    """What a page with a CustomerField lists to choose from."""
    return {"customers": Customer.objects.active()[:OPTIONS]}


def _options() -> dict:
    return {**customer_options(), "products": Product.objects.active()[:OPTIONS]}


def _note_number(unit: Unit) -> str:
    """The number of the shipping note that delivered the unit, empty where it was another way."""
    found = NUMBER.search(unit.delivery_ref) if unit.is_from_a_note else None
    return found[0] if found else ""


def _with_warranty(units: list[Unit]) -> list[Unit]:
    today = timezone.localdate()
    for unit in units:
        unit.warranty = warranty_of(unit, today)
    return units


def _source(unit: Unit) -> str:
    source = unit.get_source_display()
    return _("%(source)s，已沖銷") % {"source": source} if unit.is_reversed else str(source)


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
        _source(unit),
    )


UNIT = Kind(
    slug="unit",
    model=Unit,
    title=gettext_lazy("已交付設備"),
    adding=gettext_lazy("補登設備"),
    permission="masterdata.edit_unit",
    filter=UnitFilter,
    form=UnitForm,
    form_page="masterdata/unit_form.html",
    options=_options,
    orders={
        "serial_no": "serial_no",
        "product": "product__part_no",
        "customer": "customer__code",
        "delivered_on": "delivered_on",
        "warranty_until": "warranty_until",
    },
    order="-delivered_on",
    columns=_columns,
    cells=_cells,
    is_imported=True,
    fetched=lambda rows: rows.select_related("product", "customer"),
    dressed=_with_warranty,
    verbs=Verbs(actions.create_unit, actions.edit_unit),
)

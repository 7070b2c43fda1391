"""Products: the list, one product with its units and terms of service, and keeping them."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from aftersales.core import timeline
from aftersales.core.spreadsheets.writing import NUMBER, Column
from aftersales.masterdata import actions, service_terms
from aftersales.masterdata.filters import ProductFilter
from aftersales.masterdata.forms import ProductForm
from aftersales.masterdata.models import Product
from aftersales.masterdata.views.kinds import SEE, Kind, Verbs
from aftersales.masterdata.views.service_scopes import assessments_of
from aftersales.masterdata.views.units import latest_of


@require_safe
@permission_required(SEE, raise_exception=True)
def product_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One product: facts, terms of service (2.5), delivered units, and what was changed."""
    product = PRODUCT.find(request, pk)
    context = {
        "kind": PRODUCT,
        "product": product,
        "terms": service_terms.in_words(service_terms.terms_of(product)),
        "assessments": assessments_of(product),
        "units": latest_of(product.units.select_related("customer")),
        "lines": timeline.lines_of(product),
    }
    return render(request, "masterdata/product_detail.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("料號"), 18),
        Column(_("品名"), 24),
        Column(_("規格型號"), 28),
        Column(_("產品族"), 14),
        Column(_("單位"), 8),
        Column(_("來源"), 8),
        Column(_("供應商"), 24),
        Column(_("保修月數"), 10, NUMBER),
        Column(_("逐台序列號"), 12),
        Column(_("使用中"), 10),
        Column(_("備註"), 30),
    ]


def _cells(product: Product) -> tuple:
    return (
        product.part_no,
        product.name,
        product.spec,
        product.family,
        product.uom,
        product.get_origin_display(),
        product.supplier.name if product.supplier else "",
        product.warranty_months,
        product.is_serialised,
        product.is_active,
        product.remark,
    )


PRODUCT = Kind(
    slug="product",
    model=Product,
    title=pgettext_lazy("list", "產品"),
    adding=gettext_lazy("新增產品"),
    permission="masterdata.edit_product",
    filter=ProductFilter,
    form=ProductForm,
    orders={name: name for name in ("part_no", "name", "family", "warranty_months")},
    order="part_no",
    columns=_columns,
    cells=_cells,
    is_imported=True,
    fetched=lambda rows: rows.select_related("supplier"),
    name=lambda product: product.part_no,
    verbs=Verbs(
        actions.create_product,
        actions.edit_product,
        actions.deactivate_product,
        actions.reactivate_product,
        gettext_lazy("停用後新單據不能再選這項產品；已交付的設備與保修不受影響，之後可以恢復。"),
        gettext_lazy("恢復後新單據又能選這項產品。"),
    ),
)

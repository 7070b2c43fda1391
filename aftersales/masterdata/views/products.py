"""Products: the list, one product with its units, and keeping them."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import pages, timeline
from aftersales.core.pages import submit_once
from aftersales.core.spreadsheets.writing import NUMBER, Column
from aftersales.masterdata import actions
from aftersales.masterdata.filters import ProductFilter
from aftersales.masterdata.forms import ProductForm, ReasonForm
from aftersales.masterdata.models import Product
from aftersales.masterdata.views import exporting, keeping
from aftersales.masterdata.views.units import latest_of

ORDERS = ("part_no", "name", "family", "warranty_months")


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def product_list(request: HttpRequest) -> HttpResponse:
    """The products, narrowed and sorted by the address."""
    found, order = _rows(request)
    context = {"filter": found, "page": pages.page_of(request, found.qs), "order": order}
    return render(request, "masterdata/product_list.html", context)


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def product_export(request: HttpRequest) -> HttpResponse:
    """The same rows as .xlsx; the import reads it again."""
    found, _order = _rows(request)
    return exporting.workbook(request, _("產品"), _columns(), found.qs, _cells)


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def product_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One product: facts, delivered units, and what was changed."""
    product = _product(request, pk)
    context = {
        "product": product,
        "units": latest_of(product.units.select_related("customer")),
        "lines": timeline.lines_of(product),
    }
    return render(request, "masterdata/product_detail.html", context)


@permission_required("masterdata.edit_product", raise_exception=True)
@submit_once
def product_create(request: HttpRequest) -> HttpResponse:
    """新增產品."""
    return keeping.create(
        request, ProductForm(request.POST or None), actions.create_product,
        template="masterdata/product_form.html", said=_("產品 %(name)s 已建檔"),
    )  # fmt: skip


@permission_required("masterdata.edit_product", raise_exception=True)
@submit_once
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改產品."""
    product = _product(request, pk)
    form = ProductForm(request.POST or None, instance=Product.objects.get(pk=pk))
    return keeping.edit(
        request, product, form, actions.edit_product,
        template="masterdata/product_form.html", said=_("產品 %(name)s 已更新"),
    )  # fmt: skip


@permission_required("masterdata.edit_product", raise_exception=True)
@submit_once
def product_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """停用產品; nothing is deleted."""
    product = _product(request, pk)
    return keeping.decide(
        request, product, ReasonForm(request.POST or None), actions.deactivate_product,
        said=_("產品 %(name)s 已停用"),
        title=_("停用產品 %(name)s？") % {"name": product.part_no},
        sentence=_("停用後新單據不能再選這項產品；已交付的設備與保修不受影響，之後可以恢復。"),
        submit=_("停用"), is_danger=True,
    )  # fmt: skip


@permission_required("masterdata.edit_product", raise_exception=True)
@submit_once
def product_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """恢復使用."""
    product = _product(request, pk)
    return keeping.decide(
        request, product, ReasonForm(request.POST or None), actions.reactivate_product,
        said=_("產品 %(name)s 已恢復使用"),
        title=_("恢復使用產品 %(name)s？") % {"name": product.part_no},
        sentence=_("恢復後新單據又能選這項產品。"), submit=_("恢復"),
    )  # fmt: skip


def _product(request: HttpRequest, pk: int) -> Product:
    return get_object_or_404(Product.objects.visible_to(request.user), pk=pk)


def _rows(request: HttpRequest) -> tuple[ProductFilter, str]:
    order = pages.order_of(request, ORDERS, "part_no")
    rows = Product.objects.visible_to(request.user).order_by(order, "pk")
    return ProductFilter(request.GET, rows, request=request), order


def _columns() -> list[Column]:
    return [
        Column(_("料號"), 18),
        Column(_("品名"), 24),
        Column(_("規格型號"), 28),
        Column(_("產品族"), 14),
        Column(_("單位"), 8),
        Column(_("來源"), 8),
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
        product.warranty_months,
        product.is_serialised,
        product.is_active,
        product.remark,
    )

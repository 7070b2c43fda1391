"""Suppliers: the list, one supplier with what is bought from it, and keeping them (4.8)."""

from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from aftersales.core import attachments, timeline
from aftersales.core.forms import AttachmentForm
from aftersales.masterdata import actions
from aftersales.masterdata.filters import SupplierFilter
from aftersales.masterdata.forms import SupplierForm
from aftersales.masterdata.models import Supplier
from aftersales.masterdata.views import partners
from aftersales.masterdata.views.kinds import SEE, Kind, Verbs

MOST = 50


@require_safe
@permission_required(SEE, raise_exception=True)
def supplier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One supplier: facts, products bought from it, and what was changed."""
    supplier = SUPPLIER.find(request, pk)
    products = list(supplier.products.order_by("-is_active", "part_no")[: MOST + 1])
    may_keep = request.user.has_perm(SUPPLIER.permission)
    context = {
        "kind": SUPPLIER,
        "supplier": supplier,
        "products": products[:MOST],
        "has_more": len(products) > MOST,
        "attachments": attachments.of(supplier),
        "upload_form": AttachmentForm() if may_keep else None,
        "lines": timeline.lines_of(supplier),
    }
    return render(request, "masterdata/supplier_detail.html", context)


SUPPLIER = Kind(
    slug="supplier",
    model=Supplier,
    title=pgettext_lazy("list", "供應商"),
    adding=gettext_lazy("新增供應商"),
    permission="masterdata.edit_supplier",
    filter=SupplierFilter,
    form=SupplierForm,
    orders={"code": "code", "name": "name"},
    order="code",
    columns=partners.columns,
    cells=partners.cells,
    listed=lambda rows: rows.annotate(product_count=Count("products")),
    verbs=Verbs(
        actions.create_supplier,
        actions.edit_supplier,
        actions.deactivate_supplier,
        actions.reactivate_supplier,
        gettext_lazy("停用後產品不能再選這家供應商；已有的產品與記錄都保留，之後可以恢復。"),
        gettext_lazy("恢復後產品又能選這家供應商。"),
    ),
)

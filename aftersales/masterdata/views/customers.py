"""Customers: the list, one customer with contacts and units, and keeping them."""

from django.contrib.auth.decorators import permission_required
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import pages, timeline
from aftersales.core.pages import submit_once
from aftersales.core.spreadsheets.writing import Column
from aftersales.masterdata import actions
from aftersales.masterdata.filters import CustomerFilter
from aftersales.masterdata.forms import CustomerForm, ReasonForm
from aftersales.masterdata.models import Customer, Unit
from aftersales.masterdata.views import exporting, keeping
from aftersales.masterdata.views.units import latest_of

ORDERS = ("code", "name", "region")


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def customer_list(request: HttpRequest) -> HttpResponse:
    """The customers, narrowed and sorted by the address."""
    found, order = _rows(request)
    units = Unit.objects.filter(customer=OuterRef("pk")).order_by().values("customer")
    rows = found.qs.annotate(
        unit_count=Subquery(units.annotate(number=Count("pk")).values("number"))
    )
    context = {"filter": found, "page": pages.page_of(request, rows), "order": order}
    return render(request, "masterdata/customer_list.html", context)


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def customer_export(request: HttpRequest) -> HttpResponse:
    """The same rows as .xlsx; the import reads it again."""
    found, _order = _rows(request)
    return exporting.workbook(request, _("客戶"), _columns(), found.qs, _cells)


@require_safe
@permission_required("masterdata.view_masterdata", raise_exception=True)
def customer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer: facts, persons, delivered units, and what was changed."""
    customer = _customer(request, pk)
    context = {
        "customer": customer,
        "contacts": customer.contacts.order_by("-is_active", "name"),
        "units": latest_of(customer.units.select_related("product")),
        "lines": timeline.lines_of(customer),
    }
    return render(request, "masterdata/customer_detail.html", context)


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def customer_create(request: HttpRequest) -> HttpResponse:
    """新增客戶."""
    return keeping.create(
        request, CustomerForm(request.POST or None), actions.create_customer,
        template="masterdata/customer_form.html", said=_("客戶 %(name)s 已建檔"),
    )  # fmt: skip


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def customer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改客戶."""
    customer = _customer(request, pk)
    form = CustomerForm(request.POST or None, instance=Customer.objects.get(pk=pk))
    return keeping.edit(
        request, customer, form, actions.edit_customer,
        template="masterdata/customer_form.html", said=_("客戶 %(name)s 已更新"),
    )  # fmt: skip


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def customer_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """停用客戶; nothing is deleted."""
    customer = _customer(request, pk)
    return keeping.decide(
        request, customer, ReasonForm(request.POST or None), actions.deactivate_customer,
        said=_("客戶 %(name)s 已停用"),
        title=_("停用客戶 %(name)s？") % {"name": customer},
        sentence=_("停用後新單據不能再選這位客戶；已有的單據、設備與記錄都保留，之後可以恢復。"),
        submit=_("停用"), is_danger=True,
    )  # fmt: skip


@permission_required("masterdata.edit_customer", raise_exception=True)
@submit_once
def customer_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """恢復往來."""
    customer = _customer(request, pk)
    return keeping.decide(
        request, customer, ReasonForm(request.POST or None), actions.reactivate_customer,
        said=_("客戶 %(name)s 已恢復往來"),
        title=_("恢復與 %(name)s 往來？") % {"name": customer},
        sentence=_("恢復後新單據又能選這位客戶。"), submit=_("恢復"),
    )  # fmt: skip


def _customer(request: HttpRequest, pk: int) -> Customer:
    rows = Customer.objects.visible_to(request.user).select_related("salesperson")
    return get_object_or_404(rows, pk=pk)


def _rows(request: HttpRequest) -> tuple[CustomerFilter, str]:
    order = pages.order_of(request, ORDERS, "code")
    rows = Customer.objects.visible_to(request.user).select_related("salesperson")
    return CustomerFilter(request.GET, rows.order_by(order, "pk"), request=request), order


def _columns() -> list[Column]:
    return [
        Column(_("客戶代號"), 12),
        Column(_("客戶名稱"), 34),
        Column(_("簡體名稱"), 34),
        Column(_("簡稱"), 14),
        Column(_("地區"), 12),
        Column(_("地址"), 42),
        Column(_("電話"), 20),
        Column(_("重點客戶"), 10),
        Column(_("業務員"), 12),
        Column(_("往來中"), 10),
        Column(_("備註"), 30),
    ]


def _cells(customer: Customer) -> tuple:
    return (
        customer.code,
        customer.name,
        customer.name_simplified,
        customer.short_name,
        customer.region,
        customer.address,
        customer.phone,
        customer.is_key_account,
        str(customer.salesperson or ""),
        customer.is_active,
        customer.remark,
    )

"""Customers: the list, one customer with contacts, contracts and units, and keeping them."""

from django.contrib.auth.decorators import permission_required
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from aftersales.core import timeline
from aftersales.core.spreadsheets.writing import Column
from aftersales.masterdata import actions
from aftersales.masterdata.filters import CustomerFilter
from aftersales.masterdata.forms import CustomerForm
from aftersales.masterdata.models import Customer, Unit
from aftersales.masterdata.views.contracts import latest_contracts
from aftersales.masterdata.views.kinds import SEE, Kind, Verbs
from aftersales.masterdata.views.units import latest_of


@require_safe
@permission_required(SEE, raise_exception=True)
def customer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer: facts, persons, contracts, delivered units, and what was changed."""
    customer = CUSTOMER.find(request, pk)
    context = {
        "kind": CUSTOMER,
        "customer": customer,
        "contacts": customer.contacts.order_by("-is_active", "name"),
        "contracts": latest_contracts(customer),
        "units": latest_of(customer.units.select_related("product")),
        "lines": timeline.lines_of(customer),
    }
    return render(request, "masterdata/customer_detail.html", context)


def _counted(rows: QuerySet[Customer]) -> QuerySet[Customer]:
    """With the number of units that each has."""
    units = Unit.objects.delivered().filter(customer=OuterRef("pk")).order_by().values("customer")
    return rows.annotate(unit_count=Subquery(units.annotate(number=Count("pk")).values("number")))


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


CUSTOMER = Kind(
    slug="customer",
    model=Customer,
    title=pgettext_lazy("list", "客戶"),
    adding=gettext_lazy("新增客戶"),
    permission="masterdata.edit_customer",
    filter=CustomerFilter,
    form=CustomerForm,
    orders={"code": "code", "name": "name", "region": "region"},
    order="code",
    columns=_columns,
    cells=_cells,
    is_imported=True,
    fetched=lambda rows: rows.select_related("salesperson"),
    listed=_counted,
    verbs=Verbs(
        actions.create_customer,
        actions.edit_customer,
        actions.deactivate_customer,
        actions.reactivate_customer,
        gettext_lazy("停用後新單據不能再選這位客戶；已有的單據、設備與記錄都保留，之後可以恢復。"),
        gettext_lazy("恢復後新單據又能選這位客戶。"),
    ),
)

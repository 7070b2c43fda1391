"""What the search box finds among the master data."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import FEW, narrow
from aftersales.core.search import Hit, Source
from aftersales.masterdata.models import Carrier, Contract, Customer, Product, Supplier, Unit
from aftersales.masterdata.models.units import by_serial


def _customers(user, text: str, limit: int) -> list[Hit]:
    rows = Customer.objects.visible_to(user).matching(text)
    return [
        Hit(row.name, reverse("customer_detail", args=[row.pk]), f"{row.code} {row.region}".strip())
        for row in rows.order_by("-is_active", "code")[:limit]
    ]


def _partners(model):
    """What finds suppliers or carriers."""

    def find(user, text: str, limit: int) -> list[Hit]:
        rows = model.objects.visible_to(user).matching(text)
        return [
            Hit(row.name, row.get_absolute_url(), row.code)
            for row in rows.order_by("-is_active", "code")[:limit]
        ]

    return find


def _contracts(user, text: str, limit: int) -> list[Hit]:
    rows = Contract.objects.visible_to(user).matching(text).select_related("customer")
    return [
        Hit(row.number, row.get_absolute_url(), f"{row.customer.name} {row.title}".strip())
        for row in rows[:limit]
    ]


def _contract_of(user, text: str) -> str:
    """The address of the contract with exactly this number."""
    row = Contract.objects.visible_to(user).filter(number=text).first()
    return row.get_absolute_url() if row else ""


def _products(user, text: str, limit: int) -> list[Hit]:
    rows = Product.objects.visible_to(user).matching(text)
    return [
        Hit(str(row), reverse("product_detail", args=[row.pk]), row.part_no)
        for row in rows.order_by("-is_active", "part_no")[:limit]
    ]


def _units(user, text: str, limit: int) -> list[Hit]:
    rows = narrow(Unit.objects.visible_to(user), by_serial(text), most=FEW)
    return [
        Hit(
            row.serial_no,
            reverse("unit_detail", args=[row.pk]),
            f"{row.product} · {row.customer.name}",
            _t("交付已沖銷") if row.is_reversed else "",
            "draft" if row.is_reversed else "",
        )
        for row in rows.select_related("product", "customer")[:limit]
    ]


def _more(url_name: str):
    return lambda text: f"{reverse(url_name)}?{urlencode({'q': text})}"


SOURCES = (
    Source(_("客戶"), "building", 30, _customers, more=_more("customer_list")),
    Source(_("產品"), "box-seam", 40, _products, more=_more("product_list")),
    Source(_("已交付設備"), "gear", 50, _units, more=_more("unit_list")),
    Source(_("合同"), "file-earmark-text", 60, _contracts, _contract_of, _more("contract_list")),
    Source(_("承運商"), "truck", 70, _partners(Carrier), more=_more("carrier_list")),
    Source(_("供應商"), "building", 80, _partners(Supplier), more=_more("supplier_list")),
)

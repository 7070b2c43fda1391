"""What the search box finds among customers, products and delivered units."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.search import Hit, Source
from aftersales.masterdata.models import Customer, Product, Unit


def _customers(user, text: str, limit: int) -> list[Hit]:
    rows = Customer.objects.visible_to(user).matching(text)
    return [
        Hit(row.name, reverse("customer_detail", args=[row.pk]), f"{row.code} {row.region}".strip())
        for row in rows.order_by("-is_active", "code")[:limit]
    ]


def _products(user, text: str, limit: int) -> list[Hit]:
    rows = Product.objects.visible_to(user).matching(text)
    return [
        Hit(str(row), reverse("product_detail", args=[row.pk]), row.part_no)
        for row in rows.order_by("-is_active", "part_no")[:limit]
    ]


def _units(user, text: str, limit: int) -> list[Hit]:
    rows = Unit.objects.visible_to(user).filter(serial_no__icontains=text)
    return [
        Hit(
            row.serial_no,
            reverse("unit_detail", args=[row.pk]),
            f"{row.product} · {row.customer.name}",
        )
        for row in rows.select_related("product", "customer")[:limit]
    ]


def _more(url_name: str):
    return lambda text: f"{reverse(url_name)}?{urlencode({'q': text})}"


SOURCES = (
    Source(_("客戶"), "building", 30, _customers, more=_more("customer_list")),
    Source(_("產品"), "box-seam", 40, _products, more=_more("product_list")),
    Source(_("已交付設備"), "gear", 50, _units, more=_more("unit_list")),
)

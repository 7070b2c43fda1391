"""Rows in numbers, for tests of lists: each with its own customer and product."""

from datetime import date, timedelta

from aftersales.masterdata.actions import warranty_end
from aftersales.masterdata.models import Contact, Customer, Product, Unit

_REGIONS = ("浙江寧波", "江蘇蘇州", "台灣台中")


def make_rows(count: int) -> None:
    """`count` customers with a contact, products and units, delivered one after the other."""
    for number in range(count):
        customer = Customer(
            code=f"C{number:04d}", name=f"第 {number} 家客戶", region=_REGIONS[number % 3]
        )
        product = Product(part_no=f"P-{number:04d}", name=f"離心泵 {number}", warranty_months=12)
        for row in (customer, product):
            row.search_text = row.folded()
            row.save()
        Contact.objects.create(customer=customer, name="王志明")
        delivered_on = date(2026, 11, 1) - timedelta(days=number)
        Unit.objects.create(
            serial_no=f"S{number:04d}", product=product, customer=customer,
            delivered_on=delivered_on, warranty_from=delivered_on,
            warranty_until=warranty_end(delivered_on, 12),
        )  # fmt: skip

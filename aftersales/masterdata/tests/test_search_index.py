"""Customers, products and units are found by a part of them, from an index, however many there are."""

import pytest
from django.db import connection

from aftersales.core import bigrams, search
from aftersales.masterdata.filters import shared
from aftersales.masterdata.models import Customer, Product, Unit
from aftersales.masterdata.tests.rows import make_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(make_customer, make_product, now):
    make_rows(3)
    unit = Unit.objects.first()
    unit.serial_no = "C2611-0417 b"
    unit.save()
    return unit


@pytest.mark.parametrize(
    "typed", ["C2611-0417B", "c2611", "0417", "0417 B", "０４１７", "C2611—0417", "17"]
)
def test_a_unit_is_found_by_a_part_of_its_serial_number(unit, sales_clerk, typed):
    found = Unit.objects.matching(typed)

    assert list(found) == [unit]
    groups = search.find(sales_clerk, search.words(typed))
    assert unit.serial_no in [hit.title for group in groups for hit in group.hits]


def test_a_serial_number_with_other_digits_is_not_found(unit):
    assert not Unit.objects.matching("4170").exists()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("model", "index"),
    [(Customer, "customer_bigrams"), (Product, "product_bigrams"), (Unit, "unit_bigrams")],
)
def test_two_characters_are_looked_up_in_the_index(unit, model, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert index in model.objects.matching("寧波").order_by().explain()


def test_a_word_of_many_customers_finds_the_units_of_them_all(
    unit, make_customer, client, sales_clerk, monkeypatch
):
    make_customer("別的公司")
    monkeypatch.setattr(shared, "FEW", 1)
    monkeypatch.setattr(bigrams, "FEW", 1)
    monkeypatch.setitem(bigrams.LISTED, connection.vendor, 1)
    client.force_login(sales_clerk)

    page = client.get("/masterdata/units/", {"q": "家客戶"}).context["page"]
    exactly = client.get("/masterdata/units/", {"q": "第 1 家客戶"}).context["page"]

    assert len(page) == 3
    assert [each.serial_no for each in exactly] == ["S0001"]

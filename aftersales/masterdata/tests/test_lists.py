"""A list is a filter form, a plain table, pages, .xlsx of the same rows, few queries."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from aftersales.masterdata.models import Customer, Product, Unit
from aftersales.masterdata.tests.rows import make_rows

MOST_QUERIES = 12


@pytest.fixture
def desk(client, sales_clerk):
    client.force_login(sales_clerk)
    return client


def codes(response) -> list[str]:
    return [customer.code for customer in response.context["page"]]


@pytest.mark.parametrize("words", ["海曙", "宁波海曙水务", "寧波海曙水務", "k0001", "Ｋ０００１"])
def test_a_customer_is_found_in_either_script_and_any_width(desk, make_customer, words):
    make_customer(
        "寧波海曙水務設備有限公司", code="K0001", name_simplified="宁波海曙水务设备有限公司"
    )
    make_customer("台中精工股份有限公司", code="K0002")

    response = desk.get(reverse("customer_list"), {"q": words})

    assert codes(response) == ["K0001"]


def test_out_of_use_is_left_out_unless_asked_for(desk, make_customer):
    make_customer(code="K0001")
    make_customer(code="K0002", is_active=False)

    assert codes(desk.get(reverse("customer_list"))) == ["K0001"]
    assert codes(desk.get(reverse("customer_list"), {"state": "no"})) == ["K0002"]
    assert codes(desk.get(reverse("customer_list"), {"state": "all"})) == ["K0001", "K0002"]


def test_customers_by_region_by_key_account_and_by_salesperson(desk, make_customer, sales_clerk):
    make_customer(code="K0001", region="寧波", is_key_account=True)
    make_customer(code="K0002", region="台中", salesperson=sales_clerk)

    assert codes(desk.get(reverse("customer_list"), {"region": "台中"})) == ["K0002"]
    assert codes(desk.get(reverse("customer_list"), {"key": "on"})) == ["K0001"]
    assert codes(desk.get(reverse("customer_list"), {"mine": "on"})) == ["K0002"]


def test_a_list_is_sorted_both_ways_and_a_wrong_order_is_the_usual_one(desk, make_customer):
    make_customer("乙", code="K0001")
    make_customer("甲", code="K0002")

    assert codes(desk.get(reverse("customer_list"), {"order": "-code"})) == ["K0002", "K0001"]
    assert codes(desk.get(reverse("customer_list"), {"order": "password"})) == ["K0001", "K0002"]


@pytest.mark.parametrize("words", ["机械密封", "機械密封", "s-210", "φ22"])
def test_a_product_is_found_by_number_name_and_spec(desk, make_product, words):
    make_product("S-210", "機械密封", spec="φ22 SiC/SiC")
    make_product("G-001", "墊片")

    response = desk.get(reverse("product_list"), {"q": words})

    assert [product.part_no for product in response.context["page"]] == ["S-210"]


@pytest.mark.parametrize(
    ("words", "found"), [("S0001", "S0001"), ("P-0002", "S0002"), ("第2家", "S0002")]
)
def test_a_unit_is_found_by_serial_product_and_customer(desk, words, found):
    make_rows(3)

    response = desk.get(reverse("unit_list"), {"q": words})

    assert [unit.serial_no for unit in response.context["page"]] == [found]


def test_an_exact_part_number_means_no_longer_one(desk, make_product, make_customer):
    make_rows(1)
    short, unit = make_product("P-000"), Unit.objects.get()
    unit.pk, unit.product, unit.serial_no = None, short, "X-1"
    unit.save()

    response = desk.get(reverse("unit_list"), {"q": "P-000"})

    assert [unit.serial_no for unit in response.context["page"]] == ["X-1"]


@pytest.mark.parametrize("order", ["serial_no", "product", "customer", "warranty_until"])
def test_units_are_sorted_by_each_column(desk, order):
    make_rows(3)

    up = desk.get(reverse("unit_list"), {"order": order}).context["page"]
    down = desk.get(reverse("unit_list"), {"order": f"-{order}"}).context["page"]

    assert [unit.pk for unit in up] == [unit.pk for unit in down][::-1]


def rows_of(response) -> list[tuple]:
    content = BytesIO(b"".join(response.streaming_content))
    return list(load_workbook(content).worksheets[0].iter_rows(values_only=True))


def test_the_customers_workbook_holds_the_filtered_rows(desk, make_customer):
    make_customer("寧波海曙水務設備有限公司", code="K0001", region="寧波", phone="0574-8730 2216")
    make_customer("=1+1 股份有限公司", code="K0002", region="台中", is_key_account=True)

    heading, row = rows_of(desk.get(reverse("customer_export"), {"region": "台中"}))

    assert heading[:3] == ("客戶代號", "客戶名稱", "簡體名稱")
    assert row[:2] == ("K0002", "=1+1 股份有限公司")
    assert row[7] == "是"


@pytest.mark.parametrize("kind", ["customer", "product", "unit"])
def test_a_workbook_holds_the_rows_of_its_list_in_the_same_order(desk, kind):
    make_rows(30)
    column = {"customer": "code", "product": "part_no", "unit": "serial_no"}[kind]
    query = {"order": f"-{column}"}

    listed = [
        getattr(row, column)
        for page in (1, 2)
        for row in desk.get(reverse(f"{kind}_list"), query | {"page": page}).context["page"]
    ]
    exported = rows_of(desk.get(reverse(f"{kind}_export"), query))

    assert len(listed) == 30
    assert [row[0] for row in exported[1:]] == listed


def test_a_units_workbook_holds_dates_as_dates(desk):
    make_rows(1)

    _heading, row = rows_of(desk.get(reverse("unit_export")))

    assert (row[6].date().isoformat(), row[9].date().isoformat()) == ("2026-11-01", "2027-10-31")


def count_queries(client, address) -> int:
    client.get(address)  # once before, for what is kept from one request to the next
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["customer", "product", "unit"])
def test_a_list_costs_the_same_queries_at_10_and_at_300_rows(desk, kind):
    make_rows(10)
    address = f"{reverse(f'{kind}_list')}?q=0&order=-{'serial_no' if kind == 'unit' else 'name'}"
    few = count_queries(desk, address)
    for model in (Unit, Customer, Product):
        model.objects.all().delete()
    make_rows(300)

    assert few == count_queries(desk, address) <= MOST_QUERIES


@pytest.mark.slow
def test_a_customers_page_costs_the_same_queries_with_300_units(desk):
    make_rows(300)
    customer = Customer.objects.first()
    address = reverse("customer_detail", args=[customer.pk])
    few = count_queries(desk, address)
    Unit.objects.update(customer=customer)

    assert few == count_queries(desk, address) <= MOST_QUERIES


def test_a_units_page_holds_the_query_count(desk):
    make_rows(1)

    assert count_queries(desk, reverse("unit_detail", args=[Unit.objects.get().pk])) <= MOST_QUERIES


def test_the_search_box_finds_all_three_kinds(desk):
    make_rows(3)

    page = desk.get(reverse("search"), {"q": "S0001"}).content.decode()
    assert reverse("unit_detail", args=[Unit.objects.get(serial_no="S0001").pk]) in page
    page = desk.get(reverse("search"), {"q": "离心泵"}).content.decode()
    assert "離心泵 2" in page
    page = desk.get(reverse("search"), {"q": "家客户"}).content.decode()
    assert "第 2 家客戶" in page

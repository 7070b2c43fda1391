"""Forms and pages of the master data: who may, what is shown, and what happens once only."""

import re
from datetime import date

import pytest
from django.urls import reverse

from aftersales.masterdata import actions
from aftersales.masterdata.models import Contact, Customer, Product, Unit

CUSTOMER = {"code": "K0001", "name": "寧波海曙水務設備有限公司", "form_key": "one"}


@pytest.fixture
def desk(client, sales_clerk):
    client.force_login(sales_clerk)
    return client


@pytest.fixture
def unit(sales_clerk, now, make_product, make_customer):
    return actions.create_unit(
        actor=sales_clerk, now=now, serial_no="OLD-1", product=make_product(),
        customer=make_customer(), delivered_on=date(2020, 1, 1),
    )  # fmt: skip


def version_of(page: str) -> str:
    return re.search(r'name="version" value="(\d+)"', page)[1]


def test_a_form_sent_twice_makes_one_customer_and_leads_to_the_same_page(desk):
    first = desk.post(reverse("customer_create"), CUSTOMER)
    second = desk.post(reverse("customer_create"), CUSTOMER)

    assert first.status_code == second.status_code == 302
    assert first.url == second.url == Customer.objects.get().get_absolute_url()


def test_a_twin_code_stands_at_its_field(desk, make_customer):
    make_customer(code="K0001")

    response = desk.post(reverse("customer_create"), CUSTOMER)

    assert response.context["form"].errors == {"code": ["這個客戶代號已經有了"]}
    assert Customer.objects.count() == 1


def test_a_stale_form_meets_both_versions_and_may_overwrite(desk, make_customer):
    customer = make_customer(code="K0001", phone="0574-1")
    address = reverse("customer_edit", args=[customer.pk])
    form = CUSTOMER | {"version": version_of(desk.get(address).content.decode())}
    desk.post(address, form | {"phone": "0574-2", "form_key": "two"})

    stale = desk.post(address, form | {"phone": "0574-3", "form_key": "three"})
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "0574-2" in page
    assert "0574-3" in page
    assert Customer.objects.get().phone == "0574-2"

    form |= {"version": version_of(page), "phone": "0574-3", "form_key": "four"}
    assert desk.post(address, form).status_code == 302
    assert Customer.objects.get().phone == "0574-3"


def test_a_form_without_its_version_is_stale(desk, make_customer):
    customer = make_customer(code="K0001", phone="0574-1")

    response = desk.post(
        reverse("customer_edit", args=[customer.pk]), CUSTOMER | {"phone": "0574-9"}
    )

    assert response.status_code == 409
    assert Customer.objects.get().phone == "0574-1"


def test_a_customers_page_shows_persons_units_and_changes_in_words(desk, unit, sales_clerk, now):
    customer = unit.customer
    actions.create_contact(customer, actor=sales_clerk, now=now, name="王志明", phone="139 5743")
    actions.edit_customer(customer, actor=sales_clerk, now=now, region="寧波")

    page = desk.get(customer.get_absolute_url()).content.decode()

    assert "王志明" in page
    assert unit.get_absolute_url() in page
    assert "地區：— → 寧波" in page


def test_a_contact_is_added_and_edited_on_the_customers_page(desk, make_customer):
    customer = make_customer()

    added = desk.post(
        reverse("contact_create", args=[customer.pk]), {"name": "王志明", "form_key": "one"}
    )
    contact = Contact.objects.get()
    desk.post(
        reverse("contact_edit", args=[contact.pk]),
        {"name": "王志明", "phone": "139", "version": 1, "form_key": "two"},
    )

    assert added.url == customer.get_absolute_url()
    contact.refresh_from_db()
    assert (contact.phone, contact.is_active) == ("139", False)


def test_deactivating_asks_for_a_reason_first(desk, make_product):
    product = make_product()
    address = reverse("product_deactivate", args=[product.pk])

    desk.get(address)
    desk.post(address, {"reason": "", "form_key": "one"})
    assert Product.objects.get().is_active

    desk.post(address, {"reason": "停產", "form_key": "two"})
    assert not Product.objects.get().is_active
    assert "停產" in desk.get(product.get_absolute_url()).content.decode()


@pytest.mark.clause("3.3.3")
def test_a_units_page_says_whether_it_is_under_warranty(desk, unit):
    page = desk.get(unit.get_absolute_url()).content.decode()

    assert "保外 · 過保" in page
    assert "2020-12-31" in page


@pytest.mark.clause("3.2.2")
def test_a_unit_leads_to_the_shipping_note_that_delivered_it(
    client, unit, make_user, sales_clerk, now
):
    Unit.objects.update(source=Unit.Source.DELIVERED, delivery_ref="FH-202611-0001-R2 第 10 行")
    address = reverse("shippingnote_detail", args=["FH-202611-0001-R2"])

    client.force_login(sales_clerk)
    assert address in client.get(unit.get_absolute_url()).content.decode()
    client.force_login(make_user("service_engineer"))  # may see units, not shipping notes
    assert address not in client.get(unit.get_absolute_url()).content.decode()


def test_a_unit_is_entered_by_code_and_by_name_in_either_script(desk, make_product, make_customer):
    product, customer = make_product("P-100-2"), make_customer("寧波海曙水務設備有限公司")

    response = desk.post(
        reverse("unit_create"),
        {
            "serial_no": "OLD-9", "product": "p-100-2", "customer": "宁波海曙水务设备有限公司",
            "delivered_on": "2025-08-31", "form_key": "one",
        },
    )  # fmt: skip

    unit = Unit.objects.get()
    assert response.url == unit.get_absolute_url()
    assert (unit.product, unit.customer) == (product, customer)
    assert unit.warranty_until == date(2026, 8, 30)


def test_an_unknown_or_ambiguous_customer_names_what_to_do(desk, make_product, make_customer):
    make_product("P-100-2")
    make_customer("寧波甲水務", code="K1")
    make_customer("寧波乙水務", code="K2")
    form = {"serial_no": "1", "product": "P-100-2", "delivered_on": "2025-01-01"}

    several = desk.post(reverse("unit_create"), form | {"customer": "寧波"})
    none = desk.post(reverse("unit_create"), form | {"customer": "溫州"})

    assert "K1 寧波甲水務、K2 寧波乙水務" in several.context["form"].errors["customer"][0]
    assert "主檔裡沒有「溫州」" in none.context["form"].errors["customer"][0]
    assert not Unit.objects.exists()


def test_a_delivered_units_form_asks_only_what_may_change(desk, unit):
    Unit.objects.update(source=Unit.Source.DELIVERED, delivery_ref="FH-202611-0001 第 10 行")

    form = desk.get(reverse("unit_edit", args=[unit.pk])).context["form"]

    assert set(form.fields) == {"version", "customer", "warranty_until"}


READ = [
    "customer_list",
    "customer_export",
    "product_list",
    "product_export",
    "unit_list",
    "unit_export",
]
WRITE = {
    "customer": ["customer_create", "customer_import"],
    "product": ["product_create", "product_import"],
    "unit": ["unit_create", "unit_import"],
}
KEEPERS = {
    "customer": {"sales_clerk", "salesperson", "sales_manager"},
    "product": {"sales_clerk", "sales_manager"},
    "unit": {"sales_clerk", "sales_manager", "service_headquarters"},
}
ROLES = [
    "sales_clerk",
    "salesperson",
    "sales_manager",
    "service_headquarters",
    "leader",
    "administrator",
]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_read_and_who_may_write(client, make_user, role):
    client.force_login(make_user(role))

    assert {name: client.get(reverse(name)).status_code for name in READ} == dict.fromkeys(
        READ, 200
    )
    for kind, names in WRITE.items():
        expected = 200 if role in KEEPERS[kind] else 403
        assert {client.get(reverse(name)).status_code for name in names} == {expected}


def test_somebody_without_a_role_sees_nothing(client, make_user, unit):
    client.force_login(make_user())

    assert client.get(reverse("customer_list")).status_code == 403
    assert client.get(unit.get_absolute_url()).status_code == 403


def test_pages_offer_only_what_the_role_may_do(client, leader, unit):
    client.force_login(leader)

    page = client.get(unit.customer.get_absolute_url()).content.decode()

    assert reverse("customer_edit", args=[unit.customer_id]) not in page
    assert reverse("contact_create", args=[unit.customer_id]) not in page


def test_the_navigation_leads_to_the_three_lists(desk):
    page = desk.get(reverse("unit_list")).content.decode()

    assert "主檔" in page
    for name in ("customer_list", "product_list", "unit_list"):
        assert f'href="{reverse(name)}"' in page

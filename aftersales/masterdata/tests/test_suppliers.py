"""4.8 外購產品或零部件的故障由採購部責成供應商解決: who supplies is kept, and told of each product."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from aftersales.core import timeline
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.masterdata import actions
from aftersales.masterdata.models import Product, Supplier

pytestmark = pytest.mark.clause("4.8")


@pytest.fixture
def supplier(purchasing, now):
    return actions.create_supplier(actor=purchasing, now=now, code="", name="上海申克軸承有限公司")


def test_it_gets_the_next_code_and_a_name_in_either_script(supplier, purchasing, now):
    second = actions.create_supplier(actor=purchasing, now=now, name="寧波密封件廠")

    assert (supplier.code, second.code) == ("G0001", "G0002")
    assert supplier.name_simplified == "上海申克轴承有限公司"
    assert Supplier.objects.matching("轴承").get() == supplier


def test_an_edit_tells_each_field_and_a_stale_one_is_refused(supplier, purchasing, now):
    actions.edit_supplier(supplier, actor=purchasing, now=now, version=1, phone="021-1")

    with pytest.raises(StaleEdit):
        actions.edit_supplier(supplier, actor=purchasing, now=now, version=1, phone="021-2")

    assert Supplier.objects.get().phone == "021-1"
    assert timeline.lines_of(supplier)[0].note == "電話：— → 021-1"


def test_it_goes_out_of_use_once_and_comes_back(supplier, purchasing, now):
    actions.deactivate_supplier(supplier, actor=purchasing, now=now, reason="質量不穩")

    with pytest.raises(RuleViolation, match="已經停用"):
        actions.deactivate_supplier(supplier, actor=purchasing, now=now, reason="再一次")
    assert not Supplier.objects.active().exists()
    assert timeline.lines_of(supplier)[0].note == "質量不穩"

    actions.reactivate_supplier(supplier, actor=purchasing, now=now, reason="整改合格")
    assert Supplier.objects.active().get() == supplier


def test_only_purchasing_keeps_suppliers_and_others_are_told_whom_to_ask(sales_manager, now):
    with pytest.raises(RuleViolation, match="請找採購部"):
        actions.create_supplier(actor=sales_manager, now=now, name="甲")

    assert not Supplier.objects.exists()


def test_a_bought_in_product_names_its_supplier(supplier, sales_clerk, now):
    product = actions.create_product(
        actor=sales_clerk, now=now, part_no="B-6205", name="軸承", origin="bought_in",
        supplier=supplier,
    )  # fmt: skip

    assert list(supplier.products.all()) == [product]


def test_a_product_of_our_own_has_no_supplier(supplier, sales_clerk, now, make_product):
    product = make_product(origin="bought_in", supplier=supplier)

    with pytest.raises(RuleViolation, match="自製產品沒有供應商") as refused:
        actions.edit_product(product, actor=sales_clerk, now=now, origin="own")

    assert (refused.value.clause, refused.value.field) == ("4.8", "supplier")
    assert Product.objects.get().origin == "bought_in"
    actions.edit_product(product, actor=sales_clerk, now=now, origin="own", supplier=None)


def test_the_database_forbids_it_too(supplier, make_product):
    product = make_product(origin="bought_in", supplier=supplier)

    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(origin="own")


def test_a_bought_in_product_may_lack_a_supplier_but_says_so(client, sales_clerk, make_product):
    missing = make_product("M-75", "電機", origin="bought_in")
    make_product("P-1", "離心泵")
    client.force_login(sales_clerk)

    page = client.get(missing.get_absolute_url()).content.decode()
    found = client.get(reverse("product_list"), {"origin": "no_supplier"}).context["page"]

    assert "未填，故障時不知找誰解決" in page
    assert [product.part_no for product in found] == ["M-75"]


def test_the_form_says_at_the_field_what_is_wrong(client, sales_clerk, supplier):
    client.force_login(sales_clerk)

    response = client.post(
        reverse("product_create"),
        {
            "part_no": "P-1", "name": "泵", "uom": "台", "origin": "own", "warranty_months": 12,
            "supplier": supplier.pk, "form_key": "one",
        },
    )  # fmt: skip

    assert "自製產品沒有供應商" in response.context["form"].errors["supplier"][0]
    assert not Product.objects.exists()


def test_a_supplier_out_of_use_is_not_offered_but_stays_where_it_is(
    client, sales_clerk, supplier, make_product
):
    Supplier.objects.update(is_active=False)
    product = make_product(origin="bought_in", supplier=supplier)
    client.force_login(sales_clerk)

    new = client.get(reverse("product_create")).context["form"].fields["supplier"].queryset
    kept = client.get(reverse("product_edit", args=[product.pk])).context["form"]

    assert list(new) == []
    assert list(kept.fields["supplier"].queryset) == [supplier]


def test_a_suppliers_page_shows_what_is_bought_from_it(client, leader, supplier, make_product):
    make_product("B-6205", "軸承", origin="bought_in", supplier=supplier)
    client.force_login(leader)

    page = client.get(supplier.get_absolute_url()).content.decode()

    assert "B-6205" in page
    assert reverse("supplier_edit", args=[supplier.pk]) not in page


def test_the_pages_of_purchasing_lead_through_a_suppliers_life(client, purchasing):
    client.force_login(purchasing)

    made = client.post(reverse("supplier_create"), {"name": "寧波密封件廠", "form_key": "one"})
    supplier = Supplier.objects.get()
    page = client.get(made.url).content.decode()
    client.post(
        reverse("supplier_edit", args=[supplier.pk]),
        {"code": "G0001", "name": "寧波密封件廠", "phone": "0574", "version": 1, "form_key": "two"},
    )
    address = reverse("supplier_deactivate", args=[supplier.pk])
    client.post(address, {"reason": "停業", "form_key": "three"})

    supplier.refresh_from_db()
    assert address in page
    assert (supplier.code, supplier.phone, supplier.is_active) == ("G0001", "0574", False)
    assert reverse("supplier_create") in client.get(reverse("supplier_list")).content.decode()

"""3.3.3: what was delivered is known by product and serial number, with its warranty."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.masterdata import actions
from aftersales.masterdata.models import Product, Unit

pytestmark = pytest.mark.clause("3.3.3")


@pytest.fixture
def delivered(sales_clerk, now, make_product, make_customer):
    """A unit that a shipping note delivered on 24 November 2026."""
    return actions.register_delivered_unit(
        serial_no="C2611-0417", product=make_product(warranty_months=18),
        customer=make_customer(), delivered_on=date(2026, 11, 24),
        delivery_ref="FH-202611-0001 第 10 行", actor="收貨人 王志明", now=now,
    )  # fmt: skip


def test_a_twin_part_number_is_refused_at_its_field(sales_clerk, now, make_product):
    make_product("P-100-2")

    with pytest.raises(ValidationError) as refused:
        actions.create_product(actor=sales_clerk, now=now, part_no="P-100-2", name="泵")

    assert refused.value.message_dict == {"part_no": ["這個料號已經有了"]}


def test_a_warranty_of_more_than_20_years_is_refused(sales_clerk, now, make_product):
    product = make_product()

    with pytest.raises(ValidationError) as refused:
        actions.edit_product(product, actor=sales_clerk, now=now, warranty_months=241)

    assert "warranty_months" in refused.value.message_dict
    assert Product.objects.get().warranty_months == 12


def test_other_warranty_months_leave_delivered_units_alone(sales_clerk, now, delivered):
    actions.edit_product(delivered.product, actor=sales_clerk, now=now, warranty_months=24)

    delivered.refresh_from_db()
    assert delivered.warranty_until == date(2028, 5, 23)


def test_a_salesperson_may_not_keep_products(salesperson, now):
    with pytest.raises(RuleViolation):
        actions.create_product(actor=salesperson, now=now, part_no="P", name="泵")

    assert not Product.objects.exists()


def test_a_stale_edit_of_a_product_is_refused(sales_clerk, now, make_product):
    product = make_product()
    actions.edit_product(product, actor=sales_clerk, now=now, version=1, spec="A")

    with pytest.raises(StaleEdit):
        actions.edit_product(product, actor=sales_clerk, now=now, version=1, spec="B")


def test_a_unit_from_before_gets_the_warranty_of_its_product(
    sales_clerk, now, make_product, make_customer
):
    unit = actions.create_unit(
        actor=sales_clerk, now=now, serial_no="OLD-1", product=make_product(warranty_months=18),
        customer=make_customer(), delivered_on=date(2025, 8, 31),
    )  # fmt: skip

    assert (unit.warranty_from, unit.warranty_until) == (date(2025, 8, 31), date(2027, 2, 28))
    assert unit.source == Unit.Source.IMPORTED


def test_the_same_serial_number_of_one_product_is_refused(
    sales_clerk, now, delivered, make_product
):
    facts = {"customer": delivered.customer, "delivered_on": date(2025, 1, 1)}

    with pytest.raises(ValidationError) as refused:
        actions.create_unit(
            actor=sales_clerk, now=now, serial_no="C2611-0417", product=delivered.product, **facts
        )
    other = actions.create_unit(
        actor=sales_clerk, now=now, serial_no="C2611-0417", product=make_product("M-1"), **facts
    )

    assert refused.value.field == "serial_no"
    assert "已經建檔" in refused.value.messages[0]
    assert set(Unit.objects.all()) == {delivered, other}


def test_the_database_forbids_the_twin_itself(delivered):
    twin = Unit(
        serial_no="C2611-0417", product=delivered.product, customer=delivered.customer,
        delivered_on=date(2025, 1, 1), warranty_from=date(2025, 1, 1),
        warranty_until=date(2026, 1, 1),
    )  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_what_the_customer_signed_is_not_edited(sales_clerk, now, delivered):
    with pytest.raises(RuleViolation) as refused:
        actions.edit_unit(delivered, actor=sales_clerk, now=now, delivered_on=date(2026, 1, 1))

    assert (refused.value.clause, refused.value.field) == ("3.2.2", "delivered_on")
    assert "2026-11-24" in refused.value.messages[0]


def test_customer_and_end_of_warranty_of_a_delivered_unit_may_change(
    sales_clerk, now, delivered, make_customer
):
    other = make_customer("蘇州吳江給排水工程有限公司")

    actions.edit_unit(
        delivered, actor=sales_clerk, now=now, customer=other, warranty_until=date(2029, 1, 1)
    )

    delivered.refresh_from_db()
    assert (delivered.customer, delivered.warranty_until) == (other, date(2029, 1, 1))


def test_a_warranty_that_ends_before_it_begins_is_refused(sales_clerk, now, delivered):
    with pytest.raises(ValidationError, match="保修迄日不能早於起日"):
        actions.edit_unit(delivered, actor=sales_clerk, now=now, warranty_until=date(2026, 11, 23))


def test_a_warehouse_keeper_may_not_keep_units(warehouse_keeper, now, delivered):
    with pytest.raises(RuleViolation):
        actions.edit_unit(
            delivered, actor=warehouse_keeper, now=now, warranty_until=date(2030, 1, 1)
        )

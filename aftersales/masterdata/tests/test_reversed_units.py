"""3.2.2: a unit whose delivery was reversed never came; it is kept, shown as such, and delivered anew."""

from datetime import date

import pytest
from django.urls import reverse

from aftersales.core import timeline
from aftersales.core.errors import RuleViolation
from aftersales.masterdata import actions
from aftersales.masterdata.models import Unit
from aftersales.masterdata.warranty import warranty_of

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def deliver(now, make_product, make_customer):
    product, customer = make_product(), make_customer()

    def make(serial_no="C2611-0417"):
        return actions.register_delivered_unit(
            serial_no=serial_no, product=product, customer=customer,
            delivered_on=date(2026, 11, 24), delivery_ref="FH-202611-0001 第 10 行",
            actor="王志明", now=now,
        )  # fmt: skip

    return make


@pytest.fixture
def gone(deliver, leader, now):
    return actions.reverse_delivered_unit(deliver(), actor=leader, now=now, ref="CX-202611-0001")


def test_it_has_no_warranty_and_says_why(gone):
    assert warranty_of(gone, date(2026, 11, 24)).label == "交付已沖銷"
    assert not Unit.objects.under_warranty(date(2026, 11, 24)).exists()
    assert timeline.lines_of(gone)[0].note == "CX-202611-0001"


def test_it_is_reversed_once(gone, leader, now):
    with pytest.raises(RuleViolation, match="已經沖銷過"):
        actions.reverse_delivered_unit(gone, actor=leader, now=now, ref="CX-202611-0002")


def test_it_is_not_edited_any_more(gone, sales_clerk, now):
    with pytest.raises(RuleViolation, match="交付已沖銷"):
        actions.edit_unit(gone, actor=sales_clerk, now=now, warranty_until=date(2030, 1, 1))


def test_the_same_serial_number_is_delivered_anew(gone, deliver):
    again = deliver()

    assert set(Unit.objects.all()) == {gone, again}
    with pytest.raises(RuleViolation, match="已經交付過"):
        deliver()


def test_a_unit_from_before_may_take_its_number_too(gone, sales_clerk, now):
    unit = actions.create_unit(
        actor=sales_clerk, now=now, serial_no=gone.serial_no, product=gone.product,
        customer=gone.customer, delivered_on=date(2026, 1, 1),
    )  # fmt: skip

    assert Unit.objects.delivered().get() == unit


def test_lists_leave_it_out_unless_asked(client, sales_clerk, gone, deliver):
    client.force_login(sales_clerk)
    kept = deliver("C2611-0418")

    def shown(**query):
        return set(client.get(reverse("unit_list"), query).context["page"])

    assert shown() == {kept}
    assert shown(delivery="no") == {gone}
    assert shown(delivery="all") == {kept, gone}


def test_its_own_page_and_the_search_say_so_and_offer_no_edit(client, sales_clerk, gone):
    client.force_login(sales_clerk)

    page = client.get(gone.get_absolute_url()).content.decode()
    found = client.get(reverse("search"), {"q": gone.serial_no}).content.decode()
    customers = client.get(gone.customer.get_absolute_url()).content.decode()

    assert "交付已沖銷" in page
    assert reverse("unit_edit", args=[gone.pk]) not in page
    assert "交付已沖銷" in found
    assert gone.get_absolute_url() not in customers

"""3.4 顧客: customers and the persons at them are kept, never deleted, and every change is told."""

import pytest
from django.core.exceptions import ValidationError

from aftersales.core import audit, timeline
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.masterdata import actions
from aftersales.masterdata.models import Contact, Customer


def test_an_empty_simplified_name_is_made_from_the_name(sales_clerk, now):
    customer = actions.create_customer(
        actor=sales_clerk, now=now, code="K1", name="寧波海曙水務設備有限公司"
    )

    assert customer.name_simplified == "宁波海曙水务设备有限公司"


def test_an_empty_code_gets_the_next_number(sales_clerk, now, make_customer):
    make_customer(code="K0041")
    make_customer(code="ZZ-9")

    customer = actions.create_customer(actor=sales_clerk, now=now, code="", name="台中精工")

    assert customer.code == "K0042"


def test_a_twin_code_is_refused_at_its_field(sales_clerk, now, make_customer):
    make_customer(code="K0001")

    with pytest.raises(ValidationError) as refused:
        actions.create_customer(actor=sales_clerk, now=now, code="K0001", name="另一家")

    assert refused.value.message_dict == {"code": ["這個客戶代號已經有了"]}
    assert Customer.objects.count() == 1


def test_an_edit_tells_each_field_old_and_new(sales_clerk, now, make_customer):
    customer = make_customer(region="寧波", salesperson=None)

    actions.edit_customer(
        customer, actor=sales_clerk, now=now, region="溫州", is_key_account=True,
        salesperson=sales_clerk,
    )  # fmt: skip

    assert set(timeline.lines_of(customer)[0].note.split("\n")) == {
        "地區：寧波 → 溫州",
        "重點客戶：否 → 是",
        "業務員：— → 銷售內勤",
    }


def test_an_edited_name_is_found_at_once(sales_clerk, now, make_customer):
    customer = make_customer("舊名有限公司")

    actions.edit_customer(
        customer, actor=sales_clerk, now=now, name="溫州甌海供水", name_simplified=""
    )

    assert Customer.objects.matching("瓯海").get() == customer
    assert not Customer.objects.matching("舊名").exists()


def test_a_stale_edit_is_refused_with_the_current_version(sales_clerk, now, make_customer):
    customer = make_customer()
    actions.edit_customer(customer, actor=sales_clerk, now=now, version=1, phone="1")

    with pytest.raises(StaleEdit) as stale:
        actions.edit_customer(customer, actor=sales_clerk, now=now, version=1, phone="2")

    assert stale.value.current.phone == "1"
    assert Customer.objects.get().phone == "1"


def test_deactivating_keeps_the_customer_and_the_reason(sales_clerk, now, make_customer):
    customer = make_customer()

    actions.deactivate_customer(customer, actor=sales_clerk, now=now, reason="公司註銷")

    assert not Customer.objects.get().is_active
    assert timeline.lines_of(customer)[0].note == "公司註銷"
    assert not Customer.objects.active().exists()


def test_deactivating_twice_is_refused_and_reactivating_brings_back(
    sales_clerk, now, make_customer
):
    customer = make_customer()
    actions.deactivate_customer(customer, actor=sales_clerk, now=now, reason="公司註銷")

    with pytest.raises(RuleViolation, match="已經停用"):
        actions.deactivate_customer(customer, actor=sales_clerk, now=now, reason="再一次")
    actions.reactivate_customer(customer, actor=sales_clerk, now=now, reason="恢復合作")

    assert Customer.objects.active().get() == customer
    assert len(audit.timeline(customer)) == 2


@pytest.mark.parametrize("role", ["warehouse_keeper", "quality_engineer", "administrator"])
def test_other_roles_may_not_keep_customers(role, make_user, now, make_customer):
    actor, customer = make_user(role), make_customer()

    with pytest.raises(RuleViolation, match="不能維護"):
        actions.create_customer(actor=actor, now=now, code="K9", name="甲")
    with pytest.raises(RuleViolation, match="不能維護"):
        actions.edit_customer(customer, actor=actor, now=now, name="乙")
    with pytest.raises(RuleViolation, match="不能維護"):
        actions.deactivate_customer(customer, actor=actor, now=now, reason="丙")

    assert Customer.objects.get().name == customer.name


def test_a_contact_stands_in_the_customers_history(sales_clerk, now, make_customer):
    customer = make_customer()
    contact = actions.create_contact(customer, actor=sales_clerk, now=now, name="王志明", phone="1")

    actions.edit_contact(contact, actor=sales_clerk, now=now, phone="2", is_active=False)

    edited, created = timeline.lines_of(customer)
    assert created.note == "王志明"
    name, *fields = edited.note.split("\n")
    assert (name, set(fields)) == ("王志明", {"電話：1 → 2", "在職：是 → 否"})


def test_a_stale_edit_of_a_contact_is_refused(sales_clerk, now, make_customer):
    contact = actions.create_contact(make_customer(), actor=sales_clerk, now=now, name="王志明")
    actions.edit_contact(contact, actor=sales_clerk, now=now, version=1, phone="1")

    with pytest.raises(StaleEdit):
        actions.edit_contact(contact, actor=sales_clerk, now=now, version=1, phone="2")

    assert Contact.objects.get().phone == "1"

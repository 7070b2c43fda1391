"""3.3.3 在保修期內，按合同及技術協議: a contract is kept as agreed, and stays so once goods left by it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from aftersales.core import timeline
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.masterdata import actions
from aftersales.masterdata.models import Contract
from delivery.tests.partners import TODAY, make_contract

pytestmark = pytest.mark.clause("3.3.3")
DAY = timedelta(days=1)


def facts(customer, **changed):
    return {
        "number": "HT-2026-088", "customer": customer, "signed_on": TODAY, "valid_from": TODAY,
    } | changed  # fmt: skip


@pytest.fixture
def contract(make_customer):
    return make_contract(make_customer(), warranty_months=18, valid_until=TODAY + 200 * DAY)


@pytest.fixture
def note(make_note, now, contract):
    """Delivered by the contract."""
    return make_note(now, customer=contract.customer, contract=contract)


def test_it_is_kept_with_all_that_was_agreed_and_found_by_number_and_customer(
    contract_office, now, make_customer
):
    customer = make_customer("寧波海曙水務設備有限公司")

    contract = actions.create_contract(
        actor=contract_office, now=now,
        **facts(customer, warranty_months=18, arrival_hours=12, has_commissioning=True),
    )  # fmt: skip

    assert Contract.objects.matching("海曙水务").get() == contract
    assert Contract.objects.matching("ht-2026-088").get() == contract
    assert timeline.lines_of(contract)[0].text == "登記合同"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"signed_on": TODAY + DAY}, "signed_on"),
        ({"warranty_months": 241}, "warranty_months"),
        ({"arrival_hours": 0}, "arrival_hours"),
        ({"number": ""}, "number"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    contract_office, now, make_customer, changed, field
):
    with pytest.raises(ValidationError) as refused:
        actions.create_contract(actor=contract_office, now=now, **facts(make_customer(), **changed))

    where = getattr(refused.value, "field", None)
    assert field in ({where} if where else set(refused.value.message_dict))


@pytest.mark.clause("3.2.1")
def test_pick_up_is_agreed_with_its_terms(contract_office, now, make_customer):
    with pytest.raises(ValidationError, match="寫明自提條款"):
        actions.create_contract(
            actor=contract_office, now=now, **facts(make_customer(), allows_pickup=True)
        )


def test_a_number_stands_once(contract_office, now, contract):
    with pytest.raises(ValidationError) as refused:
        actions.create_contract(
            actor=contract_office, now=now, **facts(contract.customer, number=contract.number)
        )

    assert refused.value.message_dict == {"number": ["這個合同號已經登記"]}


def test_before_anything_is_delivered_by_it_all_of_it_changes(contract_office, now, contract):
    actions.edit_contract(contract, actor=contract_office, now=now, version=1, warranty_months=24)
    with pytest.raises(StaleEdit):
        actions.edit_contract(contract, actor=contract_office, now=now, version=1, title="甲")

    assert timeline.lines_of(contract)[0].note == "保修月數：18 → 24"


def test_once_a_note_cites_it_what_was_agreed_stays(contract_office, now, contract, note):
    with pytest.raises(RuleViolation) as refused:
        actions.edit_contract(contract, actor=contract_office, now=now, warranty_months=12)

    assert refused.value.field == "warranty_months"
    assert f"發貨單 {note} 引用：保修月數 應為 18" in refused.value.messages[0]
    assert Contract.objects.get().warranty_months == 18


def test_its_end_its_title_and_its_remark_still_change(contract_office, now, contract, note):
    actions.edit_contract(
        contract, actor=contract_office, now=now, title="二期", remark="已續簽",
        valid_until=TODAY + 900 * DAY, warranty_months=18,
    )  # fmt: skip

    contract.refresh_from_db()
    assert (contract.title, contract.valid_until) == ("二期", TODAY + 900 * DAY)


def test_its_end_is_not_moved_into_the_past_then(contract_office, now, contract, note):
    with pytest.raises(RuleViolation, match="到期日最早改到今天"):
        actions.edit_contract(contract, actor=contract_office, now=now, valid_until=TODAY - DAY)
    actions.edit_contract(contract, actor=contract_office, now=now, valid_until=TODAY)

    Contract.objects.update(valid_until=TODAY - 9 * DAY)  # long over: the remark still changes
    actions.edit_contract(
        contract, actor=contract_office, now=now, valid_until=TODAY - 9 * DAY, remark="甲"
    )


def test_a_contract_that_a_note_cites_is_not_deleted(contract, note):
    with pytest.raises(ProtectedError):
        contract.delete()


@pytest.mark.parametrize("role", ["salesperson", "sales_clerk", "logistics_clerk"])
def test_other_roles_may_not_keep_contracts(role, make_user, now, contract):
    actor = make_user(role)

    with pytest.raises(RuleViolation, match="請找銷售部經理、合同管理室"):
        actions.create_contract(actor=actor, now=now, **facts(contract.customer, number="X"))
    with pytest.raises(RuleViolation):
        actions.edit_contract(contract, actor=actor, now=now, remark="甲")


@pytest.fixture
def desk(client, contract_office):
    client.force_login(contract_office)
    return client


def test_its_form_takes_the_customer_by_name_in_either_script(desk, make_customer):
    customer = make_customer("寧波海曙水務設備有限公司", name_simplified="宁波海曙水务设备有限公司")

    made = desk.post(
        reverse("contract_create"),
        {
            "number": "HT-1", "customer": "宁波海曙水务设备有限公司", "signed_on": "2026-01-05",
            "valid_from": "2026-01-05", "form_key": "one",
        },
    )  # fmt: skip

    contract = Contract.objects.get()
    assert made.url == contract.get_absolute_url()
    assert (contract.customer, contract.valid_until) == (customer, None)


def test_its_form_says_what_is_missing_for_pick_up(desk, make_customer):
    customer = make_customer(code="K1")
    form = {"number": "HT-1", "customer": "K1", "signed_on": "2026-01-05", "allows_pickup": "on"}

    response = desk.post(reverse("contract_create"), form | {"valid_from": "2026-01-05"})

    assert response.context["form"].errors == {
        "pickup_terms": ["約定顧客自提，請寫明自提條款（3.2.1）"]
    }
    assert not customer.contracts.exists()


def test_the_form_of_a_cited_one_asks_only_what_may_change(desk, contract, note):
    address = reverse("contract_edit", args=[contract.pk])

    response = desk.get(address)
    desk.post(address, {"title": "二期", "version": 1, "form_key": "one"})

    contract.refresh_from_db()
    assert set(response.context["form"].fields) == {"version", "title", "valid_until", "remark"}
    assert "約定的內容不能改" in response.content.decode()
    assert (contract.title, contract.warranty_months) == ("二期", 18)


def test_the_list_tells_what_ends_soon_and_what_is_over(desk, make_customer):
    today, customer = timezone.localdate(), make_customer()
    for number, end in (("ENDLESS", None), ("LONG", 61), ("SOON", 60), ("TODAY", 0), ("OVER", -1)):
        make_contract(
            customer, number, today=today, valid_until=None if end is None else today + end * DAY
        )
    make_contract(customer, "COMING", today=today, valid_from=today + DAY)

    def shown(term):
        page = desk.get(reverse("contract_list"), {"term": term}).context["page"]
        return {contract.number for contract in page}

    assert shown("in_force") == {"ENDLESS", "LONG", "SOON", "TODAY"}
    assert shown("soon") == {"SOON", "TODAY"}
    assert shown("ended") == {"OVER"}
    assert len(shown("")) == 6


def test_the_list_tells_pick_up_and_commissioning(desk, make_customer):
    customer = make_customer()
    make_contract(customer, "A")
    make_contract(customer, "B", allows_pickup=False, has_commissioning=True)

    def shown(**query):
        return [each.number for each in desk.get(reverse("contract_list"), query).context["page"]]

    assert shown(pickup="on") == ["A"]
    assert shown(commissioning="on") == ["B"]


def test_a_customers_page_lists_the_contracts(desk, contract):
    page = desk.get(contract.customer.get_absolute_url()).content.decode()

    assert contract.get_absolute_url() in page


def test_the_search_box_leads_straight_to_a_contract(desk, contract):
    response = desk.get(reverse("search"), {"q": contract.number})

    assert response.url == contract.get_absolute_url()

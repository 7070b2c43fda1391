"""3.2.1 顧客自提，按合同或雙方商定: the basis is recorded before the customer comes."""

from datetime import timedelta

import pytest

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from delivery.actions import schedule_note
from delivery.tests.partners import TODAY, YEAR, make_carrier, make_contract

pytestmark = pytest.mark.clause("3.2.1")
DAY = timedelta(days=1)
WORDS = "11 月 25 日上午王志明派車來提"


def schedule(note, actor, now, **facts):
    facts = {"ship_on": TODAY, "delivery_mode": "pickup"} | facts
    return schedule_note(note, actor=actor, now=now, **facts)


def test_by_agreement_the_words_are_kept(make_note, salesperson, now):
    note = schedule(
        make_note(now), salesperson, now, pickup_basis="agreement", pickup_basis_text=f" {WORDS} "
    )

    assert (note.pickup_basis, note.pickup_basis_text) == ("agreement", WORDS)
    assert audit.timeline(note)[0].data["pickup_basis"] == "agreement"


def test_by_contract_the_contract_is_kept(make_note, salesperson, now):
    note = make_note(now)
    contract = make_contract(note.customer)

    note = schedule(note, salesperson, now, pickup_basis="contract", contract=contract)

    assert (note.pickup_basis, note.contract) == ("contract", contract)
    assert audit.timeline(note)[0].data["contract"] == "HT-2026-088"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "pickup_basis"),
        ({"pickup_basis": "habit"}, "pickup_basis"),
        ({"pickup_basis": "agreement"}, "pickup_basis_text"),
        ({"pickup_basis": "agreement", "pickup_basis_text": "  "}, "pickup_basis_text"),
        ({"pickup_basis": "contract"}, "contract"),
    ],
)
def test_a_pickup_without_its_basis_is_refused(make_note, salesperson, now, facts, field):
    note = make_note(now)

    with pytest.raises(RuleViolation) as refusal:
        schedule(note, salesperson, now, **facts)

    assert (refusal.value.field, refusal.value.clause) == (field, "3.2.1")
    note.refresh_from_db()
    assert note.scheduled_at is None


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"allows_pickup": False}, "沒有約定顧客自提"),
        ({"valid_until": TODAY - DAY}, "不在有效期內"),
        ({"valid_from": TODAY + DAY}, "不在有效期內"),
    ],
)
def test_a_contract_that_does_not_carry_the_pickup_is_refused(
    make_note, salesperson, now, facts, sentence
):
    note = make_note(now)
    contract = make_contract(note.customer, **facts)

    with pytest.raises(RuleViolation, match=sentence) as refusal:
        schedule(note, salesperson, now, pickup_basis="contract", contract=contract)

    assert refusal.value.field == "contract"


def test_the_contract_of_another_customer_is_refused(make_note, make_customer, salesperson, now):
    note = make_note(now)
    other = make_contract(make_customer("台中精工股份有限公司"))

    with pytest.raises(RuleViolation, match="是 台中精工股份有限公司 的") as refusal:
        schedule(note, salesperson, now, pickup_basis="contract", contract=other)

    assert refusal.value.field == "contract"


def test_a_contract_binds_on_its_last_day_and_is_asked_for_the_day_of_the_pickup(
    make_note, salesperson, now
):
    note = make_note(now)
    contract = make_contract(note.customer, valid_until=TODAY)
    facts = {"pickup_basis": "contract", "contract": contract}

    with pytest.raises(RuleViolation, match="在 2026-11-25 不在有效期內"):
        schedule(note, salesperson, now, ship_on=TODAY + DAY, **facts)

    assert schedule(note, salesperson, now, **facts).contract == contract


def test_another_mode_takes_the_basis_off_and_keeps_the_contract(make_note, salesperson, now):
    note = make_note(now)
    contract = make_contract(note.customer, valid_until=TODAY + YEAR)
    facts = {"pickup_basis": "contract", "contract": contract}
    schedule(note, salesperson, now, **facts)

    note = schedule(note, salesperson, now, delivery_mode="own_fleet", **facts)

    assert (note.pickup_basis, note.pickup_basis_text, note.contract) == ("", "", contract)


def test_a_pickup_has_no_carrier(make_note, salesperson, now):
    facts = {"pickup_basis": "agreement", "pickup_basis_text": WORDS, "waybill_no": "DPK1"}

    note = schedule(make_note(now), salesperson, now, carrier=make_carrier(), **facts)

    assert (note.carrier, note.carrier_agreement, note.waybill_no) == (None, None, "")

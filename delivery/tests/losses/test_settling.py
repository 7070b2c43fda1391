"""3.2.2 索賠到賠款收到、由銷售部經理了結為止,都有人負責."""

from datetime import date
from decimal import Decimal

import pytest

from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import AuditEntry, Notice
from delivery.actions.losses import settle_claim
from delivery.tests.losses.cases import at_state, make_loss

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def loss(make_note, now):
    """Claimed 3370, agreed 3000."""
    return at_state(make_loss(make_note, now), "accepted", now)


def settle(loss, actor, now, **facts):
    paid = {"settled_amount": Decimal("3000"), "settlement_ref": "銀行回單 0918"}
    return settle_claim(loss, actor=actor, now=now, **paid | facts)


def test_the_manager_settles_what_was_paid(loss, sales_manager, now):
    settle(loss, sales_manager, now)

    loss.refresh_from_db()
    assert (loss.state, loss.settled_amount) == ("settled", Decimal("3000.00"))
    assert (loss.settlement_ref, loss.end_reason) == ("銀行回單 0918", "")
    assert (loss.ended_by, loss.ended_on) == (sales_manager, date(2026, 11, 24))
    entry = AuditEntry.objects.get(event="transitloss.settled")
    assert (entry.clause, entry.actor) == ("3.2.2", sales_manager)
    assert (entry.data["amount"], entry.data["ref"]) == ("3000.00", "銀行回單 0918")


def test_less_than_agreed_needs_a_reason(loss, sales_manager, now):
    with pytest.raises(RuleViolation, match=r"實收 2999\.99 少於對方同意的 3000") as refusal:
        settle(loss, sales_manager, now, settled_amount=Decimal("2999.99"))

    assert refusal.value.field == "reason"


def test_with_a_reason_less_is_settled(loss, sales_manager, now):
    settle(loss, sales_manager, now, settled_amount=Decimal("2500"), reason="扣除手續費")

    loss.refresh_from_db()
    assert (loss.settled_amount, loss.end_reason) == (Decimal("2500.00"), "扣除手續費")


def test_nothing_paid_needs_a_reason_and_no_voucher(loss, sales_manager, now):
    settle(
        loss, sales_manager, now, settled_amount=Decimal(0), settlement_ref="", reason="承運商破產"
    )

    loss.refresh_from_db()
    assert (loss.state, loss.settled_amount) == ("settled", Decimal(0))


def test_what_was_paid_has_a_voucher(loss, sales_manager, now):
    with pytest.raises(RuleViolation, match="請填收款憑證") as refusal:
        settle(loss, sales_manager, now, settlement_ref=" ")

    assert refusal.value.field == "settlement_ref"


def test_more_than_was_claimed_is_a_slip(loss, sales_manager, now):
    with pytest.raises(RuleViolation, match="最多填 3370"):
        settle(loss, sales_manager, now, settled_amount=Decimal("30000"))


@pytest.mark.parametrize("given", [Decimal("-1"), Decimal("0.005"), None])
def test_an_amount_is_0_or_more_with_two_places(loss, sales_manager, now, given):
    with pytest.raises(RuleViolation, match="最多 2 位小數"):
        settle(loss, sales_manager, now, settled_amount=given)


@pytest.mark.parametrize("role", ["sales_clerk", "salesperson", "logistics_clerk"])
def test_only_the_manager_settles(loss, make_user, now, role):
    with pytest.raises(RuleViolation, match="沒有「了結索賠」的權限"):
        settle(loss, make_user(role), now)


@pytest.mark.parametrize("state", ["open", "claimed", "rejected", "settled", "written_off"])
def test_only_what_the_carrier_has_agreed_to(make_note, sales_manager, now, state):
    loss = at_state(make_loss(make_note, now), state, now)

    with pytest.raises(RuleViolation, match="可以的狀態：對方接受"):
        settle(loss, sales_manager, now)


def test_an_incident_is_resolved_instead(make_note, sales_manager, now):
    incident = make_loss(make_note, now, by_carrier=False)

    with pytest.raises(RuleViolation, match="內部事故"):
        settle(incident, sales_manager, now)


def test_a_second_time_is_refused(loss, sales_manager, now):
    settle(loss, sales_manager, now)

    with pytest.raises(RuleViolation, match="目前是「已了結」"):
        settle(loss, sales_manager, now)


def test_who_was_overtaken_meets_the_present_version(loss, sales_manager, now):
    with pytest.raises(StaleEdit):
        settle(loss, sales_manager, now, version=loss.version + 1)


def test_owner_and_logistics_are_told(loss, sales_manager, logistics_clerk, now):
    settle(loss, sales_manager, now)

    told = Notice.objects.filter(key__startswith="transitloss.settled")
    assert {each.recipient for each in told} == {loss.owner, logistics_clerk}
    assert told[0].title == f"索賠已了結：{loss.number}"

"""3.2.2 承運方對索賠的答復:接受的金額,或拒絕的理由."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import AuditEntry, Notice
from delivery.actions.losses import accept_claim, claim_loss, reject_claim
from delivery.tests.losses.cases import at_state, make_loss

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]

DAY = date(2026, 11, 27)


@pytest.fixture
def later(now):
    return now + timedelta(days=3)


@pytest.fixture
def loss(make_note, salesperson, now):
    """Claimed on 24 November, 3370."""
    return claim_loss(make_loss(make_note, now), actor=salesperson, now=now)


def accept(loss, actor, now, **facts):
    answer = {"agreed_amount": Decimal("3000"), "reply": "同意賠償 3000 元", "replied_on": DAY}
    return accept_claim(loss, actor=actor, now=now, **answer | facts)


def reject(loss, actor, now, **facts):
    return reject_claim(
        loss, actor=actor, now=now, **{"reply": "包裝不當", "replied_on": DAY} | facts
    )


def test_the_carrier_accepts_a_part(loss, salesperson, later):
    accept(loss, salesperson, later)

    loss.refresh_from_db()
    assert (loss.state, loss.agreed_amount) == ("accepted", Decimal("3000.00"))
    assert (loss.reply, loss.replied_on) == ("同意賠償 3000 元", DAY)
    entry = AuditEntry.objects.get(event="transitloss.accepted")
    assert (entry.clause, entry.data["amount"]) == ("3.2.2", "3000.00")


def test_all_that_was_claimed_may_be_accepted(loss, salesperson, later):
    accept(loss, salesperson, later, agreed_amount=Decimal("3370"))

    loss.refresh_from_db()
    assert loss.agreed_amount == loss.claimed_amount


def test_more_than_was_claimed_is_refused_with_the_right_value(loss, salesperson, later):
    with pytest.raises(RuleViolation, match=r"多於索賠金額 3370.*最多填 3370") as refusal:
        accept(loss, salesperson, later, agreed_amount=Decimal("3370.01"))

    assert refusal.value.field == "agreed_amount"


def test_nothing_agreed_is_a_refusal(loss, salesperson, later):
    with pytest.raises(RuleViolation, match="請用「登記對方拒絕」"):
        accept(loss, salesperson, later, agreed_amount=Decimal(0))


@pytest.mark.parametrize("verb", [accept, reject])
@pytest.mark.parametrize("reply", ["", "  \n"])
def test_the_words_of_the_answer_are_kept(loss, salesperson, later, verb, reply):
    with pytest.raises(RuleViolation, match="請填寫對方答復") as refusal:
        verb(loss, salesperson, later, reply=reply)

    assert refusal.value.field == "reply"


@pytest.mark.parametrize("verb", [accept, reject])
@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 28)])
def test_the_answer_came_between_the_claim_and_today(loss, salesperson, later, verb, day):
    with pytest.raises(RuleViolation, match="應在索賠日期 2026-11-24 與今天 2026-11-27 之間"):
        verb(loss, salesperson, later, replied_on=day)


@pytest.mark.parametrize("day", [date(2026, 11, 24), DAY])
def test_both_ends_are_within(loss, salesperson, later, day):
    reject(loss, salesperson, later, replied_on=day)

    loss.refresh_from_db()
    assert (loss.state, loss.replied_on) == ("rejected", day)


def test_a_refusal_keeps_its_reason_and_is_told(loss, salesperson, sales_manager, later):
    reject(loss, salesperson, later)

    loss.refresh_from_db()
    assert (loss.state, loss.reply, loss.agreed_amount) == ("rejected", "包裝不當", None)
    told = Notice.objects.filter(key__startswith="transitloss.rejected")
    assert sales_manager in {each.recipient for each in told}
    assert "包裝不當" in told[0].body


@pytest.mark.parametrize("verb", [accept, reject])
def test_a_second_time_is_refused(loss, salesperson, later, verb):
    verb(loss, salesperson, later)

    with pytest.raises(RuleViolation, match="可以的狀態：已索賠"):
        verb(loss, salesperson, later)


@pytest.mark.parametrize("verb", [accept, reject])
@pytest.mark.parametrize("state", ["open", "settled", "written_off"])
def test_only_a_claim_has_an_answer(make_note, salesperson, now, later, verb, state):
    loss = at_state(make_loss(make_note, now), state, now)

    with pytest.raises(RuleViolation, match="可以的狀態：已索賠"):
        verb(loss, salesperson, later)


@pytest.mark.parametrize("verb", [accept, reject])
def test_of_an_incident_nobody_answers(make_note, salesperson, now, later, verb):
    incident = make_loss(make_note, now, by_carrier=False)

    with pytest.raises(RuleViolation, match="內部事故"):
        verb(incident, salesperson, later)


@pytest.mark.parametrize("verb", [accept, reject])
def test_the_shipping_clerk_may_not(loss, shipping_clerk, later, verb):
    with pytest.raises(RuleViolation, match="的權限"):
        verb(loss, shipping_clerk, later)


@pytest.mark.parametrize("verb", [accept, reject])
def test_who_was_overtaken_meets_the_present_version(loss, salesperson, later, verb):
    with pytest.raises(StaleEdit):
        verb(loss, salesperson, later, version=loss.version - 1)

"""3.2.2 途中短缺、受潮等損失由承運方按協議負責:依所引協議索賠."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import AuditEntry, Notice
from delivery.actions.losses import assess_loss, claim_loss, reject_claim
from delivery.tests.losses.cases import at_state, carried, make_loss, opened, reported

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def loss(make_note, now):
    return make_loss(make_note, now)


def test_the_sum_of_the_lines_is_claimed_today(loss, salesperson, now):
    claim_loss(loss, actor=salesperson, now=now)

    loss.refresh_from_db()
    assert (loss.state, loss.claimed_amount) == ("claimed", Decimal("3370.00"))
    assert loss.claimed_on == date(2026, 11, 24)


def test_just_after_midnight_here_it_is_the_new_day(loss, salesperson, now):
    claim_loss(loss, actor=salesperson, now=now.replace(hour=16, minute=1))

    loss.refresh_from_db()
    assert loss.claimed_on == date(2026, 11, 25)


def test_it_cites_the_agreement(loss, salesperson, now):
    claim_loss(loss, actor=salesperson, now=now)

    entry = AuditEntry.objects.get(event="transitloss.claimed")
    assert entry.clause == "3.2.2"
    assert entry.data["agreement"] == loss.note.carrier_agreement.number
    assert (entry.data["carrier"], entry.data["amount"]) == (loss.carrier.name, "3370.00")


def test_a_line_without_an_amount_comes_first(make_note, salesperson, now):
    note = carried(make_note(now, state="signed"))
    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    with pytest.raises(RuleViolation, match="第 20 行還沒有損失金額，請先核定"):
        claim_loss(loss, actor=salesperson, now=now)


def test_nothing_is_claimed_where_the_sum_is_0(loss, salesperson, now):
    zero = {row.pk: 0 for row in loss.lines.all()}
    assess_loss(loss, actor=salesperson, now=now, amounts=zero)

    with pytest.raises(RuleViolation, match="沒有可索賠的金額"):
        claim_loss(loss, actor=salesperson, now=now)


def test_an_incident_of_the_own_fleet_has_nobody_to_claim_on(make_note, salesperson, now):
    incident = make_loss(make_note, now, by_carrier=False)

    with pytest.raises(RuleViolation, match="內部事故，沒有索賠的對象"):
        claim_loss(incident, actor=salesperson, now=now)


def test_a_second_time_is_refused(loss, salesperson, now):
    claim_loss(loss, actor=salesperson, now=now)

    with pytest.raises(RuleViolation, match="目前是「已索賠」，不能「向承運商索賠」"):
        claim_loss(loss, actor=salesperson, now=now)


def test_after_a_refusal_it_is_claimed_once_more(loss, salesperson, now):
    claim_loss(loss, actor=salesperson, now=now)
    reject_claim(loss, actor=salesperson, now=now, reply="包裝不當", replied_on=now.date())

    claim_loss(loss, actor=salesperson, now=now + timedelta(days=2))

    loss.refresh_from_db()
    assert (loss.state, loss.claimed_on) == ("claimed", date(2026, 11, 26))
    assert (loss.reply, loss.replied_on) == ("", None)
    assert AuditEntry.objects.get(event="transitloss.rejected").data["reply"] == "包裝不當"


def test_amounts_that_changed_while_one_looked_are_looked_at_again(loss, salesperson, now):
    amounts = {row.pk: 1 for row in loss.lines.all()}
    assess_loss(loss, actor=salesperson, now=now, amounts=amounts)

    with pytest.raises(StaleEdit):
        claim_loss(loss, actor=salesperson, now=now, version=1)

    loss.refresh_from_db()
    assert loss.state == "open"


@pytest.mark.parametrize("state", ["accepted", "settled", "written_off"])
def test_from_these_states_nothing_is_claimed(loss, salesperson, now, state):
    at_state(loss, state, now)

    with pytest.raises(RuleViolation, match="不能「向承運商索賠」"):
        claim_loss(loss, actor=salesperson, now=now)


def test_the_leader_may_not(loss, leader, now):
    with pytest.raises(RuleViolation, match="沒有「向承運商索賠」的權限"):
        claim_loss(loss, actor=leader, now=now)


def test_manager_and_logistics_are_told_with_the_agreement(
    loss, sales_manager, logistics_clerk, now
):
    claim_loss(loss, actor=loss.owner, now=now)

    told = Notice.objects.filter(key__startswith="transitloss.claimed")
    assert {each.recipient for each in told} == {sales_manager, logistics_clerk}
    assert f"3370 元，依承運協議 {loss.agreement.number}" in told[0].body

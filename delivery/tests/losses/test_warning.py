"""3.2.2 索賠要在承運協議的期限內提出:期限前三天提醒負責人與銷售部經理一次."""

from datetime import timedelta

import pytest

from aftersales.core.models import Notice
from delivery.actions.losses import claim_loss, hand_on_loss, warn_of_claims
from delivery.tests.losses.cases import make_loss

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def loss(make_note, sales_manager, now):
    """Arrived on 24 November, to be claimed within 10 days: until 4 December."""
    loss = make_loss(make_note, now)
    loss.agreement.claim_within_days = 10
    loss.agreement.save()
    return loss


def warnings() -> list[Notice]:
    return list(Notice.objects.filter(key__startswith="transitloss.claim_ends"))


def test_from_three_days_before_owner_and_manager_are_told(loss, sales_manager, now):
    assert warn_of_claims(now=now + timedelta(days=6)) == 0

    told = warn_of_claims(now=now + timedelta(days=7))

    assert told == 2
    assert {each.recipient for each in warnings()} == {loss.owner, sales_manager}
    assert warnings()[0].title == f"索賠期限 2026-12-04：{loss.number}"
    assert loss.agreement.number in warnings()[0].body


def test_once_however_often_the_sweep_runs(loss, now):
    for days in (7, 7, 8, 10, 12):
        warn_of_claims(now=now + timedelta(days=days))

    assert len(warnings()) == 2


def test_what_was_missed_while_the_worker_was_down_is_told_once(loss, now):
    assert warn_of_claims(now=now + timedelta(days=20)) == 2
    assert warn_of_claims(now=now + timedelta(days=21)) == 0


def test_the_day_begins_at_midnight_here(loss, now):
    just_before = (now + timedelta(days=6)).replace(hour=15, minute=59)  # 23:59 in Shanghai

    assert warn_of_claims(now=just_before) == 0
    assert warn_of_claims(now=just_before + timedelta(minutes=1)) == 2


def test_a_new_owner_is_told_too(loss, sales_manager, logistics_clerk, now):
    warn_of_claims(now=now + timedelta(days=7))
    hand_on_loss(loss, actor=sales_manager, now=now, owner=logistics_clerk)

    assert warn_of_claims(now=now + timedelta(days=8)) == 1


def test_what_has_been_claimed_is_not_warned_of(loss, salesperson, now):
    claim_loss(loss, actor=salesperson, now=now)

    assert warn_of_claims(now=now + timedelta(days=9)) == 0


def test_an_agreement_without_days_and_an_incident_have_no_last_day(make_note, now):
    make_loss(make_note, now)
    make_loss(make_note, now, by_carrier=False)

    assert warn_of_claims(now=now + timedelta(days=300)) == 0

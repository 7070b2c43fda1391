"""3.2.2 每筆途損在了結或核銷之前都有一位負責人."""

import pytest

from aftersales.core.errors import RuleViolation
from aftersales.core.models import AuditEntry, Notice
from delivery.actions.losses import hand_on_loss
from delivery.models import TransitLoss
from delivery.tests.losses.cases import at_state, make_loss

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def loss(make_note, now):
    return make_loss(make_note, now)


def test_the_manager_hands_it_on_and_both_are_told(loss, sales_manager, logistics_clerk, now):
    before = loss.owner

    hand_on_loss(loss, actor=sales_manager, now=now, owner=logistics_clerk)

    loss.refresh_from_db()
    assert (loss.owner, loss.state) == (logistics_clerk, "open")
    told = Notice.objects.filter(key__startswith="transitloss.handed_on")
    assert {each.recipient for each in told} == {before, logistics_clerk}
    entry = AuditEntry.objects.get(event="transitloss.handed_on")
    assert (entry.data["before"], entry.data["owner"]) == (before.name, logistics_clerk.name)


def test_the_new_owner_sees_it_whoever_the_customer_is(loss, sales_manager, make_user, now):
    seller = make_user("salesperson")
    assert not TransitLoss.objects.visible_to(seller).exists()

    hand_on_loss(loss, actor=sales_manager, now=now, owner=seller)

    assert TransitLoss.objects.visible_to(seller).get() == loss


def test_not_to_the_present_owner(loss, sales_manager, now):
    with pytest.raises(RuleViolation, match="已是負責人，請選另一位") as refusal:
        hand_on_loss(loss, actor=sales_manager, now=now, owner=loss.owner)

    assert refusal.value.field == "owner"


@pytest.mark.parametrize(
    ("role", "is_active"), [("salesperson", False), ("warehouse_keeper", True)]
)
def test_only_to_active_people_of_sales_and_logistics(
    loss, sales_manager, make_user, now, role, is_active
):
    with pytest.raises(RuleViolation, match="請選在職的銷售或物流人員"):
        hand_on_loss(loss, actor=sales_manager, now=now, owner=make_user(role, is_active=is_active))


def test_the_owner_does_not_hand_it_on(loss, salesperson, logistics_clerk, now):
    with pytest.raises(RuleViolation, match="沒有「改派負責人」的權限"):
        hand_on_loss(loss, actor=salesperson, now=now, owner=logistics_clerk)


@pytest.mark.parametrize("state", ["claimed", "accepted", "rejected"])
def test_while_it_is_open_it_can_be_handed_on(loss, sales_manager, logistics_clerk, now, state):
    at_state(loss, state, now)

    hand_on_loss(loss, actor=sales_manager, now=now, owner=logistics_clerk)

    loss.refresh_from_db()
    assert (loss.owner, loss.state) == (logistics_clerk, state)


@pytest.mark.parametrize("state", ["settled", "written_off"])
def test_what_has_ended_stays_with_its_owner(loss, sales_manager, logistics_clerk, now, state):
    at_state(loss, state, now)

    with pytest.raises(RuleViolation, match="不能「改派負責人」"):
        hand_on_loss(loss, actor=sales_manager, now=now, owner=logistics_clerk)

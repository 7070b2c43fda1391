"""3.2.1 the sales manager consents to how the difference is put right."""

import pytest
from django.db import IntegrityError, transaction

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import consent_pickup, decline_pickup, state_pickup_cause
from delivery.models import PickupDifference
from delivery.tests.pickup import away, differ, fetched, mended

pytestmark = pytest.mark.clause("3.2.1")


@pytest.fixture
def found(make_note, sales_clerk, warehouse_keeper, now):
    note = fetched(make_note, now, issuer=sales_clerk)
    return differ(note, sales_clerk, warehouse_keeper, now)


@pytest.fixture
def caused(found, sales_clerk, now):
    return state_pickup_cause(found, actor=sales_clerk, now=now, cause="漏裝", measure="補一台")


def test_the_consent_is_kept_and_the_clerk_is_told(caused, sales_clerk, sales_manager, now):
    difference = consent_pickup(caused, actor=sales_manager, now=now)

    assert (difference.state, difference.consented_by) == ("consented", sales_manager)
    assert difference.consented_at == now
    notice = Notice.objects.get(
        recipient=sales_clerk, key__startswith="shippingnote.pickup_consented"
    )
    assert "請顧客再次確認" in notice.title


def test_there_is_no_consent_before_the_cause(found, sales_manager, now):
    with pytest.raises(RuleViolation, match="待查原因"):
        consent_pickup(found, actor=sales_manager, now=now)


def test_whoever_stated_the_cause_does_not_consent(found, make_user, now):
    both = make_user("sales_clerk", "sales_manager")
    caused = state_pickup_cause(found, actor=both, now=now, cause="漏裝", measure="補一台")

    with pytest.raises(RuleViolation, match="請由另一位銷售部經理"):
        consent_pickup(caused, actor=both, now=now)


def test_nor_does_the_deputy_of_the_one_who_stated_it(found, make_user, now):
    both, deputy = make_user("sales_clerk", "sales_manager"), make_user("salesperson")
    caused = state_pickup_cause(found, actor=both, now=now, cause="漏裝", measure="補一台")
    away(both, deputy)

    with pytest.raises(RuleViolation, match="請由另一位銷售部經理"):
        consent_pickup(caused, actor=deputy, now=now)


def test_a_deputy_consents_in_the_name_of_the_absent_manager(caused, sales_manager, make_user, now):
    deputy = make_user("salesperson", name="林志遠")
    away(sales_manager, deputy)

    difference = consent_pickup(caused, actor=deputy, now=now)

    assert (difference.consented_by, difference.consented_for) == (deputy, sales_manager.name)
    assert audit.timeline(difference.note)[0].on_behalf_of == sales_manager.name


def test_the_database_refuses_a_consent_by_who_stated_the_cause(caused, now):
    rows = PickupDifference.objects.filter(pk=caused.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="consented", consented_by=caused.caused_by, consented_at=now)


@pytest.mark.parametrize("role", ["sales_clerk", "warehouse_keeper", "leader"])
def test_others_do_not_consent(caused, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        consent_pickup(caused, actor=make_user(role), now=now)


@pytest.mark.parametrize("reached", ["consented", "confirmed", "repacked"])
def test_a_second_time_is_refused(
    found, sales_clerk, warehouse_keeper, sales_manager, now, reached
):
    difference = mended(found, reached, sales_clerk, warehouse_keeper, sales_manager, now)

    with pytest.raises(RuleViolation, match="不能「同意改正」"):
        consent_pickup(difference, actor=sales_manager, now=now)


# --- or not -----------------------------------------------------------------------------------------


def test_a_refusal_goes_back_to_the_clerk_with_its_reason(caused, sales_clerk, sales_manager, now):
    difference = decline_pickup(caused, actor=sales_manager, now=now, reason="原因不明")

    assert (difference.state, difference.decline_reason) == ("found", "原因不明")
    notice = Notice.objects.get(
        recipient=sales_clerk, key__startswith="shippingnote.pickup_declined"
    )
    assert notice.body == "原因不明"
    assert audit.timeline(difference.note)[0].data["reason"] == "原因不明"


def test_the_clerk_then_states_another_cause(caused, sales_clerk, sales_manager, now):
    decline_pickup(caused, actor=sales_manager, now=now, reason="原因不明")

    difference = state_pickup_cause(
        caused, actor=sales_clerk, now=now, cause="標籤貼錯", measure="換標籤"
    )

    assert (difference.state, difference.cause, difference.decline_reason) == (
        "caused",
        "標籤貼錯",
        "",
    )
    assert consent_pickup(difference, actor=sales_manager, now=now).state == "consented"


@pytest.mark.parametrize("reason", ["", " ", "否"])
def test_a_refusal_without_a_reason_is_none(caused, sales_manager, now, reason):
    with pytest.raises(RuleViolation, match="理由") as refusal:
        decline_pickup(caused, actor=sales_manager, now=now, reason=reason)

    assert refusal.value.field == "reason"


def test_before_the_cause_there_is_nothing_to_refuse(found, sales_manager, now):
    with pytest.raises(RuleViolation, match="不能「不同意，重查原因」"):
        decline_pickup(found, actor=sales_manager, now=now, reason="原因不明")


def test_a_clerk_does_not_refuse(caused, sales_clerk, now):
    with pytest.raises(RuleViolation, match="權限"):
        decline_pickup(caused, actor=sales_clerk, now=now, reason="原因不明")

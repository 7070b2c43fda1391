"""3.2.2 不再追償的途損由銷售部經理核銷,寫明理由."""

from datetime import date

import pytest

from aftersales.core.errors import RuleViolation
from aftersales.core.models import AuditEntry, Notice
from delivery.actions.losses import write_off_loss
from delivery.tests.losses.cases import at_state, make_loss

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def loss(make_note, now):
    return make_loss(make_note, now)


@pytest.mark.parametrize("state", ["open", "claimed", "accepted", "rejected"])
def test_the_manager_writes_it_off_with_a_reason(loss, sales_manager, now, state):
    at_state(loss, state, now)

    write_off_loss(loss, actor=sales_manager, now=now, reason="金額太小，不值得追償")

    loss.refresh_from_db()
    assert (loss.state, loss.end_reason) == ("written_off", "金額太小，不值得追償")
    assert (loss.ended_by, loss.ended_on) == (sales_manager, date(2026, 11, 24))
    entry = AuditEntry.objects.get(event="transitloss.written_off")
    assert (entry.clause, entry.data["reason"]) == ("3.2.2", "金額太小，不值得追償")


def test_an_incident_is_written_off_too(make_note, sales_manager, now):
    incident = make_loss(make_note, now, by_carrier=False)

    write_off_loss(incident, actor=sales_manager, now=now, reason="只有包裝破損")

    incident.refresh_from_db()
    assert incident.state == "written_off"


@pytest.mark.parametrize("reason", ["", " ", "小"])
def test_a_reason_says_something(loss, sales_manager, now, reason):
    with pytest.raises(RuleViolation, match="請寫明理由") as refusal:
        write_off_loss(loss, actor=sales_manager, now=now, reason=reason)

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("role", ["salesperson", "logistics_clerk", "leader"])
def test_nobody_else_may(loss, make_user, now, role):
    with pytest.raises(RuleViolation, match="沒有「核銷」的權限"):
        write_off_loss(loss, actor=make_user(role), now=now, reason="不追了")


@pytest.mark.parametrize("state", ["settled", "written_off"])
def test_what_has_ended_is_not_written_off(loss, sales_manager, now, state):
    at_state(loss, state, now)

    with pytest.raises(RuleViolation, match="不能「核銷」"):
        write_off_loss(loss, actor=sales_manager, now=now, reason="不追了")


def test_the_owner_is_told_why(loss, sales_manager, now):
    write_off_loss(loss, actor=sales_manager, now=now, reason="金額太小")

    told = Notice.objects.get(key__startswith="transitloss.written_off", recipient=loss.owner)
    assert told.title == f"途損已核銷：{loss.number}"

"""3.2.2 公司車隊途中的損失登記為內部事故,寫明原因與改進措施才了結."""

from datetime import date

import pytest

from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import AuditEntry
from delivery.actions.losses import resolve_incident
from delivery.tests.losses.cases import at_state, make_loss

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def incident(make_note, now):
    return make_loss(make_note, now, by_carrier=False)


def resolve(loss, actor, now, **facts):
    words = {"cause": "急剎，箱子未綁牢", "measure": "裝車後由班長檢查綁帶"}
    return resolve_incident(loss, actor=actor, now=now, **words | facts)


def test_the_manager_resolves_it_with_cause_and_measure(incident, sales_manager, now):
    resolve(incident, sales_manager, now)

    incident.refresh_from_db()
    assert (incident.state, incident.cause) == ("settled", "急剎，箱子未綁牢")
    assert incident.measure == "裝車後由班長檢查綁帶"
    assert (incident.ended_by, incident.ended_on) == (sales_manager, date(2026, 11, 24))
    entry = AuditEntry.objects.get(event="transitloss.resolved")
    assert entry.data["measure"] == "裝車後由班長檢查綁帶"


@pytest.mark.parametrize(("field", "label"), [("cause", "原因"), ("measure", "改進措施")])
def test_both_are_asked_for(incident, sales_manager, now, field, label):
    with pytest.raises(RuleViolation, match=f"請填寫{label}") as refusal:
        resolve(incident, sales_manager, now, **{field: " "})

    assert refusal.value.field == field


def test_a_claim_is_settled_instead(make_note, sales_manager, now):
    claim = make_loss(make_note, now)

    with pytest.raises(RuleViolation, match="這是對承運商的索賠，請按索賠的步驟辦理"):
        resolve(claim, sales_manager, now)


def test_the_owner_alone_may_not(incident, salesperson, now):
    with pytest.raises(RuleViolation, match="沒有「了結事故」的權限"):
        resolve(incident, salesperson, now)


def test_a_second_time_is_refused(incident, sales_manager, now):
    resolve(incident, sales_manager, now)

    with pytest.raises(RuleViolation, match="目前是「已了結」"):
        resolve(incident, sales_manager, now)


def test_what_was_written_off_stays_so(incident, sales_manager, now):
    at_state(incident, "written_off", now)

    with pytest.raises(RuleViolation, match="目前是「已核銷」"):
        resolve(incident, sales_manager, now)


def test_who_was_overtaken_meets_the_present_version(incident, sales_manager, now):
    with pytest.raises(StaleEdit):
        resolve(incident, sales_manager, now, version=0)

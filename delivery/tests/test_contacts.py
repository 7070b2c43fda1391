"""3.1.1 終檢合格後物流員與客戶聯絡約定交付: each contact is recorded: when, who, what was agreed."""

from datetime import UTC, datetime, timedelta

import pytest

from aftersales.core.audit import timeline
from aftersales.core.errors import RuleViolation
from delivery.actions import log_contact
from delivery.models import ContactLog

pytestmark = pytest.mark.clause("3.1.1")


def contact(note, actor, now, **facts):
    facts = {"at": now, "channel": "call", "person": "陳志遠", "agreed": "26 日上午到貨"} | facts
    return log_contact(note, actor=actor, now=now, **facts)


def test_a_contact_is_kept_with_when_who_and_what(make_note, logistics_clerk, now):
    note = make_note(now)

    kept = contact(note, logistics_clerk, now, at=now - timedelta(hours=1), agreed="  26 日\n上午 ")

    assert (kept.person, kept.agreed, kept.logged_by) == ("陳志遠", "26 日\n上午", logistics_clerk)
    assert timeline(note)[0].data["agreed"] == "26 日\n上午"


def test_now_itself_is_not_in_the_future(make_note, logistics_clerk, now):
    assert contact(make_note(now), logistics_clerk, now, at=now).at == now


def test_a_moment_in_the_future_is_refused_with_the_time(make_note, logistics_clerk, now):
    with pytest.raises(RuleViolation, match="11-24 14:21 晚於現在（11-24 14:20）") as refusal:
        contact(make_note(now), logistics_clerk, now, at=now + timedelta(minutes=1))

    assert refusal.value.field == "at"
    assert not ContactLog.objects.exists()


@pytest.mark.parametrize("facts", [{"person": "　"}, {"agreed": "\n"}, {"channel": "smoke"}])
def test_a_contact_that_says_nothing_is_refused(make_note, logistics_clerk, now, facts):
    with pytest.raises(Exception, match=r"請填寫|smoke"):
        contact(make_note(now), logistics_clerk, now, **facts)

    assert not ContactLog.objects.exists()


def test_a_moment_before_the_century_is_refused(make_note, logistics_clerk, now):
    with pytest.raises(RuleViolation, match="2000"):
        contact(make_note(now), logistics_clerk, now, at=datetime(1999, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("state", ["signed", "closed", "withdrawn", "refused", "cancelled"])
def test_after_the_end_no_contact_is_logged(make_note, logistics_clerk, now, state):
    with pytest.raises(RuleViolation, match="登記聯絡"):
        contact(make_note(now, state=state), logistics_clerk, now)


def test_the_keeper_does_not_talk_to_the_customer(make_note, warehouse_keeper, now):
    with pytest.raises(RuleViolation, match="權限"):
        contact(make_note(now), warehouse_keeper, now)


def test_a_contact_does_not_disturb_somebody_who_edits(make_note, logistics_clerk, now):
    note = make_note(now)

    contact(note, logistics_clerk, now)

    note.refresh_from_db()
    assert note.version == 1

"""Notices: outbox rows of the business transaction, told once, also to the deputy."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from aftersales.accounts.models import Leave
from aftersales.core import notices
from aftersales.core.models import Notice


def at(hour: int, minute: int = 0) -> datetime:
    """A moment of 24 November 2026 in Shanghai."""
    return datetime(2026, 11, 24, hour, minute, tzinfo=UTC) - timedelta(hours=8)


MORNING, NEXT_MORNING = at(7), at(7) + timedelta(days=1)


def test_each_recipient_is_told_once_however_often_the_rule_runs(leader, sales_manager, now):
    told = [notices.send([leader, sales_manager], key="k", title="待簽發", now=now) for _ in "abc"]

    assert told == [2, 0, 0]
    assert Notice.objects.count() == 2


def test_a_rolled_back_action_tells_nobody(leader, now):
    with transaction.atomic():
        notices.send([leader], key="k", title="待簽發", now=now)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_who_is_both_recipient_and_deputy_is_told_once_in_the_own_name(leader, sales_manager, now):
    Leave.objects.create(
        user=leader, deputy=sales_manager, starts_at=now, ends_at=now + timedelta(days=1),
        created_by=leader, created_at=now,
    )  # fmt: skip

    notices.send([sales_manager, leader], key="k", title="待簽發", now=now)

    assert sales_manager.notices.get().on_behalf_of == ""


@pytest.mark.parametrize(
    ("written", "urgent", "leaves"),
    [
        (at(14), False, at(14)),
        (at(7), False, at(7)),
        (at(20, 59), False, at(20, 59)),
        (at(21), False, NEXT_MORNING),
        (at(23, 30), False, NEXT_MORNING),
        (at(2), False, MORNING),
        (at(6, 59), False, MORNING),
        (at(2), True, at(2)),
        (at(23, 30), True, at(23, 30)),
    ],
)
def test_quiet_hours_hold_mail_until_seven_unless_it_is_urgent(leader, written, urgent, leaves):
    notices.send([leader], key="k", title="x", now=written, is_urgent=urgent)

    assert leader.notices.get().mail_due_at == leaves


def test_nobody_is_mailed_without_an_address_or_against_the_own_wish(make_user, now):
    without = make_user("leader", email="")
    unwilling = make_user("leader", wants_mail=False)

    notices.send([without, unwilling], key="k", title="x", now=now)

    assert list(Notice.objects.values_list("mail_due_at", flat=True)) == [None, None]

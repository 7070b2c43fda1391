"""3.2.2 同一時刻有人了結、有人核銷:途損只結束一次."""

from decimal import Decimal

import pytest

from aftersales.core.errors import RuleViolation
from aftersales.core.models import AuditEntry
from aftersales.core.tests.racing import lock_off, race
from delivery.actions.losses import settle_claim, write_off_loss
from delivery.models import TransitLoss
from delivery.tests.losses.cases import at_state, make_loss

pytestmark = [
    pytest.mark.clause("3.2.2"),
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def make_accepted(make_note, now):
    return lambda: at_state(make_loss(make_note, now), "accepted", now)


def end_at_once(loss, manager, now) -> list[object]:
    """Ten settle it and ten write it off."""

    def settle():
        paid = {"settled_amount": Decimal("3000"), "settlement_ref": "銀行回單 0918"}
        return settle_claim(loss, actor=manager, now=now, **paid)

    def write_off():
        return write_off_loss(loss, actor=manager, now=now, reason="不再追償")

    return race([settle, write_off] * 10)


def ends_of(loss) -> int:
    events = ("transitloss.settled", "transitloss.written_off")
    return AuditEntry.objects.filter(object_id=loss.pk, event__in=events).count()


def test_it_ends_once_and_the_others_are_refused(make_accepted, sales_manager, now):
    for _round in range(10):
        loss = make_accepted()

        outcomes = end_at_once(loss, sales_manager, now)

        done = [outcome for outcome in outcomes if isinstance(outcome, TransitLoss)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
        assert (len(done), len(refused)) == (1, 19)
        assert ends_of(loss) == 1
        loss.refresh_from_db()
        assert loss.state == done[0].state


def test_control_without_the_lock_more_than_one_gets_past_the_check(
    make_accepted, sales_manager, now
):
    kept_the_rule = []
    with lock_off():
        for _round in range(5):
            outcomes = end_at_once(make_accepted(), sales_manager, now)
            refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
            kept_the_rule.append(len(refused) == 19)

    assert not all(kept_the_rule)

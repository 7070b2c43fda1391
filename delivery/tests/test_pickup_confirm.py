"""3.2.1 the customer confirms again, after the manager's consent."""

from datetime import timedelta

import pytest

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import confirm_pickup
from delivery.tests.pickup import differ, fetched, mended

pytestmark = pytest.mark.clause("3.2.1")


@pytest.fixture
def found(make_note, sales_clerk, warehouse_keeper, now):
    note = fetched(make_note, now, issuer=sales_clerk)
    return differ(note, sales_clerk, warehouse_keeper, now)


@pytest.fixture
def consented(found, sales_clerk, warehouse_keeper, sales_manager, now):
    return mended(found, "consented", sales_clerk, warehouse_keeper, sales_manager, now)


def confirm(difference, actor, now, **facts):
    facts = {"confirmed_person": "王志明", "confirmed_means": "call", "confirmed_at": now} | facts
    return confirm_pickup(difference, actor=actor, now=now, **facts)


def test_who_confirmed_how_and_when_is_kept(consented, sales_clerk, now):
    later = now + timedelta(minutes=30)

    difference = confirm(consented, sales_clerk, later, confirmed_at=now + timedelta(minutes=20))

    assert (difference.state, difference.confirmed_person) == ("confirmed", "王志明")
    assert difference.confirmed_means == "call"
    assert difference.confirmed_at == now + timedelta(minutes=20)
    assert difference.confirmation_recorded_by == sales_clerk
    assert audit.timeline(difference.note)[0].data["person"] == "王志明"


def test_the_keepers_are_asked_to_pack_again(consented, sales_clerk, warehouse_keeper, now):
    confirm(consented, sales_clerk, now)

    notice = Notice.objects.get(
        recipient=warehouse_keeper, key__startswith="shippingnote.pickup_confirmed"
    )
    assert notice.title.startswith("顧客已確認，請重新包裝")
    assert "補一台，重新裝箱" in notice.body


@pytest.mark.parametrize("reached", ["found", "caused"])
def test_the_customer_does_not_confirm_before_the_manager(
    found, sales_clerk, warehouse_keeper, sales_manager, now, reached
):
    difference = mended(found, reached, sales_clerk, warehouse_keeper, sales_manager, now)

    with pytest.raises(RuleViolation, match="不能「登記顧客確認」"):
        confirm(difference, sales_clerk, now)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"confirmed_person": " "}, "confirmed_person"),
        ({"confirmed_means": ""}, "confirmed_means"),
        ({"confirmed_means": "pigeon"}, "confirmed_means"),
        ({"confirmed_at": None}, "confirmed_at"),
    ],
)
def test_who_how_and_when_are_all_needed(consented, sales_clerk, now, facts, field):
    with pytest.raises(RuleViolation) as refusal:
        confirm(consented, sales_clerk, now, **facts)

    assert refusal.value.field == field


@pytest.mark.parametrize("minutes", [-1, 31])
def test_it_lies_between_the_consent_and_now(consented, sales_clerk, now, minutes):
    with pytest.raises(RuleViolation, match="經理同意（11-24 14:20）之後") as refusal:
        confirm(
            consented, sales_clerk, now + timedelta(minutes=30),
            confirmed_at=now + timedelta(minutes=minutes),
        )  # fmt: skip

    assert refusal.value.field == "confirmed_at"


def test_the_minute_of_the_consent_is_late_enough(
    found, sales_clerk, warehouse_keeper, sales_manager, now
):
    consent = now + timedelta(seconds=40)
    difference = mended(found, "consented", sales_clerk, warehouse_keeper, sales_manager, consent)

    assert confirm(difference, sales_clerk, consent, confirmed_at=now).state == "confirmed"


@pytest.mark.parametrize("role", ["warehouse_keeper", "sales_manager"])
def test_others_do_not_record_it(consented, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        confirm(consented, make_user(role), now)


def test_a_second_time_is_refused(consented, sales_clerk, now):
    confirm(consented, sales_clerk, now)

    with pytest.raises(RuleViolation, match="待重新包裝"):
        confirm(consented, sales_clerk, now)

"""3.1.2 業務員安排交付，通知倉庫備貨; the warehouse acknowledges."""

from datetime import date, timedelta

import pytest

from aftersales.accounts.models import Leave
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import acknowledge_note, schedule_note

pytestmark = pytest.mark.clause("3.1.2")
TODAY = date(2026, 11, 24)


def schedule(note, actor, now, **facts):
    facts = {"ship_on": TODAY, "delivery_mode": "own_fleet"} | facts
    return schedule_note(note, actor=actor, now=now, **facts)


def asked(person):
    return Notice.objects.filter(recipient=person, key__startswith="shippingnote.scheduled")


@pytest.mark.parametrize("role", ["salesperson", "sales_manager"])
def test_the_arrangement_is_kept_and_the_warehouse_is_told(
    make_note, make_user, warehouse_keeper, now, role
):
    note = schedule(make_note(now), make_user(role), now, delivery_mode_reason="6 噸車，當天來回")

    assert (note.ship_on, note.delivery_mode) == (TODAY, "own_fleet")
    assert note.delivery_mode_reason == "6 噸車，當天來回"
    assert asked(warehouse_keeper).get().clause == "3.1.2"


@pytest.mark.parametrize("role", ["sales_clerk", "warehouse_keeper", "leader"])
def test_others_do_not_arrange(make_note, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        schedule(make_note(now), make_user(role), now)


def test_yesterday_is_refused_and_today_is_named(make_note, salesperson, now):
    with pytest.raises(RuleViolation, match=r"2026-11-24.*2026-11-23") as refusal:
        schedule(make_note(now), salesperson, now, ship_on=TODAY - timedelta(days=1))

    assert refusal.value.field == "ship_on"


@pytest.mark.parametrize("mode", ["", "mule"])
def test_no_mode_or_an_unknown_one_is_refused(make_note, salesperson, warehouse_keeper, now, mode):
    note = make_note(now)

    with pytest.raises(RuleViolation, match="請選擇") as refusal:
        schedule(note, salesperson, now, delivery_mode=mode)

    assert refusal.value.field == "delivery_mode"
    note.refresh_from_db()
    assert note.scheduled_at is None
    assert not asked(warehouse_keeper).exists()


def test_the_keeper_acknowledges_once_and_the_salesperson_hears_of_it(
    make_note, salesperson, warehouse_keeper, now
):
    note = schedule(make_note(now), salesperson, now)

    note = acknowledge_note(note, actor=warehouse_keeper, now=now)

    assert (note.acknowledged_by, note.acknowledged_at) == (warehouse_keeper, now)
    assert Notice.objects.filter(
        recipient=salesperson, key__startswith="shippingnote.acknowledged"
    ).exists()


def test_a_second_time_is_refused_with_who_and_when(make_note, salesperson, make_user, now):
    first, second = make_user("warehouse_keeper", name="郭文斌"), make_user("warehouse_keeper")
    note = schedule(make_note(now), salesperson, now)
    acknowledge_note(note, actor=first, now=now)

    with pytest.raises(RuleViolation, match="郭文斌 已於 11-24 14:20"):
        acknowledge_note(note, actor=second, now=now + timedelta(hours=1))


def test_nothing_is_acknowledged_before_it_is_arranged(make_note, warehouse_keeper, now):
    with pytest.raises(RuleViolation, match="先安排"):
        acknowledge_note(make_note(now), actor=warehouse_keeper, now=now)


def test_arranging_anew_asks_the_warehouse_again(make_note, salesperson, warehouse_keeper, now):
    note = schedule(make_note(now), salesperson, now)
    acknowledge_note(note, actor=warehouse_keeper, now=now)

    note = schedule(note, salesperson, now, ship_on=TODAY + timedelta(days=2))

    assert note.acknowledged_at is None
    assert asked(warehouse_keeper).count() == 2
    assert acknowledge_note(note, actor=warehouse_keeper, now=now).acknowledged_at == now


def test_after_release_it_is_not_arranged_anew(make_note, salesperson, now):
    with pytest.raises(RuleViolation, match="已簽發"):
        schedule(make_note(now, state="released"), salesperson, now)


def test_the_deputy_of_an_absent_keeper_is_told_too(make_note, make_user, salesperson, now):
    absent, deputy = make_user("warehouse_keeper", name="郭文斌"), make_user("production")
    Leave.objects.create(
        user=absent,
        deputy=deputy,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=1),
        created_by=absent,
        created_at=now,
    )

    schedule(make_note(now), salesperson, now)

    assert asked(deputy).get().on_behalf_of == "郭文斌"

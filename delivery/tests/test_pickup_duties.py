"""3.2.1 what of a pick-up waits for whom, in the order that the procedure demands."""

from datetime import date, timedelta

import pytest

from aftersales.core import work
from delivery.actions import recheck_note, state_pickup_cause
from delivery.models import ShippingNote
from delivery.tests.floor import how_many
from delivery.tests.pickup import at_difference, check, differ, fetched
from delivery.todo import pickups

pytestmark = pytest.mark.clause("3.2.1")
TURNS = {
    "found": ("sales_clerk", "查提貨差異"),
    "caused": ("sales_manager", "同意提貨改正"),
    "consented": ("sales_clerk", "登記顧客確認"),
    "confirmed": ("warehouse_keeper", "重新包裝"),
}


def verbs(user, now) -> list[str]:
    return [task.verb for task in pickups.tasks(user, now)]


@pytest.mark.parametrize("role", ["sales_clerk", "warehouse_keeper"])
def test_issued_goods_wait_for_the_check_and_then_for_the_receiver(
    make_note, sales_clerk, warehouse_keeper, now, request, role
):
    user = request.getfixturevalue(role)
    note = fetched(make_note, now, issuer=sales_clerk)

    assert verbs(user, now) == ["三方核對"]
    check(note, sales_clerk, warehouse_keeper, now)
    assert verbs(user, now) == ["提貨簽收"]


@pytest.mark.parametrize("state", TURNS)
def test_a_difference_waits_for_one_post_at_a_time(make_note, make_user, now, state):
    at_difference(make_note, now, state)
    role, verb = TURNS[state]

    found = {
        each: verbs(make_user(each), now)
        for each in ("sales_clerk", "sales_manager", "warehouse_keeper", "salesperson")
    }

    assert found == {each: [verb] if each == role else [] for each in found}


def test_packed_again_it_waits_for_the_check_once_more(make_note, make_user, now):
    at_difference(make_note, now, "repacked")

    assert verbs(make_user("warehouse_keeper"), now) == ["再次三方核對"]


def test_a_task_names_note_customer_and_clause_and_leads_to_its_page(make_note, make_user, now):
    note = at_difference(make_note, now, "found")

    task = next(iter(pickups.tasks(make_user("sales_clerk"), now)))

    assert (task.number, task.who, task.clause) == (note.number, note.customer.name, "3.2.1")
    assert task.url == f"/delivery/notes/{note.number}/pickup/cause/"
    assert task.due_at.date() == date(2026, 11, 25)
    assert task.since == now
    assert task.about == "第 10 行 多級離心泵：單上 2 台，實點 1 台"


def test_whoever_stated_the_cause_is_not_asked_for_consent(
    make_note, make_user, sales_clerk, warehouse_keeper, now
):
    both, manager = make_user("sales_clerk", "sales_manager"), make_user("sales_manager")
    note = fetched(make_note, now, issuer=sales_clerk)
    difference = differ(note, sales_clerk, warehouse_keeper, now)
    state_pickup_cause(difference, actor=both, now=now, cause="漏裝", measure="補一台")

    assert verbs(both, now) == []
    assert verbs(manager, now) == ["同意提貨改正"]


def test_a_difference_from_before_a_recheck_waits_for_nobody(
    make_note, sales_clerk, warehouse_keeper, sales_manager, now
):
    note = fetched(make_note, now, issuer=sales_clerk)
    differ(note, sales_clerk, warehouse_keeper, now)
    recheck_note(note, actor=warehouse_keeper, now=now, reason="全部重點")

    assert verbs(sales_clerk, now) == verbs(sales_manager, now) == []

    later = now + timedelta(hours=2)
    ShippingNote.objects.update(state="issued", issued_at=later)
    assert verbs(sales_clerk, later) == ["三方核對"]


def test_what_a_vehicle_brings_and_what_is_not_issued_wait_for_nobody(make_note, sales_clerk, now):
    make_note(now, state="issued")
    fetched(make_note, now, state="verified")

    assert verbs(sales_clerk, now) == []


def test_the_home_page_reads_these_tasks_with_few_queries(
    make_note, sales_clerk, warehouse_keeper, now, django_assert_max_num_queries
):
    for _number in range(4):
        check(fetched(make_note, now, issuer=sales_clerk), sales_clerk, warehouse_keeper, now)
    assert sales_clerk.absent_principals == []

    with django_assert_max_num_queries(1):
        assert verbs(sales_clerk, now) == ["提貨簽收"] * 4

    assert "提貨簽收" in [task.verb for task in work.tasks_for(sales_clerk, now)]


def test_the_count_is_that_of_the_tasks_and_turns_late_with_a_day_that_passed(
    make_note, sales_clerk, production, now
):
    note = fetched(make_note, now, issuer=sales_clerk)
    note.ship_on = date(2099, 1, 1)
    note.save()
    assert how_many(pickups, sales_clerk) == (1, False)

    note.ship_on = date(2020, 1, 1)
    note.save()
    assert how_many(pickups, sales_clerk) == (1, True)
    assert how_many(pickups, production) == (0, False)

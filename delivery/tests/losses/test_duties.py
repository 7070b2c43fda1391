"""3.2.2 每筆途損在負責人或銷售部經理的待辦裡,直到了結或核銷."""

from datetime import UTC, datetime, timedelta

import pytest

from aftersales.accounts.models import Leave
from delivery.models import TransitLoss
from delivery.tests.floor import how_many
from delivery.tests.losses.cases import at_state, carried, make_loss, opened, reported
from delivery.todo import losses

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


@pytest.fixture
def loss(make_note, now):
    return make_loss(make_note, now)


def due_of(user, now) -> list[tuple]:
    return [(task.verb, task.url, task.due_at, task.waits_for) for task in losses.tasks(user, now)]


def test_the_owner_claims_within_three_days(loss, now):
    assert due_of(loss.owner, now) == [
        ("向承運商索賠", f"/delivery/losses/{loss.number}/claim/", now + timedelta(days=3), "")
    ]


def test_or_before_the_agreement_ends(loss, now):
    loss.agreement.claim_within_days = 2
    loss.agreement.save()

    [task] = losses.tasks(loss.owner, now)

    assert task.due_at == datetime(2026, 11, 26, 9, 30, tzinfo=UTC)  # 17:30 in Shanghai


def test_first_the_amount_where_a_line_has_none(make_note, now):
    note = carried(make_note(now, state="signed"))
    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    [task] = losses.tasks(loss.owner, now)

    assert (task.verb, task.url) == ("核定損失金額", f"/delivery/losses/{loss.number}/assess/")


def test_a_claim_waits_for_the_carrier_and_is_chased_after_14_days(loss, now):
    at_state(loss, "claimed", now)  # claimed on 24 November
    remind_at = datetime(2026, 12, 8, 9, 30, tzinfo=UTC)

    [waiting] = losses.tasks(loss.owner, remind_at - timedelta(seconds=1))
    [chased] = losses.tasks(loss.owner, remind_at)

    assert (waiting.verb, waiting.waits_for) == ("登記對方答復", "承運商")
    assert (chased.verb, chased.waits_for, chased.due_at) == ("催承運商答復", "", remind_at)


def test_a_refusal_comes_back_to_the_owner(loss, now):
    at_state(loss, "rejected", now, reply="不賠", replied_on=now.date())

    [task] = losses.tasks(loss.owner, now)

    assert (task.verb, task.waits_for) == ("再次索賠或核銷", "")


def test_the_manager_settles_and_the_owner_waits(loss, sales_manager, now):
    at_state(loss, "accepted", now)

    assert [task.verb for task in losses.tasks(sales_manager, now)] == ["了結索賠"]
    [waiting] = losses.tasks(loss.owner, now)
    assert waiting.waits_for == "銷售部經理"


def test_the_manager_resolves_an_incident(make_note, sales_manager, now):
    incident = make_loss(make_note, now, by_carrier=False)

    [task] = losses.tasks(sales_manager, now)

    assert (task.verb, task.who, task.number) == ("了結事故", "公司車隊", incident.number)


def test_what_an_owner_who_has_left_held_is_handed_on(loss, sales_manager, now):
    loss.owner.is_active = False
    loss.owner.save()

    [task] = losses.tasks(sales_manager, now)

    assert (task.verb, task.url) == ("改派負責人", f"/delivery/losses/{loss.number}/hand-on/")


@pytest.mark.parametrize("state", TransitLoss.ENDED)
def test_what_has_ended_waits_for_nobody(loss, sales_manager, now, state):
    at_state(loss, state, now)

    assert not list(losses.tasks(sales_manager, now))
    assert not list(losses.tasks(loss.owner, now))


def test_others_have_nothing_to_do_with_it(loss, warehouse_keeper, make_user, now):
    assert not list(losses.tasks(warehouse_keeper, now))
    assert not list(losses.tasks(make_user("salesperson"), now))


def test_the_deputy_of_the_owner_has_it_marked_so(loss, make_user, now):
    deputy = make_user("salesperson")
    Leave.objects.create(
        user=loss.owner, deputy=deputy, created_by=deputy, created_at=now,
        starts_at=datetime(2020, 1, 1, tzinfo=UTC), ends_at=datetime(2100, 1, 1, tzinfo=UTC),
    )  # fmt: skip

    [task] = losses.tasks(deputy, now)

    assert task.on_behalf_of == loss.owner.display_name


def test_the_count_leaves_out_what_waits_for_others(loss, make_note, now):
    at_state(make_loss(make_note, now), "claimed", datetime(2100, 1, 1, tzinfo=UTC))

    assert how_many(losses, loss.owner) == (1, False)


def test_the_count_says_that_one_is_late(make_note):
    loss = make_loss(make_note, datetime(2020, 1, 6, 6, 0, tzinfo=UTC))

    assert how_many(losses, loss.owner) == (1, True)


def test_it_costs_the_same_queries_however_many_wait(
    loss, make_note, now, django_assert_max_num_queries
):
    for _number in range(4):
        make_loss(make_note, now)

    with django_assert_max_num_queries(4):
        assert len(list(losses.tasks(loss.owner, now))) == 5

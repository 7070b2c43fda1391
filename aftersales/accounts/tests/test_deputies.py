"""A deputy (代理人) acts for the absent person in that time only, marked so (2.4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aftersales.accounts.models import Leave, RoleAssignment, User
from aftersales.core import audit, notices
from aftersales.core.workflow import Transition

pytestmark = pytest.mark.clause("2.4")
RELEASE = "delivery.release_shippingnote"
STEP = Transition("release", ("submitted",), "released", RELEASE, "簽發", "3.1.3")


def away(user, deputy, *, start, end, **extra):
    now = timezone.now()
    return Leave.objects.create(
        user=user, deputy=deputy, starts_at=now + start, ends_at=now + end,
        created_by=user, created_at=now, **extra,
    )  # fmt: skip


def again(user) -> User:
    """The person as the next request finds it."""
    return User.objects.get(pk=user.pk)


HOUR = timedelta(hours=1)


def test_a_deputy_may_what_the_absent_person_may(leader, sales_manager):
    assert not again(sales_manager).has_perm(RELEASE)

    away(leader, sales_manager, start=-HOUR, end=HOUR)

    assert again(sales_manager).has_perm(RELEASE)
    assert again(sales_manager).acting_for(RELEASE) == "分管領導"


@pytest.mark.parametrize(
    ("start", "end"), [(-2 * HOUR, -HOUR), (HOUR, 2 * HOUR)], ids=["before", "after"]
)
def test_outside_the_time_a_deputy_may_nothing_more(leader, sales_manager, start, end):
    away(leader, sales_manager, start=start, end=end)

    assert not again(sales_manager).has_perm(RELEASE)


def test_a_cancelled_leave_gives_nothing(leader, sales_manager):
    away(leader, sales_manager, start=-HOUR, end=HOUR, cancelled_at=timezone.now())

    assert not again(sales_manager).has_perm(RELEASE)


def test_a_deputy_of_a_deputy_may_nothing_more(leader, sales_manager, quality_manager):
    away(leader, sales_manager, start=-HOUR, end=HOUR)
    away(sales_manager, quality_manager, start=-HOUR, end=HOUR)

    assert not again(quality_manager).has_perm(RELEASE)


def test_the_absent_person_who_has_left_passes_nothing_on(leader, sales_manager):
    away(leader, sales_manager, start=-HOUR, end=HOUR)
    leader.is_active = False
    leader.save()

    assert not again(sales_manager).has_perm(RELEASE)


def test_the_trail_says_for_whom_the_deputy_acted(leader, sales_manager, now):
    away(leader, sales_manager, start=-HOUR, end=HOUR)

    acted = audit.record(leader, "x.released", actor=again(sales_manager), now=now, step=STEP)

    assert (acted.actor, acted.on_behalf_of) == (sales_manager, "分管領導")


def test_what_the_own_roles_allow_is_not_marked(leader, make_user, now):
    second = make_user("leader", name="第二位領導")
    away(leader, second, start=-HOUR, end=HOUR)

    acted = audit.record(leader, "x.released", actor=again(second), now=now, step=STEP)

    assert acted.on_behalf_of == ""


def test_a_deputy_of_two_acts_for_the_one_of_whom_the_act_is_independent(make_user):
    first, second = make_user("leader", name="甲"), make_user("leader", name="乙")
    deputy, other = make_user("sales_manager"), make_user("sales_manager")
    away(first, deputy, start=-HOUR, end=HOUR)
    away(first, other, start=2 * HOUR, end=3 * HOUR)
    away(second, deputy, start=-HOUR, end=HOUR)

    deputy = again(deputy)

    assert deputy.principals_for(RELEASE) == [first, second]
    assert deputy.acting_for(RELEASE, other_than=first.pk) == "乙"
    assert deputy.acting_for(RELEASE, other_than=second.pk) == "甲"
    assert all(deputy.acts_apart_from(one.pk, RELEASE) for one in (first, second))
    assert not deputy.acts_apart_from(deputy.pk, RELEASE)


def test_a_deputy_of_one_does_not_act_apart_from_that_one(leader, sales_manager):
    away(leader, sales_manager, start=-HOUR, end=HOUR)

    assert not again(sales_manager).acts_apart_from(leader.pk, RELEASE)


def test_whoever_asks_for_a_page_comes_with_the_absent_people_and_all_roles_in_one_query(
    leader, make_user, sales_manager, django_assert_num_queries
):
    away(leader, sales_manager, start=-HOUR, end=HOUR)
    away(make_user("quality_manager"), sales_manager, start=-HOUR, end=HOUR)

    RoleAssignment.objects.create(user=sales_manager, role="general_manager")

    with django_assert_num_queries(1):
        deputy = User.objects.signed_in(sales_manager.pk, timezone.now())
        allowed = deputy.has_perm(RELEASE)
        labels = [person.role_labels for person in (deputy, *deputy.absent_principals)]

    assert allowed
    assert labels == ["銷售部經理、總經理", "分管領導", "質量部經理"]
    assert deputy.absent_principals == again(sales_manager).absent_principals


def test_whoever_has_left_is_not_signed_in(leader, sales_manager):
    away(sales_manager, leader, start=-HOUR, end=HOUR)
    User.objects.filter(pk=leader.pk).update(is_active=False)

    assert User.objects.signed_in(leader.pk, timezone.now()) is None


def test_whoever_has_no_role_yet_is_signed_in_without_any(make_user):
    newcomer = make_user()

    found = User.objects.signed_in(newcomer.pk, timezone.now())

    assert (found, found.role_codes, found.absent_principals) == (newcomer, frozenset(), [])


def test_the_deputy_gets_the_notices_of_the_absent_person_marked_so(leader, sales_manager):
    away(leader, sales_manager, start=-HOUR, end=HOUR)

    notices.send([leader], key="k", title="待簽發", now=timezone.now())

    assert leader.notices.get().on_behalf_of == ""
    assert sales_manager.notices.get().on_behalf_of == "分管領導"


def test_the_deputies_of_many_are_found_at_once(
    leader, sales_manager, quality_manager, make_user, django_assert_num_queries
):
    away(leader, sales_manager, start=-HOUR, end=HOUR)
    away(quality_manager, leader, start=-HOUR, end=HOUR)
    people = [leader, quality_manager, make_user("sales_clerk")]

    with django_assert_num_queries(4):  # leaves, deputies, who has it already, the new rows
        written = notices.send(people, key="k", title="停線", now=timezone.now())

    told = {notice.recipient: notice.on_behalf_of for notice in leader.notices.model.objects.all()}
    assert written == len(told) == 4
    assert told[sales_manager] == "分管領導"
    assert told[leader] == ""  # in the own name, though also for the quality manager

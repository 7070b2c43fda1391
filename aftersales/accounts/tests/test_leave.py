"""2.4 主管處理日常事項並及時上報: somebody away names a deputy, so that nothing stands still."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from aftersales.accounts import actions
from aftersales.accounts.models import Leave
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.tests.racing import race

pytestmark = pytest.mark.clause("2.4")
DAY = timedelta(days=1)


def leave_of(user, deputy, now, *, actor=None, start=0, end=3, **extra):
    return actions.create_leave(
        actor=actor or user, now=now, user=user, deputy=deputy,
        starts_at=now + start * DAY, ends_at=now + end * DAY, **extra,
    )  # fmt: skip


def test_a_leave_is_kept_and_the_deputy_is_told(leader, sales_manager, now):
    leave = leave_of(leader, sales_manager, now, reason="年假")

    assert Leave.objects.get() == leave
    assert audit.timeline(leave)[0].event == "leave.registered"
    (notice,) = sales_manager.notices.all()
    assert notice.title == "2026-11-24 14:20 至 2026-11-27 14:20 由 銷售部經理 代理 分管領導"
    assert not leader.notices.exists()


def test_two_leaves_of_one_person_do_not_overlap(leader, sales_manager, now):
    leave_of(leader, sales_manager, now, start=1, end=5)

    with pytest.raises(RuleViolation, match="2026-11-25 14:20 至 2026-11-29 14:20") as refusal:
        leave_of(leader, sales_manager, now, start=4, end=8)

    assert refusal.value.field == "starts_at"
    assert refusal.value.clause == "2.4"


def test_a_leave_may_begin_the_moment_another_ends(leader, sales_manager, now):
    leave_of(leader, sales_manager, now, start=1, end=5)
    leave_of(leader, sales_manager, now, start=5, end=8)

    assert Leave.objects.count() == 2


def test_a_deputy_who_is_away_then_is_refused_with_the_dates(
    leader, sales_manager, quality_manager, now
):
    leave_of(sales_manager, quality_manager, now, start=2, end=4)

    with pytest.raises(RuleViolation, match="銷售部經理 在 2026-11-26 14:20") as refusal:
        leave_of(leader, sales_manager, now)

    assert refusal.value.field == "deputy"


def test_whoever_loses_the_deputy_by_a_leave_is_told(leader, sales_manager, quality_manager, now):
    leave_of(leader, sales_manager, now)

    leave_of(sales_manager, quality_manager, now, start=2, end=4)

    assert "請另定代理人" in leader.notices.get().title


def test_nobody_is_the_own_deputy(leader, now):
    with pytest.raises(ValidationError, match="代理人不能是休假人本人"):
        leave_of(leader, leader, now)


def test_a_leave_ends_after_it_starts_and_after_now_and_within_a_year(leader, sales_manager, now):
    with pytest.raises(ValidationError, match="結束要晚於開始"):
        leave_of(leader, sales_manager, now, start=3, end=3)
    with pytest.raises(RuleViolation, match="已經過去"):
        leave_of(leader, sales_manager, now, start=-3, end=0)
    with pytest.raises(RuleViolation, match="最長 366 天"):
        leave_of(leader, sales_manager, now, end=367)


def test_somebody_who_has_left_is_no_deputy(leader, make_user, now):
    gone = make_user("sales_manager", name="已離職", is_active=False)

    with pytest.raises(RuleViolation, match="已離職 已停用"):
        leave_of(leader, gone, now)


def test_a_manager_registers_leave_for_the_own_department_only(
    sales_department, make_user, leader, now
):
    manager = make_user("sales_manager", department=sales_department)
    clerk = make_user("sales_clerk", department=sales_department)
    second = make_user("sales_clerk", department=sales_department)

    leave = leave_of(clerk, second, now, actor=manager)

    assert clerk.notices.get().title.endswith("由 銷售內勤 代理 銷售內勤")
    assert leave.created_by == manager
    with pytest.raises(RuleViolation, match="請由 分管領導 本人登記"):
        leave_of(leader, second, now, actor=manager)


def test_a_manager_does_not_make_himself_the_deputy_of_somebody_else(administrator, leader, now):
    with pytest.raises(RuleViolation, match="不能指定自己為代理人"):
        leave_of(leader, administrator, now, actor=administrator)


def test_a_colleague_registers_nothing_for_others(sales_clerk, leader, production, now):
    with pytest.raises(RuleViolation, match="只能為自己"):
        leave_of(leader, production, now, actor=sales_clerk)


def test_a_cancelled_leave_holds_no_more_and_both_are_told(
    leader, sales_manager, administrator, now
):
    leave = leave_of(leader, sales_manager, now)

    actions.cancel_leave(leave, actor=administrator, now=now + DAY, reason="提早回來")

    assert not Leave.objects.at(now + 2 * DAY).exists()
    assert audit.timeline(leave)[0].data == {"reason": "提早回來"}
    for person in (leader, sales_manager):
        assert person.notices.filter(title__endswith="已取消").exists()
    leave_of(leader, sales_manager, now + 2 * DAY, end=2)  # the time is free again


def test_a_leave_that_is_over_or_anothers_is_not_cancelled(leader, sales_manager, sales_clerk, now):
    leave = leave_of(leader, sales_manager, now)

    with pytest.raises(RuleViolation, match="本人取消"):
        actions.cancel_leave(leave, actor=sales_clerk, now=now)
    with pytest.raises(RuleViolation, match="結束"):
        actions.cancel_leave(leave, actor=leader, now=now + 3 * DAY)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_overlapping_leaves_at_the_same_moment_one_is_kept(make_user, now):
    kept = []
    for turn in range(5):
        person, one, two = (make_user("production", username=f"{n}{turn}") for n in "abc")
        race([partial(leave_of, person, deputy, now) for deputy in (one, two)])
        kept.append(Leave.objects.filter(user=person).count())

    assert kept == [1] * 5


# --- the pages -------------------------------------------------------------------------------


def test_the_page_registers_the_own_leave_and_shows_a_refusal_beside_its_field(
    client, leader, sales_manager
):
    client.force_login(leader)
    start = timezone.localtime(timezone.now() + DAY)
    form = {
        "user": leader.pk,
        "deputy": sales_manager.pk,
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (start + DAY).strftime("%Y-%m-%dT%H:%M"),
    }

    answer = client.post(reverse("leave_create"), form)
    again = client.post(reverse("leave_create"), form)

    leave = Leave.objects.get()
    assert answer.url == reverse("leave_list")
    assert timezone.localtime(leave.starts_at).hour == start.hour
    assert "重疊" in again.context["form"].errors["starts_at"][0]


def test_the_list_shows_what_concerns_the_person_and_another_leave_is_404(
    client, leader, sales_manager, production
):
    leave = leave_of(leader, sales_manager, timezone.now())
    cancel = reverse("leave_cancel", args=[leave.pk])

    client.force_login(production)
    assert list(client.get(reverse("leave_list")).context["page"]) == []
    assert client.get(cancel).status_code == 404
    client.force_login(sales_manager)
    assert list(client.get(reverse("leave_list")).context["page"]) == [leave]
    client.force_login(leader)
    assert client.post(cancel, {"reason": "不去了"}).status_code == 302
    assert Leave.objects.get().cancelled_at


def test_the_form_offers_only_people_one_looks_after(client, sales_clerk, leader):
    client.force_login(sales_clerk)

    offered = client.get(reverse("leave_create")).context["form"].fields["user"].queryset

    assert list(offered) == [sales_clerk]

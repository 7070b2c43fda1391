"""待辦: for each role what waits for it, what waits for others, and the figure in the navigation."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from aftersales.accounts.models import Leave, User
from delivery import navigation, todo
from delivery.actions import send_back_note, withdraw_note
from delivery.models import ShippingNote

pytestmark = pytest.mark.clause("3.1")


@pytest.fixture
def waiting(now):
    """waiting(user): (verb, number, whom it waits for) of the user's tasks."""

    def list_of(user):
        user = User.objects.get(pk=user.pk)
        return [(task.verb, task.number, task.waits_for) for task in todo.tasks(user, now)]

    return list_of


def test_the_clerk_completes_and_submits_the_own_drafts(waiting, make_note, sales_clerk, now):
    bare = make_note(now, issuer=sales_clerk)
    ready = make_note(
        now,
        issuer=sales_clerk,
        final_inspection_no="ZJ-1",
        final_inspection_on=date(2026, 11, 24),
        final_inspection_by="何雅婷",
    )

    assert waiting(sales_clerk) == [
        ("補齊草稿", bare.title, ""),
        ("提交簽發", ready.title, ""),
    ]


def test_what_was_sent_back_says_why(make_note, sales_clerk, leader, now):
    note = make_note(now, state="submitted", issuer=sales_clerk)
    send_back_note(note, actor=leader, now=now, reason="單價不對")

    task = next(iter(todo.tasks(sales_clerk, now)))

    assert (task.verb, task.about) == ("修改後再提交", "退回：單價不對")


def test_a_revision_waits_for_its_change(waiting, make_note, sales_clerk, now):
    note = make_note(now, state="released", issuer=sales_clerk)
    revision = withdraw_note(note, actor=sales_clerk, now=now, reason="改數量")

    assert ("修改後再提交", revision.title, "") in waiting(sales_clerk)


def test_quality_sees_the_drafts_without_inspection(waiting, make_note, quality_engineer, now):
    note = make_note(now)
    make_note(now, state="submitted")

    assert waiting(quality_engineer) == [("登記終檢合格", note.title, "")]


def test_the_salesperson_arranges_for_the_own_customers(
    waiting, make_note, make_customer, salesperson, now
):
    own = make_note(now, customer=make_customer("自己的", salesperson=salesperson))
    make_note(now, customer=make_customer("別人的"))

    assert waiting(salesperson) == [("安排交付", own.title, "")]


def test_the_manager_arranges_where_nobody_is_named(waiting, make_note, sales_manager, now):
    note = make_note(now)

    assert waiting(sales_manager) == [("安排交付", note.title, "")]


def test_the_keeper_acknowledges_then_counts(waiting, make_note, warehouse_keeper, now):
    asked = make_note(now)
    ShippingNote.objects.filter(pk=asked.pk).update(scheduled_at=now)
    notes = {state: make_note(now, state=state) for state in ("released", "verifying", "adjusting")}

    assert waiting(warehouse_keeper) == [
        ("確認備貨通知", asked.title, ""),
        ("開始核對", notes["released"].title, ""),
        ("繼續核對", notes["verifying"].title, ""),
        ("調整差異", notes["adjusting"].title, ""),
    ]


def test_the_leader_releases_what_is_arranged_and_not_the_own(
    waiting, make_note, make_user, leader, now
):
    note = make_note(now, state="submitted")
    bare = make_note(now, state="submitted")
    ShippingNote.objects.filter(pk=bare.pk).update(scheduled_at=None)
    own = make_user("leader", "sales_clerk")
    make_note(now, state="submitted", issuer=own)

    assert ("簽發", note.title, "") in waiting(leader)
    assert bare.title not in {number for _verb, number, _whom in waiting(leader)}
    own_tasks = [task for task in waiting(own) if task[0] == "簽發" and not task[2]]
    assert own_tasks == [("簽發", note.title, "")]


def test_the_clerk_sees_at_whose_desk_the_own_notes_lie(waiting, make_note, sales_clerk, now):
    arranged = make_note(now, state="submitted", issuer=sales_clerk)
    bare = make_note(now, state="submitted", issuer=sales_clerk)
    ShippingNote.objects.filter(pk=bare.pk).update(scheduled_at=None)

    assert waiting(sales_clerk) == [
        ("簽發", arranged.title, "分管領導"),
        ("安排交付", bare.title, "業務員"),
    ]


def test_the_shipping_clerk_names_the_vehicle_issues_and_files(
    waiting, make_note, shipping_clerk, now
):
    released = make_note(now, state="released")
    verified = make_note(now, state="verified")
    signed = make_note(now, state="signed")

    assert waiting(shipping_clerk) == [
        ("指定車輛與司機", released.title, ""),
        ("出庫放行", verified.title, ""),
        ("歸檔簽收單", signed.title, ""),
    ]


def test_a_task_is_due_at_the_close_of_the_local_day_of_shipping(make_note, leader, now):
    make_note(now, state="submitted")

    task = next(iter(todo.tasks(leader, now)))

    assert task.due_at == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert task.clause == "3.1.3"
    assert task.about == "多級離心泵、機械密封"


def test_filing_the_signed_paper_is_not_late_because_the_goods_have_left(
    make_note, shipping_clerk, now
):
    note = make_note(now, state="signed")
    ShippingNote.objects.filter(pk=note.pk).update(ship_on=date(2026, 1, 5))

    task = next(iter(todo.tasks(shipping_clerk, now)))

    assert (task.verb, task.due_at) == ("歸檔簽收單", None)
    assert navigation.count(shipping_clerk) == (1, False)


def test_a_clerk_does_not_inspect_for_other_clerks(waiting, make_note, make_user, now):
    make_note(now, issuer=make_user("sales_clerk"))

    assert waiting(make_user("sales_clerk")) == []


def test_what_a_deputy_does_for_somebody_is_marked(make_note, make_user, now):
    absent, deputy = make_user("leader", name="鄭國棟"), make_user("production")
    moment = timezone.now()
    Leave.objects.create(
        user=absent,
        deputy=deputy,
        starts_at=moment - timedelta(days=1),
        ends_at=moment + timedelta(days=1),
        created_by=absent,
        created_at=moment,
    )
    make_note(now, state="submitted")

    task = next(iter(todo.tasks(deputy, now)))

    assert task.on_behalf_of == "鄭國棟"


@pytest.mark.parametrize("role", ["service_engineer", "production", "general_manager"])
def test_who_has_no_step_has_nothing_to_do(waiting, make_note, make_user, now, role):
    for state in ("draft", "submitted", "released", "signed"):
        make_note(now, state=state)

    assert waiting(make_user(role)) == []


def test_what_has_ended_waits_for_nobody(waiting, make_note, make_user, now):
    for state in ("closed", "withdrawn", "refused", "cancelled"):
        make_note(now, state=state)
    everybody = make_user("sales_clerk", "leader", "warehouse_keeper", "shipping_clerk")

    assert waiting(everybody) == []


def test_the_navigation_counts_in_one_query_and_is_red_when_a_day_has_passed(
    make_note, leader, now, django_assert_num_queries
):
    note = make_note(now, state="submitted")
    make_note(now, state="draft")
    ShippingNote.objects.filter(pk=note.pk).update(ship_on=timezone.localdate())
    user = User.objects.prefetch_related("role_assignments").get(pk=leader.pk)
    assert user.role_codes
    assert user.absent_principals == []

    with django_assert_num_queries(1):
        assert navigation.count(user) == (1, False)

    ShippingNote.objects.filter(pk=note.pk).update(ship_on=timezone.localdate() - timedelta(days=1))
    assert navigation.count(user) == (1, True)


@pytest.mark.parametrize(
    "roles",
    [
        ("sales_clerk",), ("salesperson",), ("sales_manager",), ("logistics_clerk",), ("leader",),
        ("warehouse_keeper",), ("shipping_clerk",), ("quality_engineer",),
        ("sales_clerk", "sales_manager", "shipping_clerk"),
    ],
    ids="+".join,
)  # fmt: skip
def test_the_figure_in_the_navigation_is_the_number_of_notes_in_the_list(
    make_note, make_user, now, roles
):
    person = make_user(*roles)
    issuer = make_user("sales_clerk") if "leader" in roles else person
    for state in ShippingNote.State.values:
        make_note(now, state=state, issuer=issuer, salesperson=person)
    person = User.objects.get(pk=person.pk)

    own = {task.number for task in todo.tasks(person, now) if not task.waits_for}

    assert navigation.count(person)[0] == len(own)


def test_the_figure_follows_the_roles_of_the_person_at_once(make_note, leader, now):
    make_note(now, state="submitted")
    before = navigation.count(User.objects.get(pk=leader.pk))
    leader.role_assignments.all().delete()

    assert (before[0], navigation.count(User.objects.get(pk=leader.pk))) == (1, (0, False))


def test_the_figure_of_a_deputy_ends_with_the_leave(make_note, leader, sales_manager, now):
    make_note(now, state="submitted")
    moment = timezone.now()
    leave = Leave.objects.create(
        user=leader, deputy=sales_manager, starts_at=moment - timedelta(hours=1),
        ends_at=moment + timedelta(hours=1), created_by=leader, created_at=moment,
    )  # fmt: skip
    meanwhile = navigation.count(User.objects.get(pk=sales_manager.pk))
    Leave.objects.filter(pk=leave.pk).update(cancelled_at=moment)

    assert (meanwhile[0], navigation.count(User.objects.get(pk=sales_manager.pk))[0]) == (1, 0)


def test_the_home_page_shows_the_tasks(client, make_note, leader, now):
    note = make_note(now, state="submitted")
    client.force_login(leader)

    page = client.get("/").content.decode()

    assert f"{note.get_absolute_url()}release/" in page

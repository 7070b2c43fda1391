"""2 Who does what: people hold roles; somebody always looks after them; nobody is deleted."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aftersales.accounts import actions
from aftersales.accounts.actions.users import FACTS
from aftersales.accounts.models import Leave, User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.tests.racing import race

QIAN = {
    "username": "qian", "employee_no": "S0300", "name": "錢進", "email": "qian@example.com",
    "phone": "", "department": None, "level": "staff", "superior": None,
}  # fmt: skip


def facts_of(user, **changed):
    return {field: getattr(user, field) for field in FACTS} | changed


def edit(user, actor, now, *, version=None, roles=None, **changed):
    return actions.edit_user(
        user,
        actor=actor,
        now=now,
        version=version or user.version,
        roles=user.role_codes if roles is None else roles,
        **facts_of(user, **changed),
    )


@pytest.mark.clause("2")
def test_a_new_person_has_roles_no_password_yet_and_one_audit_row(administrator, now):
    user = actions.create_user(actor=administrator, now=now, roles=["leader", "production"], **QIAN)

    user = User.objects.get(pk=user.pk)
    assert user.role_codes == {"leader", "production"}
    assert user.has_perm("delivery.release_shippingnote")
    assert not user.has_usable_password()
    assert user.password_mail_due_at == now
    (entry,) = audit.timeline(user)
    assert (entry.event, entry.actor, entry.data["roles"]) == (
        "user.created", administrator, ["leader", "production"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "taken"), [("username", "S0127"), ("username", "SHEN"), ("employee_no", "shen")]
)
def test_a_login_name_is_one_persons_in_any_case_and_either_field(
    administrator, make_user, now, field, taken
):
    make_user("sales_clerk", username="shen", employee_no="s0127", name="沈麗君")

    with pytest.raises(RuleViolation, match="沈麗君（s0127）") as refusal:
        actions.create_user(actor=administrator, now=now, **(QIAN | {field: taken}))

    assert refusal.value.field == field
    assert not User.objects.filter(name="錢進").exists()


def test_the_database_refuses_a_second_name_that_differs_in_case_only(make_user):
    make_user("sales_clerk", username="shen")

    with pytest.raises(ValidationError, match="不分大小寫"):
        User(username="Shen", employee_no="S9", name="x", password="x").full_clean()


def test_an_edit_says_in_the_trail_what_was_and_what_is(administrator, sales_clerk, leader, now):
    edit(sales_clerk, administrator, now, phone="8021", superior=leader, roles=["production"])

    changed = audit.timeline(sales_clerk)[0].data["changes"]
    assert changed == {
        "電話": ["", "8021"],
        "直屬上級": ["", "分管領導"],
        "角色": ["銷售內勤", "生產部"],
    }
    assert User.objects.get(pk=sales_clerk.pk).role_codes == {"production"}


def test_an_edit_overtaken_by_another_is_stale(administrator, sales_clerk, now):
    edit(sales_clerk, administrator, now, phone="1")

    with pytest.raises(StaleEdit) as refusal:
        edit(sales_clerk, administrator, now, version=1, phone="2")

    assert refusal.value.current.phone == "1"


@pytest.mark.clause("2.4")
def test_the_line_of_superiors_never_goes_round(administrator, sales_clerk, leader, now):
    edit(sales_clerk, administrator, now, superior=leader)

    with pytest.raises(RuleViolation, match="請另選直屬上級"):
        edit(leader, administrator, now, superior=sales_clerk)


def test_the_last_administrator_keeps_the_role(administrator, now):
    with pytest.raises(RuleViolation, match="唯一的系統管理員"):
        edit(administrator, administrator, now, roles=["leader"])

    assert User.objects.get(pk=administrator.pk).role_codes == {"administrator"}


def test_one_of_two_administrators_may_give_up_the_role(administrator, make_user, now):
    make_user("administrator", username="second")

    edit(administrator, administrator, now, roles=[])

    assert User.objects.get(pk=administrator.pk).role_codes == frozenset()


def test_an_administrator_who_has_left_does_not_count(administrator, make_user, now):
    make_user("administrator", username="gone", is_active=False)

    with pytest.raises(RuleViolation, match="唯一的系統管理員"):
        edit(administrator, administrator, now, roles=[])


def test_nobody_deactivates_himself_or_the_last_administrator(administrator, make_user, now):
    helper = make_user("production", username="helper")

    with pytest.raises(RuleViolation, match="不能停用自己"):
        actions.deactivate_user(administrator, actor=administrator, now=now, reason="x")
    with pytest.raises(RuleViolation, match="唯一的系統管理員"):
        actions.deactivate_user(administrator, actor=helper, now=now, reason="x")


def test_a_deactivated_person_stays_with_all_records_and_may_come_back(
    administrator, sales_clerk, now
):
    actions.deactivate_user(sales_clerk, actor=administrator, now=now, reason="離職")
    gone = User.objects.get(pk=sales_clerk.pk)
    assert not gone.is_active
    assert not gone.has_perm("delivery.edit_shippingnote")

    actions.reactivate_user(gone, actor=administrator, now=now, reason="回任")

    assert User.objects.get(pk=gone.pk).has_perm("delivery.edit_shippingnote")
    assert [entry.event for entry in audit.timeline(gone)] == [
        "user.reactivated", "user.deactivated",
    ]  # fmt: skip


@pytest.mark.clause("2.4")
def test_a_deputy_in_office_is_not_deactivated(administrator, leader, sales_manager, now):
    Leave.objects.create(
        user=leader, deputy=sales_manager, starts_at=now, ends_at=now + timedelta(days=2),
        created_by=leader, created_at=now,
    )  # fmt: skip

    with pytest.raises(RuleViolation, match="分管領導 2026-11-24 14:20 至 2026-11-26 14:20"):
        actions.deactivate_user(sales_manager, actor=administrator, now=now, reason="離職")


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_at_once_leave_one(make_user, now):
    left = []
    for turn in range(5):
        one, two = (make_user("administrator", username=f"{name}{turn}") for name in ("a", "b"))
        remove = partial(actions.deactivate_user, now=now, reason="x")
        race([partial(remove, one, actor=two), partial(remove, two, actor=one)])
        left.append(User.objects.with_role("administrator").count())
        User.objects.filter(pk__in=[one.pk, two.pk]).update(is_active=False)

    assert left == [1] * 5


# --- the pages -------------------------------------------------------------------------------


def sent(user=None, **changed):
    facts = QIAN | {"department": "", "superior": ""}
    if user:
        facts = {
            key: getattr(value, "pk", value) or "" for key, value in facts_of(user).items()
        } | {"version": user.version, "roles": list(user.role_codes)}
    return facts | changed


def test_the_page_creates_a_person_once_however_often_it_is_sent(client, administrator):
    client.force_login(administrator)
    form = sent(roles=["production"], form_key="k" * 24)

    first = client.post(reverse("user_create"), form)
    second = client.post(reverse("user_create"), form)

    person = User.objects.get(username="qian")
    assert first.url == second.url == reverse("user_detail", args=[person.pk])
    assert "錢進 已建檔" in client.get(first.url).content.decode()


def test_a_refusal_stands_beside_its_field_and_nothing_is_stored(
    client, administrator, sales_clerk
):
    client.force_login(administrator)

    page = client.post(reverse("user_create"), sent(employee_no=sales_clerk.username))

    (error,) = page.context["form"].errors["employee_no"]
    assert error == "「sales_clerk」已經是 銷售內勤（T0002）的帳號或工號，請換一個"
    assert list(page.context["form"].errors) == ["employee_no"]
    assert not User.objects.filter(username="qian").exists()


def test_a_stale_form_meets_both_versions_and_may_overwrite_on_purpose(
    client, administrator, sales_clerk, now
):
    client.force_login(administrator)
    stale = sent(sales_clerk, phone="8888")
    edit(sales_clerk, administrator, now, phone="7777")
    address = reverse("user_edit", args=[sales_clerk.pk])

    page = client.post(address, stale)

    html = page.content.decode()
    assert "7777" in html
    assert "8888" in html
    assert "用我的版本覆蓋" in html
    assert page.context["versions"][-1] == {
        "label": "角色", "theirs": "銷售內勤", "yours": "銷售內勤",
    }  # fmt: skip
    assert User.objects.get(pk=sales_clerk.pk).phone == "7777"
    again = stale | {"version": page.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    assert User.objects.get(pk=sales_clerk.pk).phone == "8888"


def test_deactivating_asks_first_and_wants_a_reason(client, administrator, sales_clerk):
    client.force_login(administrator)
    address = reverse("user_deactivate", args=[sales_clerk.pk])

    question = client.get(address)
    without = client.post(address, {"reason": ""})

    assert "停用 銷售內勤？" in question.content.decode()
    assert without.status_code == 200
    assert User.objects.get(pk=sales_clerk.pk).is_active
    assert client.post(address, {"reason": "離職"}).status_code == 302
    assert not User.objects.get(pk=sales_clerk.pk).is_active


def test_the_form_shows_beside_each_role_what_it_allows(client, administrator):
    client.force_login(administrator)

    page = client.get(reverse("user_create")).content.decode()

    assert "簽發、退回或不予簽發" in page
    assert page.count('name="roles"') == 18


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=沈丽", ["沈麗君"]),
        ("q=s0127", ["沈麗君"]),
        ("role=leader", ["分管領導"]),
        ("active=no", ["已離職"]),
        ("q=nobody", []),
    ],
)
def test_people_are_found_by_words_in_either_script_role_and_state(
    client, administrator, make_user, leader, query, found
):
    make_user("sales_clerk", username="shen", employee_no="S0127", name="沈麗君")
    make_user("production", username="gone", name="已離職", is_active=False)
    client.force_login(administrator)

    page = client.get(f"{reverse('user_list')}?{query}")

    assert [person.name for person in page.context["page"]] == found


def test_the_list_of_people_takes_as_many_queries_for_sixty_as_for_six(
    client, administrator, make_user, django_assert_max_num_queries
):
    client.force_login(administrator)
    for number in range(5):
        make_user("production", username=f"few{number}")
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("user_list"))
    for number in range(60):
        make_user("production", username=f"many{number}", superior=administrator)

    with django_assert_max_num_queries(12) as many:
        client.get(reverse("user_list"))

    assert len(many) == len(few)

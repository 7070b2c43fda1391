"""2 Departments: who answers for what stands under whom."""

import pytest
from django.urls import reverse

from aftersales.accounts import actions
from aftersales.accounts.models import Department
from aftersales.core import audit
from aftersales.core.errors import RuleViolation, StaleEdit


def edit(department, actor, now, *, version=None, **changed):
    facts = {name: getattr(department, name) for name in ("code", "name", "parent", "is_active")}
    return actions.edit_department(
        department, actor=actor, now=now, version=version or department.version, **facts | changed
    )


def test_a_department_is_made_and_changed_with_what_was_and_is(
    administrator, sales_department, now
):
    made = actions.create_department(
        actor=administrator, now=now, code="XS-1", name="外銷組", parent=sales_department,
        is_active=True,
    )  # fmt: skip
    edit(made, administrator, now, name="外銷科")

    assert Department.objects.get(code="XS-1").name == "外銷科"
    assert audit.timeline(made)[0].data["changes"] == {"名稱": ["外銷組", "外銷科"]}


def test_a_department_does_not_stand_under_itself(administrator, sales_department, now):
    below = Department.objects.create(code="XS-1", name="外銷組", parent=sales_department)

    with pytest.raises(RuleViolation, match="外銷組 在 銷售部 之下"):
        edit(sales_department, administrator, now, parent=below)


def test_a_department_with_people_is_not_closed(administrator, sales_department, make_user, now):
    make_user("sales_clerk", department=sales_department)

    with pytest.raises(RuleViolation, match="還有 1 位在職人員"):
        edit(sales_department, administrator, now, is_active=False)


def test_an_edit_overtaken_by_another_is_stale(administrator, sales_department, now):
    edit(sales_department, administrator, now, name="銷售一部")

    with pytest.raises(StaleEdit):
        edit(sales_department, administrator, now, version=1, name="銷售二部")


def test_the_list_counts_who_is_at_work_and_leads_to_them(
    client, administrator, sales_department, make_user
):
    make_user("sales_clerk", department=sales_department)
    make_user("sales_clerk", department=sales_department, is_active=False)
    client.force_login(administrator)

    page = client.get(reverse("department_list")).content.decode()

    assert f'<a href="/accounts/staff/users/?department={sales_department.pk}">1</a>' in page


def test_a_code_that_is_taken_is_refused_beside_the_field(client, administrator, sales_department):
    client.force_login(administrator)

    page = client.post(reverse("department_create"), {"code": "XS", "name": "x", "is_active": "on"})

    assert "這個部門代號已經有了" in page.context["form"].errors["code"][0]

"""The home page: tasks of the person, buttons by permission, figures that are there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aftersales.accounts.models import Leave


@pytest.fixture
def submitted(make_note, now):
    return make_note(now, state="submitted")


def test_everything_wants_a_login(client, db):
    assert client.get("/").url == "/accounts/login/?next=/"


def test_a_leader_finds_the_note_that_waits_for_release(client, leader, submitted):
    client.force_login(leader)

    page = client.get("/").content.decode()

    assert submitted.number in page
    assert "簽發" in page
    assert "寧波海曙水務設備有限公司" in page


def test_a_deputy_finds_it_under_the_name_of_the_absent_leader(
    client, leader, sales_manager, submitted
):
    now = timezone.now()
    Leave.objects.create(
        user=leader, deputy=sales_manager, starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1), created_by=leader, created_at=now,
    )  # fmt: skip
    client.force_login(sales_manager)

    page = client.get(f"/?show=for-{leader.pk}")

    html = page.content.decode()
    assert "代理 分管領導" in html
    assert submitted.number in html


def test_a_tab_that_is_not_there_shows_all(client, leader, submitted):
    client.force_login(leader)

    for wrong in ("nonsense", "for-999", "<script>"):
        page = client.get("/", {"show": wrong})
        assert page.context["current"] == ""
        assert "<script>alert" not in page.content.decode()


def test_the_button_to_begin_a_note_is_there_for_whoever_may(client, sales_clerk, production):
    client.force_login(sales_clerk)
    assert "開發貨單" in client.get("/").content.decode()

    client.force_login(production)
    assert "開發貨單" not in client.get("/").content.decode()


def test_the_month_counts_numbered_notes_of_this_month_within_reach(
    client, leader, salesperson, make_note
):
    now = timezone.now()
    month = timezone.localtime(now).strftime("%Y%m")
    for serial, state in enumerate(["submitted", "submitted", "withdrawn", "draft"]):
        number = f"FH-{month}-{serial:04d}" if state != "draft" else ""
        make_note(now, state=state, number=number)
    make_note(now, state="submitted", number="FH-202001-0001")

    def figures(user):
        client.force_login(user)
        return {each.label: each.value for each in client.get("/").context["figures"]}

    assert figures(leader)["本月發貨單"] == "2"
    assert figures(leader)["待簽發"] == "2"
    assert figures(salesperson)["本月發貨單"] == "0"


def test_whoever_may_see_no_deliveries_sees_no_figures_of_them(client, service_engineer):
    client.force_login(service_engineer)

    page = client.get("/")

    assert list(page.context["figures"]) == []
    assert "現在沒有等您處理的事" in page.content.decode()


def test_the_page_takes_as_many_queries_for_forty_notes_as_for_four(
    client, leader, make_note, now, django_assert_max_num_queries
):
    client.force_login(leader)
    for _ in range(4):
        make_note(now, state="submitted")
    with django_assert_max_num_queries(17) as few:
        client.get("/")
    for _ in range(36):
        make_note(now, state="submitted")

    with django_assert_max_num_queries(17) as many:
        client.get("/")

    assert len(many) == len(few)

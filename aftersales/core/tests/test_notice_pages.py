"""The bell: unread first, read when opened, never somebody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aftersales.core import notices
from aftersales.core.models import Notice


@pytest.fixture
def told(leader, now):
    """Three notices of the leader, the newest last; the first is read."""
    for number in range(3):
        notices.send(
            [leader], key=f"k{number}", title=f"第 {number} 張待簽發", url="/search/",
            now=now + timedelta(hours=number),
        )  # fmt: skip
    Notice.objects.filter(key="k2").update(read_at=now)
    return list(Notice.objects.order_by("pk"))


def test_the_unread_stand_first_the_newest_of_them_on_top(client, leader, told):
    client.force_login(leader)

    page = client.get(reverse("notice_list"))

    assert [notice.key for notice in page.context["page"]] == ["k1", "k0", "k2"]
    assert "2 則未讀" in page.content.decode()


def test_opening_marks_it_read_and_leads_to_its_document(client, leader, told):
    client.force_login(leader)

    answer = client.post(reverse("notice_read", args=[told[0].pk]))

    assert answer.url == "/search/"
    assert Notice.objects.get(pk=told[0].pk).read_at is not None
    assert leader.notices.unread().count() == 1


def test_looking_at_the_list_or_a_get_marks_nothing_read(client, leader, told):
    client.force_login(leader)

    client.get(reverse("notice_list"))

    assert client.get(reverse("notice_read", args=[told[0].pk])).status_code == 405
    assert leader.notices.unread().count() == 2


def test_all_at_once(client, leader, told):
    client.force_login(leader)

    client.post(reverse("notice_read_all"))

    assert leader.notices.unread().count() == 0


def test_a_notice_of_somebody_else_is_not_there(client, sales_clerk, told):
    client.force_login(sales_clerk)

    assert list(client.get(reverse("notice_list")).context["page"]) == []
    assert client.post(reverse("notice_read", args=[told[0].pk])).status_code == 404
    client.post(reverse("notice_read_all"))
    assert Notice.objects.unread().count() == 2


def test_a_notice_leads_to_no_other_site(client, leader, told):
    Notice.objects.filter(pk=told[0].pk).update(url="//evil.example/")
    client.force_login(leader)

    assert client.post(reverse("notice_read", args=[told[0].pk])).url == reverse("notice_list")


def test_the_list_takes_as_many_queries_for_sixty_as_for_three(
    client, leader, told, now, django_assert_max_num_queries
):
    client.force_login(leader)
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("notice_list"))
    for number in range(60):
        notices.send([leader], key=f"more{number}", title="x", now=now)

    with django_assert_max_num_queries(12) as many:
        client.get(reverse("notice_list"))

    assert len(many) == len(few)

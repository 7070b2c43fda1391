"""2.4 主管處理日常事務: the home page of who answers for others says what waits, what is late, what
differed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from delivery.boards import boards
from delivery.models import ShippingNote

pytestmark = pytest.mark.clause("2.4")


def told(user, now) -> dict[str, dict[str, int]]:
    return {
        board.title: {row.label: row.value for row in board.rows} for board in boards(user, now)
    }


def test_the_leader_sees_what_waits_for_a_signature(make_note, leader, now):
    make_note(now, state="submitted")
    make_note(now, state="submitted")
    make_note(now, state="draft")

    assert told(leader, now)["等著辦"]["簽發"] == 2


def test_the_warehouse_sees_its_floor_and_nothing_of_the_office(make_note, warehouse_keeper, now):
    make_note(now, state="submitted")
    make_note(now, state="released")
    make_note(now, state="adjusting")

    assert told(warehouse_keeper, now)["等著辦"] == {"開始核對": 1, "調整差異": 1}


def test_the_sales_manager_sees_what_is_late(make_note, sales_manager, now):
    make_note(now, state="submitted")
    make_note(now, state="verified")
    paper = make_note(now, state="in_transit")
    ShippingNote.objects.update(ship_on=date(2026, 11, 20))
    ShippingNote.objects.filter(pk=paper.pk).update(departed_at=now - timedelta(days=8))

    assert told(sales_manager, now)["已逾期"] == {
        "過了發貨日還沒簽發": 1,
        "過了發貨日還沒離廠": 1,
        "簽收單 7 天以上未回": 1,
    }


def test_on_the_day_of_shipping_nothing_is_late(make_note, sales_manager, now):
    make_note(now, state="verified")
    ShippingNote.objects.update(ship_on=date(2026, 11, 24))

    assert told(sales_manager, now)["已逾期"] == {}


def test_the_differences_of_this_month_stand_by_kind(make_note, warehouse_keeper, now):
    line = make_note(now, state="verifying").lines.first()
    for attempt, (result, at) in enumerate(
        [("short", now), ("short", now), ("wrong_item", now), ("over", now - timedelta(days=30))],
        start=1,
    ):
        line.counts.create(
            attempt=attempt, result=result, counted_quantity=1, counted_at=at,
            counted_by=warehouse_keeper,
        )  # fmt: skip

    found = told(warehouse_keeper, now)["本月差異"]

    assert sorted(found.values()) == [1, 2]


def test_who_answers_for_nobody_has_no_boards(sales_clerk, now):
    assert list(boards(sales_clerk, now)) == []


def test_each_number_leads_to_its_list(client, make_note, leader, now):
    make_note(now, state="submitted")
    client.force_login(leader)

    page = client.get(reverse("home")).content.decode()

    assert "等著辦" in page
    assert f'href="{reverse("shippingnote_release_queue")}"' in page


def test_where_nothing_waits_the_boards_say_so(client, leader):
    client.force_login(leader)

    page = client.get(reverse("home")).content.decode()

    assert "沒有等著辦的單" in page
    assert "沒有逾期的單" in page
    assert "本月沒有差異" in page

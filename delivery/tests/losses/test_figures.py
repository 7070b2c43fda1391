"""3.1.4, 3.2.1, 3.2.2 本月的差異:核對、提貨與途中,各種類的次數與數量."""

from datetime import timedelta
from decimal import Decimal

import pytest

from delivery.loss_figures import differences_of_month, losses_of_month, month_of
from delivery.models import PickupCheck
from delivery.tests.losses.cases import at_state, make_loss

pytestmark = [
    pytest.mark.clause("3.1.4"),
    pytest.mark.clause("3.2.1"),
    pytest.mark.clause("3.2.2"),
    pytest.mark.django_db,
]


def count(line, result, now, counted, **facts):
    attempt = line.counts.count() + 1
    return line.counts.create(
        attempt=attempt, result=result, counted_quantity=counted, counted_at=now,
        counted_by=line.note.issuer, **facts,
    )  # fmt: skip


def check_pickup(note, now, counted):
    """The three check the note; the first line agrees."""
    keeper = note.released_by
    check = PickupCheck.objects.create(
        note=note, attempt=1, clerk=note.issuer, keeper=keeper, customer_person="王志明",
        is_match=False, checked_at=now, recorded_by=note.issuer,
    )  # fmt: skip
    pumps, seals = note.lines.all()
    check.lines.create(line=pumps, counted_quantity=pumps.quantity)
    check.lines.create(line=seals, counted_quantity=counted, differs=True)


def test_every_kind_is_counted_and_summed(make_note, leader, now):
    verified = make_note(now, state="verifying")
    pumps, seals = verified.lines.all()
    count(seals, "short", now, Decimal("4.5"))
    count(seals, "over", now, 9)
    count(seals, "match", now, 6)
    count(pumps, "wrong_item", now, 1, wrong_quantity=1, wrong_part_no="P-1")
    count(pumps, "damaged", now, 2, damaged_quantity=1)
    check_pickup(make_note(now, state="issued"), now, Decimal(5))
    make_loss(make_note, now)

    assert differences_of_month(leader, now) == [
        ("核對錯裝", 1, Decimal(1)),
        ("核對漏裝", 1, Decimal("1.5")),
        ("核對多裝", 1, Decimal(3)),
        ("核對破損", 1, Decimal(1)),
        ("提貨不符", 1, Decimal(1)),
        ("途損短少", 1, Decimal(2)),
        ("途損破損", 1, Decimal(1)),
    ]


def test_a_month_without_differences_is_an_empty_list(make_note, leader, now):
    make_note(now, state="signed")

    assert differences_of_month(leader, now) == []


def test_the_month_begins_and_ends_at_midnight_here(make_note, leader, now):
    first, after = month_of(now)
    seals = make_note(now, state="verifying").lines.get(line_no=20)
    count(seals, "short", first - timedelta(seconds=1), 1)
    count(seals, "short", first, 4)
    count(seals, "short", after - timedelta(seconds=1), 4)
    count(seals, "short", after, 1)

    assert differences_of_month(leader, now) == [("核對漏裝", 2, Decimal(4))]


def test_december_ends_with_the_year(now):
    first, after = month_of(now.replace(month=12, day=31))

    assert (first.month, after.year, after.month, after.day) == (12, 2027, 1, 1)


def test_a_salesperson_sees_those_of_the_own_customers(make_note, make_user, now):
    make_loss(make_note, now)

    assert differences_of_month(make_user("salesperson"), now) == []
    assert differences_of_month(make_user("service_engineer"), now) == []


def test_losses_by_kind_and_state(make_note, leader, now):
    make_loss(make_note, now)
    at_state(make_loss(make_note, now, by_carrier=False), "settled", now)
    make_loss(make_note, now - timedelta(days=40))

    assert losses_of_month(leader, now) == [
        ("short", "open", 1, Decimal(2), Decimal(170)),
        ("short", "settled", 1, Decimal(2), Decimal(170)),
        ("broken", "open", 1, Decimal(1), Decimal(3200)),
        ("broken", "settled", 1, Decimal(1), Decimal(3200)),
    ]


def test_it_costs_three_queries_whatever_there_is(
    make_note, leader, now, django_assert_num_queries
):
    make_loss(make_note, now)
    make_loss(make_note, now)
    leader.has_perm("delivery.view_shippingnote")  # the roles are read once a request

    with django_assert_num_queries(4):  # and the absent whose deputy the leader may be
        differences_of_month(leader, now)

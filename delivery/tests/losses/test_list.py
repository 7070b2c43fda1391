"""3.2.2 途損的清單:在誰手上、多少金額、幾天了,可以篩選與匯出."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from delivery.models import TransitLoss
from delivery.tests.losses.cases import (
    at_state,
    carried,
    make_loss,
    numbers,
    opened,
    page,
    reported,
)
from delivery.tests.partners import make_carrier

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.django_db]


def test_the_list_shows_amount_owner_and_age(loss, manager):
    text = page(manager, "transitloss_list")

    for word in (loss.number, loss.note.number, loss.carrier.name, "3,370.00", str(loss.owner)):
        assert word in text
    assert "第 20 行 機械密封：短少 2 套" in text


def test_an_empty_list_explains_itself(manager):
    assert "簽收時有短少、受潮或損壞，系統自動登記" in page(manager, "transitloss_list")


def test_a_search_without_hits_says_what_to_do(loss, manager):
    assert "放寬條件" in page(manager, "transitloss_list", q="沒有的")


@pytest.mark.parametrize(
    "query",
    [
        {"q": "sp-202611-0001"}, {"q": "FH-202611-0001"}, {"q": "德邦"}, {"q": "寧波海曙"},
        {"state": "open"}, {"state": "open_all"}, {"party": "carrier"}, {"month": "2026-11"},
    ],
)  # fmt: skip
def test_it_is_narrowed_by(loss, make_note, manager, now, query):
    other = make_loss(make_note, now - timedelta(days=40), by_carrier=False)
    at_state(other, "settled", now)

    assert loss.number in numbers(manager, **query)
    if "寧波海曙" not in query.values():  # both are that customer's
        assert other.number not in numbers(manager, **query)


def test_it_is_narrowed_by_carrier_and_owner(
    make_note, manager, logistics_clerk, sales_manager, now
):
    first, second = make_loss(make_note, now), make_loss(make_note, now)
    second.owner = logistics_clerk
    second.save()

    assert numbers(manager, carrier=first.carrier_id) == [first.number]
    assert numbers(manager, owner=logistics_clerk.pk) == [second.number]


def test_a_month_that_is_none_is_said(loss, manager):
    assert "請填年月，例如 2026-11" in page(manager, "transitloss_list", month="2026-13")


def test_it_is_sorted_by_what_the_head_says(make_note, manager, now):
    small, large = make_loss(make_note, now), make_loss(make_note, now)
    at_state(small, "claimed", now, claimed_amount=Decimal(10))
    at_state(large, "claimed", now, claimed_amount=Decimal(9000))

    assert numbers(manager) == [large.number, small.number]
    assert numbers(manager, order="claimed") == [small.number, large.number]
    assert numbers(manager, order="-claimed") == [large.number, small.number]


def test_a_claim_that_is_overdue_says_so(loss, make_note, manager, now):
    loss.agreement.claim_within_days = 0
    loss.agreement.save()
    TransitLoss.objects.update(opened_at=now - timedelta(days=9000))
    type(loss.note).objects.update(arrived_at=now - timedelta(days=9000))

    assert "索賠期限已過" in page(manager, "transitloss_list")


def test_the_list_costs_the_same_queries_however_many(
    make_note, manager, now, django_assert_max_num_queries
):
    for _number in range(5):
        make_loss(make_note, now)

    with django_assert_max_num_queries(12):
        page(manager, "transitloss_list")


def test_the_workbook_holds_the_same_rows(loss, make_note, manager, now):
    at_state(make_loss(make_note, now, by_carrier=False), "settled", now)

    answer = manager.get(reverse("transitloss_export"), {"state": "open"})

    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.values)
    assert len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["途損單號"] == loss.number
    assert row["損失"] == "第 10 行 多級離心泵：破損 1 台；第 20 行 機械密封：短少 2 套"
    assert (row["損失金額"], row["索賠金額"]) == (3370, None)
    assert row["承運協議"] == loss.agreement.number


def test_a_carrier_in_simplified_script_is_found(make_note, manager, now):
    carrier = make_carrier("長運物流有限公司", name_simplified="长运物流有限公司")
    note = carried(make_note(now, state="signed"), carrier)
    loss = opened(note, reported(note, now, l20={"sound": "4", "short": "2"}), now)

    assert numbers(manager, q="长运") == [loss.number]

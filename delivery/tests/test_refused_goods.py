"""3.2.2 質量拒收的貨隨車退回，留待退貨程序（3.5）處理."""

from datetime import timedelta

import pytest
from django.utils import timezone

from delivery.models import LineSerial, ShippingNoteLine
from delivery.tests.floor import confirm, receipts_with, report, sign_decided

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.clause("3.5")]

URL = "/delivery/refused/"


@pytest.fixture
def moment():
    return timezone.now()


@pytest.fixture
def signed(make_note, salesperson, moment):
    """signed(10, "unload", sound=…): a note whose line was signed so, `days` ago."""

    def make(line_no: int, decision: str, *, days: int = 0, **found):
        at = moment - timedelta(days=days)
        note = make_note(at, state="in_transit", salesperson=salesperson)
        if "fates" in found:
            serials = LineSerial.objects.filter(line__note=note).values_list("serial_no", flat=True)
            found["fates"] = dict(zip(serials, found["fates"], strict=True))
        report(note, at, receipts=receipts_with(note, line_no, **found))
        confirm(note, salesperson, at, decision)
        return sign_decided(note, at)

    return make


def kept() -> list[tuple]:
    rows = ShippingNoteLine.objects.refused_goods()
    return [(row.line_no, row.refused, row.for_quality, row.otherwise) for row in rows]


def test_refused_for_quality_and_sent_back_by_us_are_told_apart(signed):
    signed(20, "unload", sound=4, refused=2)
    signed(20, "return", sound=2, damaged=2, short=1, refused=1)
    signed(20, "return", sound=4, damaged=2)

    assert kept() == [(20, 2, 2, 0), (20, 5, 1, 4), (20, 6, 0, 6)]


def test_what_stays_with_the_customer_is_not_kept_here(signed):
    signed(20, "unload", sound=3, damaged=2, short=1)

    assert kept() == []


def test_nothing_is_kept_before_the_customer_has_signed(make_note, salesperson, moment):
    note = make_note(moment, state="in_transit", salesperson=salesperson)
    report(note, moment, receipts=receipts_with(note, 20, sound=4, refused=2))
    confirm(note, salesperson, moment)

    assert kept() == []


def test_a_report_made_anew_counts_once(make_note, salesperson, moment):
    note = make_note(moment, state="in_transit", salesperson=salesperson)
    for refused in (2, 1):
        found = {"sound": 6 - refused, "refused": refused}
        report(note, moment, receipts=receipts_with(note, 20, **found))
    confirm(note, salesperson, moment)
    sign_decided(note, moment)

    assert kept() == [(20, 1, 1, 0)]


def test_the_list_shows_the_oldest_first_with_serials_and_reason(client, signed, quality_engineer):
    younger = signed(20, "unload", sound=5, refused=1, remark="密封面劃傷")
    older = signed(10, "unload", days=9, fates=["refused", "sound"], remark="法蘭有砂眼")
    client.force_login(quality_engineer)

    text = client.get(URL).content.decode()

    assert text.index(older.number) < text.index(younger.number)
    assert "9 天" in text
    assert "法蘭有砂眼" in text
    came_back = LineSerial.objects.get(line__note=older, fate="refused")
    stayed = LineSerial.objects.get(line__note=older, fate="sound")
    assert came_back.serial_no in text
    assert stayed.serial_no not in text
    assert "等退貨程序（3.5）處理" in text


@pytest.mark.parametrize(("why", "shown"), [("quality", 0), ("otherwise", 1)])
def test_the_list_is_narrowed_by_reason(client, signed, quality_engineer, why, shown):
    notes = [
        signed(20, "unload", sound=4, refused=2),
        signed(20, "return", sound=4, damaged=2),
    ]
    client.force_login(quality_engineer)

    text = client.get(URL, {"why": why}).content.decode()

    assert notes[shown].number in text
    assert notes[1 - shown].number not in text


def test_a_salesperson_sees_the_own_customers_only(client, signed, make_user):
    note = signed(20, "unload", sound=4, refused=2)
    client.force_login(make_user("salesperson", username="stranger"))

    text = client.get(URL).content.decode()

    assert note.number not in text
    assert "沒有拒收退回的貨" in text


@pytest.mark.slow
def test_the_list_asks_as_often_for_many_as_for_one(
    client, signed, quality_engineer, django_assert_max_num_queries
):
    for _turn in range(12):
        signed(10, "unload", fates=["refused", "sound"])
    client.force_login(quality_engineer)

    with django_assert_max_num_queries(12):
        client.get(URL)

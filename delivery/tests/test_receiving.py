"""3.2.2 到貨後客戶開箱核對，按實收數量在送貨單上簽字."""

from datetime import UTC, date, datetime

import pytest

from aftersales.core import attachments, audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from aftersales.core.tests.racing import race
from aftersales.masterdata.models import Unit
from delivery.actions import LinkGone
from delivery.models import LineSerial, ShippingNote
from delivery.tests.floor import all_sound, line_of, photo, receipts_with, receive, receive_link

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def note(make_note, now, salesperson):
    return make_note(now, state="in_transit", salesperson=salesperson)


@pytest.fixture
def pumps(note) -> list[str]:
    return [serial.serial_no for serial in LineSerial.objects.filter(line__note=note)]


# ---- all sound ------------------------------------------------------------------------------


def test_a_receipt_signed_on_the_screen_closes_the_note(note, now):
    note = receive(note, now, phone="139 5743 2208")

    assert (note.state, note.arrived_at, note.closed_at) == ("closed", now, now)
    signature = note.signatures.get(party="receiver")
    assert (signature.name, signature.means) == ("王志明", "screen")
    quantities = note.lines.values_list("received_sound", "received_damaged", "short", "refused")
    assert list(quantities) == [(2, 0, 0, 0), (6, 0, 0, 0)]
    events = [entry.event for entry in audit.timeline(note)]
    assert events == ["shippingnote.closed", "shippingnote.received"]


def test_received_on_is_the_local_day(make_note):
    midnight_in_shanghai = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    note = make_note(midnight_in_shanghai, state="delivered")

    note = receive(note, midnight_in_shanghai)

    assert note.received_on == date(2026, 11, 25)


def test_a_photo_of_the_signed_paper_is_the_filed_paper(note, now):
    note = receive(note, now, photo=photo("paper.jpg"))

    assert note.state == "closed"
    assert note.signatures.get().means == "photo"
    assert [each.purpose for each in attachments.of(note)] == ["receiver_signature"]


def test_delivered_serials_become_units_under_warranty(note, pumps, now):
    note = receive(note, now)

    units = Unit.objects.order_by("serial_no")
    assert [unit.serial_no for unit in units] == pumps
    assert {(unit.customer, unit.delivered_on) for unit in units} == {
        (note.customer, date(2026, 11, 24))
    }
    assert units[0].delivery_ref == f"{note.number} 第 10 行"
    assert units[0].warranty_until == date(2027, 11, 23)
    assert LineSerial.objects.get(serial_no=pumps[0]).unit == units[0]


def test_the_unit_stands_with_who_gets_the_goods(note, make_customer, now):
    site = make_customer("臺州路橋給水有限公司")
    ShippingNote.objects.update(ship_to=site)

    receive(note, now)

    assert {unit.customer for unit in Unit.objects.all()} == {site}


def test_a_receipt_without_trouble_is_told_to_salesperson_and_issuer_calmly(note, now):
    receive(note, now)

    told = Notice.objects.filter(title=f"客戶已簽收：{note.number}")
    assert {notice.recipient for notice in told} == {note.salesperson, note.issuer}
    assert not any(notice.is_urgent for notice in told)


# ---- trouble is confirmed first -------------------------------------------------------------


@pytest.mark.parametrize(
    "found",
    [
        {"sound": 5, "damaged": 1},
        {"sound": 5, "short": 1},
        {"sound": 5, "refused": 1},
        {"sound": 2, "damaged": 1, "short": 2, "refused": 1},
    ],
)
def test_trouble_that_nobody_has_confirmed_is_not_signed(note, now, found):
    with pytest.raises(RuleViolation, match="第 20 行 機械密封 有問題：請先回報業務員") as refusal:
        receive(note, now, receipts=receipts_with(note, 20, **found))

    assert refusal.value.field == f"line_{line_of(note, 20).pk}"
    assert ShippingNote.objects.get(pk=note.pk).state == "in_transit"
    assert line_of(note, 20).received_sound is None
    assert not note.signatures.exists()


def test_a_word_about_sound_goods_needs_no_confirmation(note, now):
    note = receive(note, now, receipts=receipts_with(note, 20, sound=6, remark="外箱有水漬"))

    assert note.state == "closed"
    assert line_of(note, 20).receipt_remark == "外箱有水漬"


def test_a_sum_that_is_not_what_was_loaded_is_refused_with_the_sum(note, now):
    line = line_of(note, 20)

    with pytest.raises(RuleViolation) as refusal:
        receive(note, now, receipts=receipts_with(note, 20, sound=5))

    assert refusal.value.field == f"line_{line.pk}"
    assert refusal.value.message == (
        "第 20 行 機械密封：完好 5 + 損壞 0 + 短少 0 + 拒收 0 = 5 套，裝車是 6 套，請改到合計 6 套"
    )


def test_more_than_was_loaded_is_refused(note, now):
    with pytest.raises(RuleViolation, match="= 7 套，裝車是 6 套"):
        receive(note, now, receipts=receipts_with(note, 20, sound=7))


def test_every_line_must_be_checked(note, now):
    receipts = all_sound(note)
    del receipts[line_of(note, 20).pk]

    with pytest.raises(RuleViolation, match="第 20 行 機械密封 還沒有核對"):
        receive(note, now, receipts=receipts)


def test_a_serial_that_was_put_on_file_meanwhile_does_not_stop_the_customer(note, pumps, now):
    Unit.objects.create(
        serial_no=pumps[0],
        product=line_of(note, 10).product,
        customer=note.customer,
        delivered_on=now.date(),
        warranty_from=now.date(),
        warranty_until=now.date(),
    )

    note = receive(note, now)

    assert note.state == "closed"
    notice = Notice.objects.get(recipient=note.issuer, title__startswith="收貨有差異")
    assert f"序列號 {pumps[0]} 已有設備檔案" in notice.body


def test_photos_of_a_sound_receipt_are_kept(note, now):
    receive(note, now, photos=[photo("truck.jpg")])

    assert [(each.name, each.purpose) for each in attachments.of(note)] == [
        ("truck.jpg", "receipt")
    ]


def test_seven_photos_in_all_are_too_many(note, now):
    receipts = receipts_with(note, 20, sound=6, photos=(photo("seal.jpg"),))

    with pytest.raises(RuleViolation, match="一次最多 6 張照片，現在有 7 張"):
        receive(note, now, receipts=receipts, photos=[photo(f"{n}.jpg") for n in range(6)])


# ---- the link -------------------------------------------------------------------------------


def test_a_used_link_is_gone(note, now):
    link = receive_link(note, now)
    receive(note, now, link)

    with pytest.raises(LinkGone):
        receive(note, now, link)

    assert note.signatures.filter(party="receiver").count() == 1
    link.refresh_from_db()
    assert link.used_at == now


def test_a_link_before_departure_opens_nothing(make_note, now):
    note = make_note(now, state="issued")

    with pytest.raises(LinkGone):
        receive(note, now)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_submits_at_the_same_moment_one_wins(make_note, now):
    for _turn in range(10):
        note = make_note(now, state="in_transit")
        link = receive_link(note, now)

        outcomes = race([lambda note=note, link=link: receive(note, now, link)] * 4)

        done = [each for each in outcomes if isinstance(each, ShippingNote)]
        gone = [each for each in outcomes if isinstance(each, LinkGone)]
        assert (len(done), len(gone)) == (1, 3), outcomes
        assert note.signatures.filter(party="receiver").count() == 1
        assert Unit.objects.filter(line_serial__line__note=note).count() == 2

"""3.2.1 the receiver's name is signed on the note before handover: no handover without it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F

from aftersales.core import attachments, audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from aftersales.masterdata.models import Unit
from delivery import signing
from delivery.actions import hand_over, recheck_note
from delivery.models import LineSerial
from delivery.tests.floor import STROKES, photo
from delivery.tests.pickup import check, differ, fetched, mended

pytestmark = pytest.mark.clause("3.2.1")


@pytest.fixture
def note(make_note, sales_clerk, now):
    return fetched(make_note, now, issuer=sales_clerk)


@pytest.fixture
def checked(note, sales_clerk, warehouse_keeper, now):
    check(note, sales_clerk, warehouse_keeper, now)
    return note


def take(note, actor, now, **facts):
    facts = {"name": "王志明", "phone": "139 5743 2208", "path": STROKES} | facts
    return hand_over(note, actor=actor, now=now, **facts)


@pytest.mark.parametrize("role", ["sales_clerk", "warehouse_keeper"])
def test_the_receivers_name_and_stroke_stand_on_the_closed_note(checked, now, request, role):
    note = take(checked, request.getfixturevalue(role), now, name=" 王志明 ")

    signature = note.signatures.get()
    assert (signature.party, signature.name, signature.means) == ("receiver", "王志明", "screen")
    assert signature.path == STROKES
    assert signature.signed_at == now
    assert signing.is_valid(signature)
    assert (note.state, note.closed_at) == ("closed", now)


def test_everything_was_received_sound_and_nothing_was_on_its_way(checked, sales_clerk, now):
    note = take(checked, sales_clerk, now)

    for line in note.lines.all():
        assert line.loaded_quantity == line.received_sound == line.verified_quantity
        assert (line.received_damaged, line.short, line.refused) == (0, 0, 0)
    assert (note.departed_at, note.arrived_at) == (None, None)


def test_the_day_of_receipt_is_the_local_one(note, sales_clerk, warehouse_keeper):
    after_midnight_in_shanghai = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    check(note, sales_clerk, warehouse_keeper, after_midnight_in_shanghai)

    note = take(note, sales_clerk, after_midnight_in_shanghai)

    assert note.received_on == date(2026, 11, 25)


@pytest.mark.clause("3.3.3")
def test_serial_numbers_become_units_under_warranty_and_stay_out(checked, sales_clerk, now):
    note = take(checked, sales_clerk, now)

    units = Unit.objects.order_by("serial_no")
    assert [unit.serial_no for unit in units] == [f"C2611-0417-{note.pk}", f"C2611-0418-{note.pk}"]
    assert {unit.customer for unit in units} == {note.customer}
    assert {unit.delivered_on for unit in units} == {date(2026, 11, 24)}
    assert set(LineSerial.objects.values_list("fate", "is_out")) == {("sound", True)}
    assert LineSerial.objects.filter(unit=None).count() == 0


def test_a_photo_of_the_signed_paper_does_instead(checked, sales_clerk, now):
    note = take(checked, sales_clerk, now, path="", photo=photo())

    assert note.signatures.get().means == "photo"
    assert attachments.of(note)[0].purpose == "receiver_signature"
    assert note.state == "closed"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"path": ""}, "path"),
        ({"path": "M1 1L2 2"}, "path"),
        ({"path": "<script>"}, "path"),
        ({"name": " "}, "name"),
    ],
)
def test_without_name_or_ink_nothing_is_handed_over(checked, sales_clerk, now, facts, field):
    with pytest.raises(RuleViolation) as refusal:
        take(checked, sales_clerk, now, **facts)

    assert (refusal.value.field, refusal.value.clause) == (field, "3.2.1")
    checked.refresh_from_db()
    assert (checked.state, checked.received_on) == ("issued", None)
    assert not checked.signatures.exists()
    assert not Unit.objects.exists()
    assert checked.lines.first().loaded_quantity is None


def test_without_a_check_of_the_three_nothing_is_handed_over(note, sales_clerk, now):
    with pytest.raises(RuleViolation, match="請先由銷售內勤、倉庫保管員與顧客三方核對"):
        take(note, sales_clerk, now)


@pytest.mark.parametrize("reached", ["found", "caused", "consented", "confirmed", "repacked"])
def test_after_a_difference_nothing_is_handed_over_before_a_check_that_agrees(
    note, sales_clerk, warehouse_keeper, sales_manager, now, reached
):
    difference = differ(note, sales_clerk, warehouse_keeper, now)
    mended(difference, reached, sales_clerk, warehouse_keeper, sales_manager, now)

    with pytest.raises(RuleViolation, match="最後一次三方核對有差異"):
        take(note, sales_clerk, now)


def test_the_last_check_counts_and_not_an_earlier_match(
    checked, sales_clerk, warehouse_keeper, now
):
    differ(checked, sales_clerk, warehouse_keeper, now)

    with pytest.raises(RuleViolation, match="最後一次三方核對有差異"):
        take(checked, sales_clerk, now)


def test_a_match_from_before_a_recheck_does_not_count(checked, sales_clerk, warehouse_keeper, now):
    later = now + timedelta(hours=2)
    recheck_note(checked, actor=warehouse_keeper, now=later, reason="全部重點")
    checked.lines.update(verified_quantity=F("quantity"))
    type(checked).objects.update(state="issued", issued_at=later)

    with pytest.raises(RuleViolation, match="請先由銷售內勤"):
        take(checked, sales_clerk, later)


def test_after_all_steps_of_a_difference_it_is_handed_over(
    note, sales_clerk, warehouse_keeper, sales_manager, now
):
    difference = differ(note, sales_clerk, warehouse_keeper, now)
    mended(difference, "repacked", sales_clerk, warehouse_keeper, sales_manager, now)
    check(note, sales_clerk, warehouse_keeper, now)

    assert take(note, sales_clerk, now).state == "closed"


def test_a_second_time_is_refused(checked, sales_clerk, now):
    take(checked, sales_clerk, now)

    with pytest.raises(RuleViolation, match="目前是「已結單」，不能「提貨簽收」"):
        take(checked, sales_clerk, now)

    assert checked.signatures.count() == 1


@pytest.mark.parametrize("role", ["sales_manager", "shipping_clerk", "salesperson"])
def test_others_do_not_hand_over(checked, make_user, now, role):
    with pytest.raises(RuleViolation, match="權限"):
        take(checked, make_user(role), now)


def test_what_a_vehicle_brings_is_not_handed_over_here(make_note, sales_clerk, now):
    with pytest.raises(RuleViolation, match="不是顧客自提"):
        take(make_note(now, state="issued"), sales_clerk, now)


def test_salesperson_and_keeper_hear_of_it_and_the_trail_has_both_steps(
    checked, sales_clerk, warehouse_keeper, now
):
    take(checked, sales_clerk, now)

    assert Notice.objects.filter(
        recipient=warehouse_keeper, title=f"顧客已提貨：{checked.number}"
    ).exists()
    assert [entry.event for entry in audit.timeline(checked)[:2]] == [
        "shippingnote.closed",
        "shippingnote.handed_over",
    ]


def test_a_number_that_is_on_file_already_is_told_and_does_not_stop_the_customer(
    checked, sales_clerk, warehouse_keeper, now
):
    serial = LineSerial.objects.first()
    Unit.objects.create(
        serial_no=serial.serial_no, product=serial.product, customer=checked.customer,
        delivered_on="2026-01-05", warranty_from="2026-01-05", warranty_until="2027-07-04",
    )  # fmt: skip

    assert take(checked, sales_clerk, now).state == "closed"

    notice = Notice.objects.get(
        recipient=warehouse_keeper, key__startswith="shippingnote.handed_over"
    )
    assert f"序列號 {serial.serial_no} 已有設備檔案" in notice.body

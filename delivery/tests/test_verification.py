"""3.1.4 倉庫保管員按發貨單逐項核對，全部一致才放行."""

from decimal import Decimal

import pytest

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice, PublicLink
from delivery.actions import (
    complete_verification,
    recheck_note,
    start_verification,
)
from delivery.models import LineCount, LineSerial, ShippingNote
from delivery.tests.floor import PUMPS, count_pumps, count_seals, line_of, load_link

pytestmark = pytest.mark.clause("3.1.4")


@pytest.fixture
def note(make_note, now):
    return make_note(now, state="verifying")


@pytest.fixture
def keeper(warehouse_keeper):
    return warehouse_keeper


def state_of(note) -> str:
    return ShippingNote.objects.get(pk=note.pk).state


# ---- the beginning --------------------------------------------------------------------------


def test_verification_starts_on_a_released_note(make_note, keeper, now):
    note = start_verification(make_note(now, state="released"), actor=keeper, now=now)

    assert state_of(note) == "verifying"
    assert audit.timeline(note)[0].event == "shippingnote.verification_started"


def test_verification_does_not_start_before_the_warehouse_has_acknowledged(make_note, keeper, now):
    note = make_note(now, state="released")
    ShippingNote.objects.update(acknowledged_at=None)

    with pytest.raises(RuleViolation, match="倉庫還沒有確認備貨通知"):
        start_verification(note, actor=keeper, now=now)

    assert state_of(note) == "released"


def test_a_sales_clerk_may_not_verify(make_note, sales_clerk, now):
    with pytest.raises(RuleViolation, match="沒有「開始核對」的權限"):
        start_verification(make_note(now, state="released"), actor=sales_clerk, now=now)


# ---- a match --------------------------------------------------------------------------------


def test_a_match_verifies_the_line_and_claims_its_serials(note, keeper, now):
    count = count_pumps(note, keeper, now)

    assert (count.result, count.attempt, count.difference) == ("match", 1, "")
    line = line_of(note, 10)
    assert line.verified_quantity == 2
    assert [(each.serial_no, each.is_out) for each in line.serials.all()] == [
        ("C2611-0417", True),
        ("C2611-0418", True),
    ]
    assert state_of(note) == "verifying"


def test_a_matching_line_is_not_counted_again_and_says_by_whom_and_when(note, keeper, now):
    count_seals(note, keeper, now)

    with pytest.raises(RuleViolation, match="第 20 行已由 倉庫保管員 於 11-24 14:20 核對一致"):
        count_seals(note, keeper, now)

    assert LineCount.objects.count() == 1


def test_the_lot_that_the_warehouse_captures_is_kept(note, keeper, now):
    count_seals(note, keeper, now, lot_no=" 20261108-2 ")

    assert line_of(note, 20).lot_no == "20261108-2"


def test_the_part_number_on_a_scanned_label_is_no_serial(note, keeper, now):
    count = count_pumps(note, keeper, now, ["P-100-2", *PUMPS], counted_quantity=Decimal(2))

    assert (count.result, count.serial_nos) == ("match", PUMPS)


def test_decimal_quantities_match_to_the_last_place(note, keeper, now):
    note.lines.filter(line_no=20).update(quantity=Decimal("0.3"), uom="公斤")

    assert count_seals(note, keeper, now, "0.300").result == "match"


# ---- differences ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "result", "sentence"),
    [
        ({"quantity": "5"}, "short", "漏裝 1 套：單上 6 套，實點 5 套"),
        ({"quantity": "0"}, "short", "漏裝 6 套：單上 6 套，實點 0 套"),
        ({"quantity": "6.5"}, "over", "多裝 0.5 套：單上 6 套，實點 6.5 套"),
        ({"quantity": "6", "damaged_quantity": Decimal(2)}, "damaged", "破損 2 套"),
        (
            {"quantity": "5", "wrong_part_no": "S-220", "wrong_quantity": Decimal(1)},
            "wrong_item",
            "錯裝 1 套：實物 S-220，單上 S-210；漏裝 1 套：單上 6 套，實點 5 套",
        ),
    ],
)
def test_each_difference_has_its_kind_and_a_sentence_with_the_numbers(
    note, keeper, now, facts, result, sentence
):
    count = count_seals(note, keeper, now, **facts)

    assert (count.result, count.difference) == (result, sentence)
    assert state_of(note) == "adjusting"
    assert line_of(note, 20).verified_quantity is None


def test_another_serial_than_the_note_names_is_a_wrong_item(note, keeper, now):
    note.lines.filter(line_no=10).update(planned_serials=PUMPS)

    count = count_pumps(note, keeper, now, ["C2611-0417", "C2611-0999"])

    assert count.result == "wrong_item"
    assert count.difference == "序列號 C2611-0999 不是單上的（單上 C2611-0417、C2611-0418）"
    assert not LineSerial.objects.exists()


def test_serials_beyond_those_that_the_note_names_are_the_warehouses_choice(note, keeper, now):
    note.lines.filter(line_no=10).update(planned_serials=["C2611-0417"])

    assert count_pumps(note, keeper, now).result == "match"


def test_another_lot_than_the_note_names_is_a_wrong_item(note, keeper, now):
    note.lines.filter(line_no=20).update(lot_no="20261108-2")

    count = count_seals(note, keeper, now, lot_no="20261109-1")

    assert (count.result, count.difference) == ("wrong_item", "批號 20261109-1，單上 20261108-2")


def test_a_difference_is_told_to_the_issuer_and_the_sales_clerks(note, keeper, make_user, now):
    other_clerk = make_user("sales_clerk")

    count_seals(note, keeper, now, "5")

    told = {notice.recipient_id: notice for notice in Notice.objects.all()}
    assert set(told) == {note.issuer_id, other_clerk.pk}
    assert told[note.issuer_id].title == f"核對有差異：{note.number} 第 20 行"
    assert "漏裝 1 套" in told[note.issuer_id].body


def test_other_lines_can_still_be_counted_while_one_is_adjusted(note, keeper, now):
    count_seals(note, keeper, now, "5")

    assert count_pumps(note, keeper, now).is_match
    assert state_of(note) == "adjusting"


def test_a_difference_must_be_adjusted_before_the_line_is_counted_again(note, keeper, now):
    count_seals(note, keeper, now, "5")

    with pytest.raises(RuleViolation, match="第 20 行第 1 次核對的差異還沒有更正"):
        count_seals(note, keeper, now, "6")

    assert [count.difference for count in LineCount.objects.all()] == [
        "漏裝 1 套：單上 6 套，實點 5 套"
    ]


# ---- what contradicts itself ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"counted_quantity": Decimal(2), "serials": PUMPS[:1]}, "serial_nos", "序列號有 1 個，實點 2 台"),
        ({"serials": [PUMPS[0], "c2611-0417"]}, "serial_nos", "序列號 C2611-0417 掃了兩次"),
        ({"counted_quantity": Decimal("1.5")}, "counted_quantity", "實點數量要是整數"),
        ({"counted_quantity": Decimal(-1)}, "counted_quantity", "0 或更大的數"),
        ({"counted_quantity": Decimal("1.0001")}, "counted_quantity", "最多 3 位小數"),
        ({"damaged_quantity": Decimal(3)}, "damaged_quantity", "破損最多 2 台"),
        ({"wrong_part_no": "P-9"}, "wrong_quantity", "請填錯裝 P-9 的數量"),
        ({"wrong_quantity": Decimal(1)}, "wrong_part_no", "請填錯裝的實物料號"),
        ({"wrong_part_no": "P-100-2", "wrong_quantity": Decimal(1)}, "wrong_part_no", "料號與單上相同"),
    ],
)  # fmt: skip
def test_numbers_that_contradict_each_other_are_refused_at_their_field(
    note, keeper, now, facts, field, sentence
):
    with pytest.raises(RuleViolation, match=sentence) as refusal:
        count_pumps(note, keeper, now, **facts)

    assert (refusal.value.field, refusal.value.clause) == (field, "3.1.4")
    assert not LineCount.objects.exists()


def test_a_refusal_does_not_tell_the_quantity_on_the_note(note, keeper, now):
    note.lines.filter(line_no=10).update(quantity=77, planned_serials=["PLANNED-1"])

    with pytest.raises(RuleViolation) as refusal:
        count_pumps(note, keeper, now, PUMPS, counted_quantity=Decimal(3))

    assert "77" not in str(refusal.value)
    assert "PLANNED" not in str(refusal.value)


# ---- the gate -------------------------------------------------------------------------------


def test_only_a_full_match_opens_the_gate(note, keeper, now):
    count_pumps(note, keeper, now)

    with pytest.raises(RuleViolation, match="第 20 行尚未核對一致"):
        complete_verification(note, actor=keeper, now=now)

    assert state_of(note) == "verifying"


def test_a_full_match_is_verified_by_whom_and_when_and_told_to_the_shipping_clerk(
    note, keeper, shipping_clerk, now
):
    count_pumps(note, keeper, now)
    count_seals(note, keeper, now)

    note = complete_verification(note, actor=keeper, now=now)

    assert (note.state, note.verified_by, note.verified_at) == ("verified", keeper, now)
    assert Notice.objects.filter(
        recipient=shipping_clerk, title=f"核對一致，可以出庫：{note.number}"
    ).exists()


def test_a_note_with_a_difference_is_not_completed(note, keeper, now):
    count_seals(note, keeper, now, "5")

    with pytest.raises(RuleViolation, match="目前是「調整中」"):
        complete_verification(note, actor=keeper, now=now)


# ---- counted anew ---------------------------------------------------------------------------


def test_a_recheck_clears_the_count_frees_the_serials_and_closes_the_drivers_link(
    note, keeper, shipping_clerk, now
):
    count_pumps(note, keeper, now)
    count_seals(note, keeper, now, lot_no="L-1")
    ShippingNote.objects.filter(pk=note.pk).update(state="issued", issued_by=shipping_clerk)
    link = load_link(note, now)

    note = recheck_note(note, actor=keeper, now=now, reason="司機點數少一套")

    assert (note.state, note.verified_by, note.issued_by, note.posted_on) == (
        "verifying", None, None, None,
    )  # fmt: skip
    assert [line.verified_quantity for line in note.lines.all()] == [None, None]
    assert not LineSerial.objects.filter(line__note=note).exists()
    assert PublicLink.objects.get(pk=link.pk).revoked_at == now
    assert LineCount.objects.count() == 2, "the attempts stay"
    assert line_of(note, 20).lot_no == "", "the warehouse's own lot is captured anew"


def test_a_recheck_keeps_the_lot_that_the_office_wrote(note, keeper, now):
    note.lines.filter(line_no=20).update(lot_no="L-1")
    count_pumps(note, keeper, now)
    count_seals(note, keeper, now, lot_no="L-1")
    complete_verification(note, actor=keeper, now=now)

    recheck_note(note, actor=keeper, now=now, reason="換了托盤")

    assert line_of(note, 20).lot_no == "L-1"


def test_after_a_recheck_the_lines_are_counted_as_the_next_attempt(note, keeper, now):
    count_pumps(note, keeper, now)
    count_seals(note, keeper, now)
    complete_verification(note, actor=keeper, now=now)
    recheck_note(note, actor=keeper, now=now, reason="換了托盤")

    count = count_pumps(note, keeper, now)

    assert (count.attempt, count.result) == (2, "match")


def test_a_recheck_needs_a_reason(note, keeper, now):
    count_pumps(note, keeper, now)
    count_seals(note, keeper, now)
    complete_verification(note, actor=keeper, now=now)

    with pytest.raises(RuleViolation, match="請寫明理由") as refusal:
        recheck_note(note, actor=keeper, now=now, reason="  ")

    assert refusal.value.field == "reason"
    assert state_of(note) == "verified"

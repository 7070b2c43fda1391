"""3.1.4 有錯裝、漏裝的，更正後重新核對，直到全部一致."""

from decimal import Decimal

import pytest

from aftersales.core import attachments, audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import adjust_line, complete_verification, count_line
from delivery.models import LineCount, ShippingNote
from delivery.tests.floor import line_of, photo

pytestmark = pytest.mark.clause("3.1.4")


@pytest.fixture
def note(make_note, now):
    return make_note(now, state="verifying")


@pytest.fixture
def keeper(warehouse_keeper):
    return warehouse_keeper


def count(note, line_no, keeper, now, quantity, serials=()) -> LineCount:
    return count_line(
        line_of(note, line_no),
        actor=keeper,
        now=now,
        counted_quantity=Decimal(quantity),
        serial_nos=serials,
    )


def state_of(note) -> str:
    return ShippingNote.objects.get(pk=note.pk).state


def test_a_corrected_line_is_counted_again_until_it_matches(note, keeper, now):
    count(note, 10, keeper, now, 2, ["A-1", "A-2"])
    first = count(note, 20, keeper, now, 5)
    adjust_line(first, actor=keeper, now=now, measure="corrected", put_back_bin="B-07-2")
    second = count(note, 20, keeper, now, 7)
    adjust_line(second, actor=keeper, now=now, measure="corrected")
    third = count(note, 20, keeper, now, 6)

    complete_verification(note, actor=keeper, now=now)

    assert [each.attempt for each in (first, second, third)] == [1, 2, 3]
    kept = LineCount.objects.filter(line__line_no=20).values_list("result", "difference")
    assert list(kept) == [
        ("short", "漏裝 1 套：單上 6 套，實點 5 套"),
        ("over", "多裝 1 套：單上 6 套，實點 7 套"),
        ("match", ""),
    ]
    assert state_of(note) == "verified"


def test_the_adjustment_keeps_measure_bin_remark_and_who(note, keeper, now):
    first = count(note, 20, keeper, now, 5)

    adjustment = adjust_line(
        first,
        actor=keeper,
        now=now,
        measure="corrected",
        put_back_bin="Ｂ-07-2",
        remark="補一套",
    )

    assert (adjustment.put_back_bin, adjustment.remark) == ("B-07-2", "補一套")
    assert (adjustment.made_by, adjustment.made_at) == (keeper, now)
    entry = audit.timeline(note)[0]
    assert (entry.event, entry.data["measure"]) == ("shippingnote.line_adjusted", "corrected")


def test_photos_are_attached_to_the_note(note, keeper, now):
    first = count(note, 20, keeper, now, 5)

    adjust_line(
        first, actor=keeper, now=now, measure="corrected", photos=[photo("1.jpg"), photo("2.jpg")]
    )

    kept = attachments.of(note)
    assert [(each.name, each.purpose) for each in kept] == [
        ("1.jpg", "difference"),
        ("2.jpg", "difference"),
    ]


def test_a_seventh_photo_is_refused_and_nothing_is_kept(note, keeper, now):
    first = count(note, 20, keeper, now, 5)
    photos = [photo(f"{number}.jpg") for number in range(7)]

    with pytest.raises(RuleViolation, match="一次最多 6 張照片，現在有 7 張"):
        adjust_line(first, actor=keeper, now=now, measure="corrected", photos=photos)

    assert attachments.of(note) == []
    first = LineCount.objects.get(pk=first.pk)
    assert not first.is_corrected


def test_the_note_is_verified_further_only_when_no_difference_is_left(note, keeper, now):
    pumps = count(note, 10, keeper, now, 1, ["A-1"])
    seals = count(note, 20, keeper, now, 5)

    adjust_line(pumps, actor=keeper, now=now, measure="corrected")
    assert state_of(note) == "adjusting"

    adjust_line(seals, actor=keeper, now=now, measure="corrected")
    assert state_of(note) == "verifying"


def test_without_stock_the_note_stays_and_the_clerk_is_told(note, keeper, now):
    first = count(note, 20, keeper, now, 5)

    adjust_line(first, actor=keeper, now=now, measure="no_stock", remark="下週一到貨")

    assert state_of(note) == "adjusting"
    with pytest.raises(RuleViolation, match="還沒有更正"):
        count(note, 20, keeper, now, 6)
    notice = Notice.objects.get(recipient=note.issuer, title__startswith="庫存不足")
    assert notice.title == f"庫存不足，停在核對：{note.number} 第 20 行"
    assert notice.body.endswith("下週一到貨")


def test_a_wrong_note_is_told_to_the_clerk_for_withdrawing(note, keeper, now):
    first = count(note, 20, keeper, now, 5)

    adjust_line(first, actor=keeper, now=now, measure="note_wrong")

    assert state_of(note) == "adjusting"
    assert Notice.objects.filter(
        recipient=note.issuer, title=f"倉庫認為單據寫錯，請撤回改單：{note.number} 第 20 行"
    ).exists()


def test_what_lacked_stock_can_be_corrected_later(note, keeper, now):
    first = count(note, 20, keeper, now, 5)
    adjust_line(first, actor=keeper, now=now, measure="no_stock")

    adjust_line(first, actor=keeper, now=now, measure="corrected")

    assert count(note, 20, keeper, now, 6).is_match
    measures = [
        entry.data["measure"]
        for entry in audit.timeline(note)
        if entry.event == "shippingnote.line_adjusted"
    ]
    assert measures == ["corrected", "no_stock"], "both stand in the audit trail"


def test_a_corrected_difference_is_not_adjusted_twice(note, keeper, now):
    first = count(note, 20, keeper, now, 5)
    count(note, 10, keeper, now, 1, ["A-1"])  # keeps the note at adjusting
    adjust_line(first, actor=keeper, now=now, measure="corrected")

    with pytest.raises(RuleViolation, match="第 20 行第 1 次的差異已經更正，請重新點數"):
        adjust_line(first, actor=keeper, now=now, measure="no_stock")


def test_an_older_attempt_is_not_adjusted(note, keeper, now):
    first = count(note, 20, keeper, now, 5)
    adjust_line(first, actor=keeper, now=now, measure="corrected")
    count(note, 20, keeper, now, 7)

    with pytest.raises(RuleViolation, match="第 20 行後來又點過"):
        adjust_line(first, actor=keeper, now=now, measure="corrected")


def test_an_unknown_measure_is_refused(note, keeper, now):
    first = count(note, 20, keeper, now, 5)

    with pytest.raises(RuleViolation, match="請選怎樣處理") as refusal:
        adjust_line(first, actor=keeper, now=now, measure="leave it")

    assert refusal.value.field == "measure"


def test_a_file_that_is_no_picture_is_refused(note, keeper, now):
    from django.core.files.uploadedfile import SimpleUploadedFile

    first = count(note, 20, keeper, now, 5)
    page = SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>")

    with pytest.raises(RuleViolation, match=r"photo\.jpg 的內容不是 \.jpg 檔") as refusal:
        adjust_line(first, actor=keeper, now=now, measure="corrected", photos=[page])

    assert refusal.value.field == "photos"

"""3.1.3 提交簽發取得單號; 3.1.1 沒有終檢合格不得開出發貨單; a void keeps its number and reason."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from aftersales.core.audit import timeline
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import (
    cancel_note,
    create_note,
    record_inspection,
    send_back_note,
    submit_note,
)
from delivery.models import ShippingNote
from delivery.workflow import WORKFLOW

pytestmark = pytest.mark.clause("3.1.3")


@pytest.fixture
def inspected(make_note, sales_clerk, quality_engineer, now) -> ShippingNote:
    """A draft that lacks nothing."""
    return record_inspection(
        make_note(now, issuer=sales_clerk),
        actor=quality_engineer,
        now=now,
        final_inspection_no="ZJ-1",
        final_inspection_on=date(2026, 11, 24),
        final_inspection_by="何雅婷",
    )


def test_submitting_takes_the_next_number_of_the_month(inspected, sales_clerk, now):
    note = submit_note(inspected, actor=sales_clerk, now=now)

    assert (note.number, note.state) == ("FH-202611-0001", "submitted")
    assert ShippingNote.objects.by_reference("FH-202611-0001").get() == note
    assert timeline(note)[0].event == "shippingnote.submitted"


@pytest.mark.clause("3.1.1")
def test_without_a_passed_final_inspection_it_is_refused_and_no_number_is_used_up(
    make_note, inspected, sales_clerk, now
):
    bare = make_note(now)

    with pytest.raises(RuleViolation, match="終檢合格") as refusal:
        submit_note(bare, actor=sales_clerk, now=now)

    assert refusal.value.clause == "3.1.1"
    assert submit_note(inspected, actor=sales_clerk, now=now).number == "FH-202611-0001"


@pytest.mark.clause("3.1.1")
def test_the_database_itself_forbids_a_note_without_inspection(make_note, now):
    note = make_note(now)

    with pytest.raises(IntegrityError), transaction.atomic():
        ShippingNote.objects.filter(pk=note.pk).update(state="submitted", number="FH-202611-0009")


def test_what_is_missing_is_named(inspected, sales_clerk, now):
    ShippingNote.objects.filter(pk=inspected.pk).update(phone="", ship_on=None)

    with pytest.raises(RuleViolation, match="電話、發貨日期"):
        submit_note(inspected, actor=sales_clerk, now=now)


def test_a_note_without_lines_is_refused(inspected, sales_clerk, now):
    inspected.lines.all().delete()

    with pytest.raises(RuleViolation, match="至少加一行"):
        submit_note(inspected, actor=sales_clerk, now=now)


def test_the_leaders_in_charge_are_told_but_not_the_issuer(inspected, sales_clerk, make_user, now):
    leaders = [make_user("leader"), make_user("leader")]

    submit_note(inspected, actor=sales_clerk, now=now)

    told = Notice.objects.filter(key__startswith="shippingnote.submitted")
    assert {notice.recipient for notice in told} == set(leaders)
    assert told.first().url == "/delivery/notes/FH-202611-0001/"


def test_only_who_may_submit_does(inspected, warehouse_keeper, now):
    with pytest.raises(RuleViolation, match="權限"):
        submit_note(inspected, actor=warehouse_keeper, now=now)


def test_submitting_twice_gives_one_number(inspected, sales_clerk, now):
    submit_note(inspected, actor=sales_clerk, now=now)

    with pytest.raises(RuleViolation, match="待簽發"):
        submit_note(inspected, actor=sales_clerk, now=now)

    assert ShippingNote.objects.exclude(number="").count() == 1


def test_a_note_that_was_sent_back_keeps_its_number(inspected, sales_clerk, leader, now):
    note = submit_note(inspected, actor=sales_clerk, now=now)
    note = send_back_note(note, actor=leader, now=now, reason="單價不對")

    again = submit_note(note, actor=sales_clerk, now=now)

    assert (again.number, again.reason) == ("FH-202611-0001", "")


def test_more_serial_numbers_than_pieces_are_refused(inspected, sales_clerk, now):
    line = inspected.lines.first()
    line.planned_serials = ["A1", "A2", "A3"]
    line.save()

    with pytest.raises(RuleViolation, match="第 10 行有 3 個序列號，數量只有 2 台"):
        submit_note(inspected, actor=sales_clerk, now=now)

    step = WORKFLOW.step(inspected, WORKFLOW["submit"], sales_clerk)
    assert [check.clause for check in step.missing] == ["3.1.4"]


@pytest.mark.clause("3.1.4")
def test_a_serial_number_that_has_left_already_is_refused_with_the_note_that_took_it(
    inspected, make_note, sales_clerk, now
):
    other = make_note(now, state="issued")
    taken = other.lines.first().serials.first().serial_no
    line = inspected.lines.first()
    line.planned_serials = [taken]
    line.save()

    with pytest.raises(RuleViolation, match=f"{taken} 已由 {other.title} 發出"):
        submit_note(inspected, actor=sales_clerk, now=now)


def test_cancelling_keeps_the_number_and_the_reason(inspected, sales_clerk, leader, now):
    note = submit_note(inspected, actor=sales_clerk, now=now)

    note = cancel_note(note, actor=sales_clerk, now=now, reason="客戶取消訂單")

    assert (note.state, note.number) == ("cancelled", "FH-202611-0001")
    assert note.reason == "客戶取消訂單"
    assert Notice.objects.filter(
        recipient=leader, key__startswith="shippingnote.cancelled"
    ).exists()


@pytest.mark.parametrize("reason", ["", " ", "無", "x" * 301])
def test_cancelling_wants_a_reason(inspected, sales_clerk, now, reason):
    with pytest.raises(RuleViolation) as refusal:
        cancel_note(inspected, actor=sales_clerk, now=now, reason=reason)

    assert refusal.value.field == "reason"
    inspected.refresh_from_db()
    assert inspected.state == "draft"


@pytest.mark.parametrize("state", ["cancelled", "refused"])
def test_the_external_number_of_a_note_that_never_left_may_be_used_again(
    sales_clerk, make_note, now, state
):
    ended = make_note(now, state=state, external_no="X-1")

    again = create_note(actor=sales_clerk, now=now, customer=ended.customer, external_no="X-1")

    assert again.external_no == ended.external_no


def test_a_released_note_can_not_be_cancelled(make_note, sales_clerk, now):
    note = make_note(now, state="released")

    with pytest.raises(RuleViolation, match="已簽發"):
        cancel_note(note, actor=sales_clerk, now=now, reason="客戶取消")

    note.refresh_from_db()
    assert note.state == "released"

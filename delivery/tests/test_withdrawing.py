"""3.1.3 an approved note cannot be edited: a change is a new revision that needs approval again."""

from datetime import date, timedelta

import pytest

from aftersales.core import public_links
from aftersales.core.audit import timeline
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from delivery.actions import release_note, submit_note, update_note, withdraw_note
from delivery.models import LineSerial, ShippingNote

pytestmark = pytest.mark.clause("3.1.3")
REASON = "客戶改數量"


def test_the_note_ends_and_a_revision_with_its_number_follows(make_note, sales_clerk, now):
    note = make_note(now, state="released", external_no="K-7")

    revision = withdraw_note(note, actor=sales_clerk, now=now, reason=REASON)

    note.refresh_from_db()
    assert (note.state, note.reason) == ("withdrawn", REASON)
    assert (revision.state, revision.reference) == ("draft", f"{note.number}-R2")
    assert (revision.previous_revision, note.next_revision) == (note, revision)
    assert revision.external_no == "K-7"


def test_the_revision_has_the_facts_and_lines_but_no_approval(make_note, sales_clerk, now):
    note = make_note(now, state="verified")

    revision = withdraw_note(note, actor=sales_clerk, now=now, reason=REASON)

    assert (revision.consignee, revision.final_inspection_no) == ("王志明", "ZJ-202611-0306")
    assert (revision.released_by, revision.released_at, revision.verified_at) == (None, None, None)
    copied = [(line.line_no, line.part_no, line.quantity) for line in revision.lines.all()]
    assert copied == [(line.line_no, line.part_no, line.quantity) for line in note.lines.all()]
    assert {line.verified_quantity for line in revision.lines.all()} == {None}


def test_the_revision_is_changed_submitted_and_released_like_any_draft(
    make_note, sales_clerk, leader, now
):
    revision = withdraw_note(
        make_note(now, state="released"), actor=sales_clerk, now=now, reason=REASON
    )
    lines = [
        {"pk": line.pk, "product": line.product, "quantity": line.quantity + 1}
        for line in revision.lines.all()
    ]

    revision = update_note(revision, actor=sales_clerk, now=now, version=1, lines=lines)
    revision = submit_note(revision, actor=sales_clerk, now=now)
    revision = release_note(revision, actor=leader, now=now)

    assert revision.reference.endswith("-0001-R2")
    again = withdraw_note(revision, actor=sales_clerk, now=now, reason=REASON)
    assert again.reference.endswith("-0001-R3")


@pytest.mark.clause("3.1.4")
def test_serial_numbers_claimed_at_the_count_are_free_again(make_note, sales_clerk, now):
    note = make_note(now, state="verified")
    assert LineSerial.objects.filter(line__note=note, is_out=True).count() == 2

    withdraw_note(note, actor=sales_clerk, now=now, reason=REASON)

    assert not LineSerial.objects.filter(is_out=True).exists()


def test_links_for_driver_and_customer_are_closed(make_note, sales_clerk, now):
    note = make_note(now, state="issued")
    link = public_links.open_link(note, "load", now=now, lasts=timedelta(days=1))
    token = public_links.token_of(link)

    withdraw_note(note, actor=sales_clerk, now=now, reason=REASON)

    assert public_links.find(token, "load", now=now) is None


@pytest.mark.clause("3.1.2")
def test_the_warehouse_confirms_the_revision_anew(make_note, sales_clerk, warehouse_keeper, now):
    note = make_note(now, state="released")

    revision = withdraw_note(note, actor=sales_clerk, now=now, reason=REASON)

    assert (revision.scheduled_at, revision.acknowledged_at) == (note.scheduled_at, None)
    assert Notice.objects.filter(
        recipient=warehouse_keeper, key__startswith="shippingnote.withdrawn"
    ).exists()


@pytest.mark.clause("3.1.2")
def test_a_day_that_has_passed_is_arranged_anew(make_note, sales_clerk, now):
    note = make_note(now, state="released")
    ShippingNote.objects.filter(pk=note.pk).update(ship_on=date(2026, 11, 23))

    revision = withdraw_note(note, actor=sales_clerk, now=now, reason=REASON)

    assert revision.scheduled_at is None


def test_both_timelines_say_so(make_note, sales_clerk, now):
    note = make_note(now, state="released")

    revision = withdraw_note(note, actor=sales_clerk, now=now, reason=REASON)

    assert timeline(note)[0].data == {"reason": REASON, "revision": revision.reference}
    assert timeline(revision)[0].data == {"reason": REASON, "previous": note.reference}


def test_a_second_withdrawal_makes_no_second_revision(make_note, sales_clerk, sales_manager, now):
    note = make_note(now, state="released")
    withdraw_note(note, actor=sales_clerk, now=now, reason=REASON)

    with pytest.raises(RuleViolation, match="已撤回"):
        withdraw_note(note, actor=sales_manager, now=now, reason=REASON)

    assert ShippingNote.objects.filter(number=note.number).count() == 2


def test_the_sales_manager_leaves_the_revision_with_the_issuer(make_note, sales_manager, now):
    note = make_note(now, state="released")

    revision = withdraw_note(note, actor=sales_manager, now=now, reason=REASON)

    assert revision.issuer == note.issuer


def test_it_wants_a_reason(make_note, sales_clerk, now):
    note = make_note(now, state="released")

    with pytest.raises(RuleViolation, match="理由"):
        withdraw_note(note, actor=sales_clerk, now=now, reason=" ")

    assert ShippingNote.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "submitted", "in_transit", "signed", "cancelled"])
def test_only_what_is_released_and_still_here_is_withdrawn(make_note, sales_clerk, now, state):
    with pytest.raises(RuleViolation, match="撤回並修訂"):
        withdraw_note(make_note(now, state=state), actor=sales_clerk, now=now, reason=REASON)


def test_the_leader_does_not_withdraw(make_note, leader, now):
    with pytest.raises(RuleViolation, match="權限"):
        withdraw_note(make_note(now, state="released"), actor=leader, now=now, reason=REASON)

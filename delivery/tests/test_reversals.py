"""3.2.2 最後簽字之後的更正用沖銷單：有單號、理由與核准，與原單互相連結."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from aftersales.accounts.models import User
from aftersales.core import audit
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import Notice
from aftersales.core.tests.racing import lock_off, race
from aftersales.masterdata.models import Unit
from delivery.actions import (
    approve_reversal,
    draft_reversal,
    redraw_note,
    refuse_reversal,
    void_reversal,
)
from delivery.models import LineSerial, Reversal, ShippingNote
from delivery.tests.floor import how_many, line_of, receive
from delivery.todo import reversals

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def note(make_note, now) -> ShippingNote:
    """Two pumps and six seals, received sound and signed for."""
    return receive(make_note(now, state="in_transit"), now)


@pytest.fixture
def pumps(note) -> list[str]:
    return [serial.serial_no for serial in LineSerial.objects.filter(line__note=note)]


@pytest.fixture
def draft(note, sales_clerk, now):
    def make(seals="2", serials=(), **facts) -> Reversal:
        facts = {
            "actor": sales_clerk,
            "now": now,
            "reason": "客戶簽錯數量",
            "quantities": {line_of(note, 20).pk: Decimal(seals)} if seals else {},
            "serial_nos": {line_of(note, 10).pk: serials},
        } | facts
        return draft_reversal(note, **facts)

    return make


# ---- drafted --------------------------------------------------------------------------------


def test_a_reversal_has_its_own_number_and_its_reason(draft, note):
    reversal = draft()

    assert reversal.number == "CX-202611-0001"
    assert (reversal.state, reversal.reason) == ("draft", "客戶簽錯數量")
    assert [(row.line.line_no, row.quantity) for row in reversal.lines.all()] == [(20, 2)]
    assert audit.timeline(note)[0].data["number"] == "CX-202611-0001"
    line = line_of(note, 20)
    told = f"第 20 行 {line.name}：2 {line.uom}"
    assert audit.timeline(reversal)[0].data["lines"] == [told]


def test_the_signed_note_stays_as_it_was(draft, note, leader, now):
    before = list(note.lines.values())

    approve_reversal(draft(), actor=leader, now=now)

    note.refresh_from_db()
    assert list(note.lines.values()) == before
    assert note.state == "closed"


def test_leaders_are_asked(draft, leader):
    reversal = draft()

    notice = Notice.objects.get(recipient=leader)
    assert notice.title == f"請核准沖銷：{reversal.number}"
    assert notice.url == reversal.get_absolute_url()


@pytest.mark.parametrize("reason", ["", " ", "錯"])
def test_without_a_reason_there_is_none(draft, reason):
    with pytest.raises(RuleViolation, match="請寫明理由"):
        draft(reason=reason)

    assert not Reversal.objects.exists()


def test_nothing_filled_in_is_refused(draft):
    with pytest.raises(RuleViolation, match="至少填一行"):
        draft(seals=None)


def test_not_more_than_was_received(draft, note):
    with pytest.raises(RuleViolation, match="實收還剩 6 套 可沖銷，不能沖 7 套") as refusal:
        draft(seals="7")

    assert refusal.value.field == f"line_{line_of(note, 20).pk}"


def test_not_more_than_is_left_after_an_earlier_one(draft, leader, now):
    approve_reversal(draft(seals="4"), actor=leader, now=now)

    with pytest.raises(RuleViolation, match="還剩 2 套"):
        draft(seals="3")


def test_serials_of_another_line_are_refused(draft):
    with pytest.raises(RuleViolation, match="沒有這些可沖銷的序列號：C9999"):
        draft(serials=["C9999"])


def test_a_line_with_serials_names_each(draft, note):
    with pytest.raises(RuleViolation, match="請勾選要沖銷的每一個"):
        draft(quantities={line_of(note, 10).pk: Decimal(1)})


def test_one_waits_at_a_time(draft):
    first = draft()

    with pytest.raises(RuleViolation, match=f"已有沖銷單 {first.number} 等核准"):
        draft()


def test_the_database_holds_one_waiting_reversal_a_note(draft, note, sales_clerk, now):
    draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reversal.objects.create(
            number="CX-202611-0999",
            note=note,
            reason="再來",
            drafted_by=sales_clerk,
            drafted_at=now,
        )


@pytest.mark.parametrize("state", ["draft", "issued", "in_transit", "delivered"])
def test_only_after_the_last_signature(make_note, sales_clerk, now, state):
    note = make_note(now, state=state)

    with pytest.raises(RuleViolation, match="不能「開沖銷單」"):
        draft_reversal(note, actor=sales_clerk, now=now, reason="寫錯", quantities={})


def test_not_by_the_warehouse(draft, warehouse_keeper):
    with pytest.raises(RuleViolation, match="沒有「開沖銷單」的權限"):
        draft(actor=warehouse_keeper)


# ---- approved -------------------------------------------------------------------------------


def test_approved_it_frees_the_serial_and_ends_the_unit(draft, pumps, leader, now):
    approve_reversal(draft(seals=None, serials=pumps[:1]), actor=leader, now=now)

    serials = LineSerial.objects.order_by("serial_no")
    assert [serial.is_out for serial in serials] == [False, True]
    assert list(Unit.objects.delivered().values_list("serial_no", flat=True)) == pumps[1:]


def test_a_freed_serial_cannot_be_reversed_again(draft, pumps, leader, now):
    approve_reversal(draft(seals=None, serials=pumps[:1]), actor=leader, now=now)

    with pytest.raises(RuleViolation, match="沒有這些可沖銷的序列號"):
        draft(seals=None, serials=pumps[:1])


def test_the_drafter_does_not_approve(draft, make_user, now):
    both = make_user("sales_clerk", "leader", username="both")

    with pytest.raises(RuleViolation, match="核准人不能是制單人"):
        approve_reversal(draft(actor=both), actor=both, now=now)


def test_the_database_knows_no_approval_by_the_drafter(draft, sales_clerk, now):
    reversal = draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reversal.objects.filter(pk=reversal.pk).update(
            state="approved", approved_by=sales_clerk, approved_at=now
        )


def test_not_by_a_clerk(draft, make_user, now):
    with pytest.raises(RuleViolation, match="沒有「核准沖銷」的權限"):
        approve_reversal(draft(), actor=make_user("sales_clerk", username="other"), now=now)


def test_approved_once(draft, leader, now):
    reversal = approve_reversal(draft(), actor=leader, now=now)

    with pytest.raises(RuleViolation, match="目前是「已核准」"):
        approve_reversal(reversal, actor=leader, now=now)


def test_approved_as_it_was_looked_at(draft, leader, now):
    reversal = draft()
    Reversal.objects.filter(pk=reversal.pk).update(version=2)

    with pytest.raises(StaleEdit):
        approve_reversal(reversal, actor=leader, now=now, version=1)


def approve_at_once(reversal, make_user, now) -> list[object]:
    """Six leaders at the same moment; who of them was refused by the rule."""
    first = User.objects.count()
    leaders = [make_user("leader", username=f"chief{first + number}") for number in range(6)]
    outcomes = race(
        [lambda actor=each: approve_reversal(reversal, actor=actor, now=now) for each in leaders]
    )
    return [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_approvals_at_the_same_moment_one_counts(draft, make_user, now):
    reversal = draft()

    refused = approve_at_once(reversal, make_user, now)

    assert len(refused) == 5
    approvals = [e for e in audit.timeline(reversal) if e.event == "reversal.approved"]
    assert len(approvals) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_more_than_one_gets_past_the_check(
    draft, make_user, sales_clerk, now
):
    refused = []
    with lock_off():
        for _round in range(5):
            reversal = draft(seals="1")
            refused.append(len(approve_at_once(reversal, make_user, now)))
            Reversal.objects.filter(pk=reversal.pk, state="draft").update(is_void=True)

    assert set(refused) != {5}


# ---- ended otherwise ------------------------------------------------------------------------


def test_a_void_one_keeps_number_and_reason_and_another_may_be_drafted(draft, sales_clerk, now):
    first = void_reversal(draft(), actor=sales_clerk, now=now, reason="數量填錯")

    assert (first.number, first.is_void, first.void_reason) == ("CX-202611-0001", True, "數量填錯")
    assert draft().number == "CX-202611-0002"


def test_a_refused_one_is_void_and_its_drafter_hears_why(draft, leader, sales_clerk, now):
    reversal = refuse_reversal(draft(), actor=leader, now=now, reason="應走退貨")

    assert reversal.is_void
    assert "應走退貨" in Notice.objects.get(recipient=sales_clerk).body


def test_a_void_one_is_not_approved(draft, sales_clerk, leader, now):
    reversal = void_reversal(draft(), actor=sales_clerk, now=now, reason="數量填錯")

    with pytest.raises(RuleViolation, match="已作廢"):
        approve_reversal(reversal, actor=leader, now=now)


# ---- drawn up anew --------------------------------------------------------------------------


def test_what_went_back_is_drawn_up_anew_and_linked_both_ways(
    draft, note, pumps, leader, sales_clerk, now
):
    reversal = approve_reversal(draft(serials=pumps[:1]), actor=leader, now=now)

    new = redraw_note(reversal, actor=sales_clerk, now=now)

    reversal.refresh_from_db()
    assert reversal.replacement == new
    assert new.replaces == reversal
    assert new.state == "draft"
    assert [(line.line_no, line.quantity, line.planned_serials) for line in new.lines.all()] == [
        (10, 1, pumps[:1]),
        (20, 2, []),
    ]


def test_drawn_up_once(draft, leader, sales_clerk, now):
    reversal = approve_reversal(draft(), actor=leader, now=now)
    redraw_note(reversal, actor=sales_clerk, now=now)

    with pytest.raises(RuleViolation, match="已重開過"):
        redraw_note(reversal, actor=sales_clerk, now=now)


def test_not_before_approval(draft, sales_clerk, now):
    with pytest.raises(RuleViolation, match="核准後才能重開"):
        redraw_note(draft(), actor=sales_clerk, now=now)


# ---- pages ----------------------------------------------------------------------------------


def test_the_pages_lead_from_the_note_to_the_approved_reversal(client, note, sales_clerk, leader):
    client.force_login(sales_clerk)
    page = client.get(note.get_absolute_url()).content.decode()
    assert reverse("shippingnote_reverse", args=[note.reference]) in page
    facts = {f"line_{line_of(note, 20).pk}": "2", "reason": "客戶簽錯數量", "form_key": "one"}
    answer = client.post(reverse("shippingnote_reverse", args=[note.reference]), facts)
    reversal = Reversal.objects.get()
    assert answer.url == reversal.get_absolute_url()

    client.force_login(leader)
    page = client.get(reversal.get_absolute_url()).content.decode()
    assert "客戶簽錯數量" in page
    assert "−2 套" in page
    client.post(reverse("reversal_approve", args=[reversal.number]), {"version": reversal.version})

    reversal.refresh_from_db()
    assert (reversal.state, reversal.approved_by) == ("approved", leader)
    page = client.get(note.get_absolute_url()).content.decode()
    assert reversal.get_absolute_url() in page


def test_a_refusal_stands_beside_its_line_with_the_right_value(client, note, sales_clerk):
    client.force_login(sales_clerk)
    facts = {f"line_{line_of(note, 20).pk}": "9", "reason": "客戶簽錯數量"}

    page = client.post(reverse("shippingnote_reverse", args=[note.reference]), facts)

    assert "實收還剩 6 套 可沖銷，不能沖 9 套" in page.content.decode()
    assert not Reversal.objects.exists()


def test_a_note_that_is_not_signed_says_why_there_is_nothing_to_reverse(
    client, make_note, sales_clerk, now
):
    note = make_note(now, state="issued")
    client.force_login(sales_clerk)

    page = client.get(reverse("shippingnote_reverse", args=[note.reference])).content.decode()

    assert "最後簽字之後的單據才用沖銷更正" in page


def test_the_list_finds_by_number_and_by_note(client, draft, note, sales_clerk):
    reversal = draft()
    client.force_login(sales_clerk)

    for words in (reversal.number, note.number):
        page = client.get(reverse("reversal_list"), {"q": words}).content.decode()
        assert reversal.get_absolute_url() in page
    page = client.get(reverse("reversal_list"), {"state": "approved"}).content.decode()
    assert "沒有符合的沖銷單" in page


def test_it_waits_on_the_home_page_of_leaders(draft, leader, sales_clerk, now):
    reversal = draft()

    assert [task.number for task in reversals.tasks(leader, now)] == [reversal.number]
    assert how_many(reversals, leader) == (1, False)
    assert [task.waits_for for task in reversals.tasks(sales_clerk, now)] == ["分管領導"]
    assert how_many(reversals, sales_clerk) == (0, False)

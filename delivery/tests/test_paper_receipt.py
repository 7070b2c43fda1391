"""3.2.2 送貨單由司機帶回: arrival and the receipt on paper, recorded by our people."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from aftersales.core import audit, public_links
from aftersales.core.errors import RuleViolation
from aftersales.masterdata.models import Unit
from delivery.actions import arrive_note, record_receipt
from delivery.actions.arrivals.settling import PaperConfirmation
from delivery.forms.receiving import PaperReceiptForm
from delivery.models import TransitLoss
from delivery.tests.floor import (
    all_sound,
    confirm,
    customer_says,
    differs,
    line_of,
    receipts_with,
    receive,
    receive_link,
    report,
)

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def note(make_note, now):
    return make_note(now, state="in_transit")


def test_our_people_can_record_the_arrival_before_the_customer_signs(note, logistics_clerk, now):
    arrive_note(note, actor=logistics_clerk, now=now)
    later = now + timedelta(hours=1)

    note = receive(note, later)

    assert (note.arrived_at, note.closed_at) == (now, later)


def off_paper(note, actor, now, **facts):
    facts.setdefault("receipts", all_sound(note))
    facts.setdefault("signed_on", timezone.localdate(now))
    return record_receipt(note, actor=actor, now=now, name="王志明", **facts)


def test_a_paper_receipt_is_recorded_and_waits_for_the_paper(make_note, sales_clerk, now):
    note = make_note(now - timedelta(days=1), state="delivered")
    link = receive_link(note, now)

    note = off_paper(note, sales_clerk, now, signed_on=date(2026, 11, 23))

    assert (note.state, note.received_on, note.closed_at) == ("signed", date(2026, 11, 23), None)
    signature = note.signatures.get()
    assert (signature.means, signature.name) == ("paper", "王志明")
    assert Unit.objects.count() == 2
    assert public_links.find(public_links.token_of(link), "receive", now=now) is None


@pytest.mark.parametrize("signed_on", [date(2026, 11, 23), date(2026, 11, 25)])
def test_the_day_on_the_paper_lies_between_departure_and_today(
    make_note, sales_clerk, now, signed_on
):
    note = make_note(now, state="delivered")

    with pytest.raises(RuleViolation, match="2026-11-24 與今天 2026-11-24 之間") as refusal:
        record_receipt(
            note,
            actor=sales_clerk,
            now=now,
            receipts=all_sound(note),
            name="王志明",
            signed_on=signed_on,
        )

    assert refusal.value.field == "signed_on"


def test_a_paper_receipt_needs_the_receivers_name(make_note, sales_clerk, now):
    note = make_note(now, state="delivered")

    with pytest.raises(RuleViolation, match="請填寫收貨人姓名"):
        record_receipt(
            note,
            actor=sales_clerk,
            now=now,
            receipts=all_sound(note),
            name="",
            signed_on=date(2026, 11, 24),
        )


def test_a_keeper_may_not_record_receipts(make_note, warehouse_keeper, now):
    note = make_note(now, state="delivered")

    with pytest.raises(RuleViolation, match="沒有「登記紙本簽收」的權限"):
        record_receipt(
            note,
            actor=warehouse_keeper,
            now=now,
            receipts=all_sound(note),
            name="王志明",
            signed_on=date(2026, 11, 24),
        )


# ---- trouble on the paper -------------------------------------------------------------------


@pytest.fixture
def delivered(make_note, salesperson, now):
    return make_note(now - timedelta(hours=4), state="delivered", salesperson=salesperson)


def short_of_one(note):
    return receipts_with(note, 20, sound=5, short=1)


def by_phone(person, now, **facts) -> PaperConfirmation:
    facts = {"at": now - timedelta(hours=1), "answer": "電話確認，請卸貨，短少的補發"} | facts
    return PaperConfirmation(person, **facts)


def quantities(note, line_no: int = 20) -> tuple:
    line = line_of(note, line_no)
    return (line.received_sound, line.received_damaged, line.short, line.refused)


def test_trouble_on_the_paper_asks_who_of_ours_confirmed_it(delivered, sales_clerk, now):
    with pytest.raises(RuleViolation, match="紙本第 20 行 機械密封 有損壞、短少或拒收") as refusal:
        off_paper(delivered, sales_clerk, now, receipts=short_of_one(delivered))

    assert refusal.value.field == "confirmed_by"
    assert delivered.arrival_reports.count() == 0
    assert quantities(delivered) == (None,) * 4


def test_what_was_confirmed_on_the_phone_becomes_a_report_of_the_paper(
    delivered, sales_clerk, salesperson, now
):
    off_paper(
        delivered, sales_clerk, now,
        receipts=short_of_one(delivered), confirmation=by_phone(salesperson, now),
    )  # fmt: skip

    report = delivered.arrival_reports.get()
    assert (report.means, report.state) == ("paper", "signed")
    assert (report.recorded_by, report.decided_by) == (sales_clerk, salesperson)
    assert report.decided_at == now - timedelta(hours=1)
    assert report.answer == "電話確認，請卸貨，短少的補發"
    assert quantities(delivered) == (5, 0, 1, 0)
    assert TransitLoss.objects.get().lines.get().kind == "short"
    decision = next(
        entry for entry in audit.timeline(delivered) if entry.event.endswith("arrival_confirmed")
    )
    assert (decision.actor, decision.data["decided_by"]) == (sales_clerk, salesperson.name)


def test_a_line_that_was_sent_back_whole_is_said_so(delivered, sales_clerk, salesperson, now):
    receipts = receipts_with(delivered, 20, sound=4, damaged=2, damage_kind="damp")
    returned = {line_of(delivered, 20).pk: "return"}

    off_paper(
        delivered, sales_clerk, now, receipts=receipts,
        confirmation=by_phone(salesperson, now, decisions=returned),
    )  # fmt: skip

    assert quantities(delivered) == (0, 0, 0, 6)
    assert TransitLoss.objects.get().lines.get().quantity == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"at": None}, "confirmed_at"),
        ({"at": timedelta(hours=5)}, "confirmed_at"),  # before it left
        ({"at": timedelta(minutes=-1)}, "confirmed_at"),  # still to come
        ({"answer": " "}, "answer"),
    ],
)
def test_a_confirmation_says_when_and_how(delivered, sales_clerk, salesperson, now, facts, field):
    if facts.get("at"):
        facts = {"at": now - facts["at"]}

    with pytest.raises(RuleViolation) as refusal:
        off_paper(
            delivered, sales_clerk, now, receipts=short_of_one(delivered),
            confirmation=by_phone(salesperson, now, **facts),
        )  # fmt: skip

    assert refusal.value.field == field


def test_nobody_confirms_after_the_customer_has_signed(make_note, sales_clerk, sales_manager, now):
    note = make_note(now - timedelta(days=2), state="delivered")

    with pytest.raises(RuleViolation, match="客戶簽收（2026-11-23）之前"):
        off_paper(
            note, sales_clerk, now, receipts=short_of_one(note), signed_on=date(2026, 11, 23),
            confirmation=by_phone(sales_manager, now),
        )  # fmt: skip


@pytest.mark.parametrize("role", ["sales_clerk", "leader"])
def test_only_who_may_decide_can_have_confirmed(delivered, sales_clerk, make_user, role, now):
    person = make_user(role, name="林某")

    with pytest.raises(RuleViolation, match="林某 不負責這位客戶，不能確認卸貨或退回") as refusal:
        off_paper(
            delivered, sales_clerk, now, receipts=short_of_one(delivered),
            confirmation=by_phone(person, now),
        )  # fmt: skip

    assert refusal.value.field == "confirmed_by"


def test_a_paper_that_agrees_with_our_confirmation_needs_no_second_one(
    delivered, sales_clerk, salesperson, now
):
    report(delivered, now, actor=sales_clerk, receipts=short_of_one(delivered))
    confirm(delivered, salesperson, now)

    off_paper(delivered, sales_clerk, now, receipts=short_of_one(delivered))

    assert delivered.arrival_reports.get().state == "signed"
    assert quantities(delivered) == (5, 0, 1, 0)


def test_a_paper_that_says_something_else_is_confirmed_anew(
    delivered, sales_clerk, salesperson, now
):
    report(delivered, now, actor=sales_clerk, receipts=short_of_one(delivered))
    confirm(delivered, salesperson, now)
    found = receipts_with(delivered, 20, sound=4, short=2)

    with pytest.raises(RuleViolation, match="紙本與 業務員 確認的不同。確認的是 第 20 行"):
        off_paper(delivered, sales_clerk, now, receipts=found)
    off_paper(delivered, sales_clerk, now, receipts=found, confirmation=by_phone(salesperson, now))

    states = delivered.arrival_reports.values_list("attempt", "means", "state")
    assert list(states) == [(1, "call", "superseded"), (2, "paper", "signed")]
    assert quantities(delivered) == (4, 0, 2, 0)


def test_a_report_that_nobody_answered_falls_by_a_paper_without_trouble(
    delivered, sales_clerk, now
):
    report(delivered, now, actor=sales_clerk, receipts=short_of_one(delivered))

    off_paper(delivered, sales_clerk, now)

    assert delivered.arrival_reports.get().state == "superseded"
    assert quantities(delivered) == (6, 0, 0, 0)


def test_the_form_offers_whom_the_customer_belongs_to(
    delivered, salesperson, sales_manager, make_user, now
):
    make_user("salesperson", username="stranger")

    form = PaperReceiptForm(delivered, now=now)

    assert set(form.fields["confirmed_by"].queryset) == {salesperson, sales_manager}


@pytest.mark.parametrize(("line_no", "said"), [(10, {}), (20, {"sound": "6"})])
def test_trouble_that_is_not_told_is_asked_for(note, now, line_no, said):
    line = line_of(note, line_no)
    fates = {f"fate_{serial.pk}": "sound" for serial in line.serials.all()}
    answers = customer_says(note, **differs(line, **said), **fates, signed_on="2026-11-24")

    silent = PaperReceiptForm(note, answers, now=now)
    told = PaperReceiptForm(note, {**answers, f"remark_{line.pk}": "外箱濕"}, now=now)

    assert "請標出哪一件有問題" in silent.errors[f"line_{line.pk}"][0]
    assert told.is_valid(), told.errors

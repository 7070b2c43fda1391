"""3.2.2 送貨單由司機帶回: arrival and the receipt on paper, recorded by our people."""

from datetime import date, timedelta

import pytest

from aftersales.core import public_links
from aftersales.core.errors import RuleViolation
from aftersales.masterdata.models import Unit
from delivery.actions import arrive_note, record_receipt
from delivery.forms.receiving import PaperReceiptForm
from delivery.tests.floor import (
    all_sound,
    customer_says,
    differs,
    line_of,
    receipts_with,
    receive,
    receive_link,
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


def test_a_paper_receipt_is_recorded_and_waits_for_the_paper(make_note, sales_clerk, now):
    note = make_note(now - timedelta(days=1), state="delivered")
    link = receive_link(note, now)

    note = record_receipt(
        note,
        actor=sales_clerk,
        now=now,
        receipts=receipts_with(note, 20, sound=5, short=1),
        name="王志明",
        signed_on=date(2026, 11, 23),
    )

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


@pytest.mark.parametrize(("line_no", "said"), [(10, {}), (20, {"sound": "6"})])
def test_trouble_that_is_not_told_is_asked_for(note, now, line_no, said):
    line = line_of(note, line_no)
    fates = {f"fate_{serial.pk}": "sound" for serial in line.serials.all()}
    answers = customer_says(note, **differs(line, **said), **fates, signed_on="2026-11-24")

    silent = PaperReceiptForm(note, answers, today=now.date())
    told = PaperReceiptForm(note, {**answers, f"remark_{line.pk}": "外箱濕"}, today=now.date())

    assert "請標出哪一件有問題" in silent.errors[f"line_{line.pk}"][0]
    assert told.is_valid(), told.errors

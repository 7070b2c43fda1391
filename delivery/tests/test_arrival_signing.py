"""3.2.2 客戶在送貨單上簽實收數量: after trouble exactly what we have confirmed, nothing else."""

from datetime import timedelta

import pytest

from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from aftersales.core.tests.racing import lock_off, race
from aftersales.masterdata.models import Unit
from delivery import arrivals, signing
from delivery.actions import ReportChanged
from delivery.models import (
    ArrivalReport,
    LineSerial,
    ShippingNote,
    TransitLoss,
    TransitLossLine,
)
from delivery.tests.floor import (
    all_sound,
    confirm,
    line_of,
    receipts_with,
    receive,
    report,
    sign_decided,
)

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def note(make_note, now, salesperson):
    return make_note(now, state="in_transit", salesperson=salesperson)


@pytest.fixture
def pumps(note) -> list[str]:
    return [serial.serial_no for serial in LineSerial.objects.filter(line__note=note)]


@pytest.fixture
def reported(note, now):
    """2 of 6 seals damp, 1 short, 1 refused for its quality."""
    found = {"sound": 2, "damaged": 2, "short": 1, "refused": 1}
    receipts = receipts_with(note, 20, damage_kind="damp", remark="箱底濕", **found)
    report(note, now, receipts=receipts)
    return note


def received(note, line_no: int = 20) -> tuple:
    line = line_of(note, line_no)
    return (line.received_sound, line.received_damaged, line.short, line.refused)


# ---- signed as decided ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "signed"), [("unload", (2, 2, 1, 1)), ("return", (0, 0, 1, 5))]
)
def test_the_customer_signs_the_quantities_of_our_decision(
    reported, salesperson, decision, signed, now
):
    confirm(reported, salesperson, now, decision)

    note = sign_decided(reported, now + timedelta(minutes=9))

    assert received(note) == signed
    assert received(note, 10) == (2, 0, 0, 0)
    assert line_of(note, 20).receipt_remark == "箱底濕"
    assert note.state == "closed"
    assert ArrivalReport.objects.get().state == "signed"
    assert signing.is_valid(note.signatures.get(party="receiver"))


def test_what_the_form_says_counts_nothing_against_our_decision(reported, salesperson, now):
    confirm(reported, salesperson, now, "return")
    seen = arrivals.stamp(arrivals.current(reported))

    receive(reported, now, receipts=all_sound(reported), seen=seen)

    assert received(reported) == (0, 0, 1, 5)


def test_serials_of_a_returned_line_may_leave_again_but_for_the_lost_one(
    note, pumps, salesperson, now
):
    fates = {pumps[0]: "short", pumps[1]: "damaged"}
    report(note, now, receipts=receipts_with(note, 10, fates=fates))
    confirm(note, salesperson, now, "return")

    sign_decided(note, now)

    serials = LineSerial.objects.filter(line__note=note).values_list("serial_no", "fate", "is_out")
    assert list(serials) == [(pumps[0], "short", True), (pumps[1], "refused", False)]
    assert not Unit.objects.exists()


def test_an_unloaded_damaged_machine_is_a_unit_and_a_refused_one_is_not(
    note, pumps, salesperson, now
):
    fates = {pumps[0]: "damaged", pumps[1]: "refused"}
    report(note, now, receipts=receipts_with(note, 10, fates=fates))
    confirm(note, salesperson, now)

    sign_decided(note, now)

    assert Unit.objects.get().serial_no == pumps[0]
    assert not LineSerial.objects.get(serial_no=pumps[1]).is_out


# ---- refused --------------------------------------------------------------------------------


def test_before_our_confirmation_nothing_is_signed(reported, now):
    with pytest.raises(RuleViolation, match="業務員還沒有確認第 1 次回報"):
        sign_decided(reported, now)

    assert received(reported) == (None, None, None, None)


def test_a_decision_that_nobody_looked_at_is_not_signed(reported, salesperson, now):
    confirm(reported, salesperson, now)

    with pytest.raises(RuleViolation, match="請先看過我方的處理決定"):
        receive(reported, now)


def test_a_decision_changed_meanwhile_is_looked_at_first(reported, salesperson, now):
    confirm(reported, salesperson, now)
    seen = arrivals.stamp(arrivals.current(reported))
    confirm(reported, salesperson, now, "return")

    with pytest.raises(ReportChanged, match="剛才已確認第 1 次回報，請先看過處理決定"):
        sign_decided(reported, now, seen=seen)

    assert ShippingNote.objects.get(pk=reported.pk).state == "delivered"


def test_without_a_signature_nothing_is_received(reported, salesperson, now):
    confirm(reported, salesperson, now)

    with pytest.raises(RuleViolation, match="請在框內簽名"):
        sign_decided(reported, now, path="")

    assert received(reported) == (None, None, None, None)
    assert ArrivalReport.objects.get().state == "confirmed"


# ---- found to be well after all -------------------------------------------------------------


def test_who_finds_all_well_after_all_signs_before_we_have_answered(reported, now):
    seen = arrivals.stamp(arrivals.current(reported))

    note = receive(reported, now, seen=seen)

    assert received(note) == (6, 0, 0, 0)
    assert ArrivalReport.objects.get().state == "superseded"
    assert not TransitLoss.objects.exists()


def test_after_our_answer_that_needs_a_new_confirmation(reported, salesperson, now):
    confirm(reported, salesperson, now, "return")
    report(reported, now, receipts=all_sound(reported))

    confirm(reported, salesperson, now, answer="好的，照收")
    note = sign_decided(reported, now)

    assert received(note) == (6, 0, 0, 0)


# ---- what follows ---------------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["unload", "return"])
def test_what_was_lost_on_the_way_opens_a_loss_whoever_keeps_the_goods(
    reported, salesperson, decision, now
):
    confirm(reported, salesperson, now, decision)

    sign_decided(reported, now)

    loss = TransitLoss.objects.get()
    assert (loss.note, loss.party) == (reported, "own_fleet")
    lines = TransitLossLine.objects.values_list("kind", "quantity")
    assert set(lines) == {("damp", 2), ("short", 1)}


def test_what_was_only_refused_for_quality_is_no_loss(note, salesperson, now):
    report(note, now, receipts=receipts_with(note, 20, sound=5, refused=1))
    confirm(note, salesperson, now)

    sign_decided(note, now)

    assert not TransitLoss.objects.exists()


def test_quality_is_told_what_was_refused_for_its_quality(
    reported, salesperson, quality_engineer, quality_manager, now
):
    confirm(reported, salesperson, now, "return")

    sign_decided(reported, now)

    told = Notice.objects.filter(title=f"客戶因質量拒收：{reported.number}")
    assert {notice.recipient for notice in told} == {quality_engineer, quality_manager}
    assert "第 20 行 機械密封：質量拒收 1 套，箱底濕" in told[0].body
    assert "受潮" not in told[0].body, "what the journey did is not Quality's"


def test_quality_hears_nothing_of_what_the_journey_did(note, salesperson, quality_engineer, now):
    report(note, now, receipts=receipts_with(note, 20, sound=4, damaged=2))
    confirm(note, salesperson, now, "return")

    sign_decided(note, now)

    assert not Notice.objects.filter(recipient=quality_engineer).exists()


def test_the_difference_is_told_to_salesperson_issuer_and_logistics(
    reported, salesperson, logistics_clerk, now
):
    confirm(reported, salesperson, now)

    sign_decided(reported, now)

    told = Notice.objects.filter(title=f"收貨有差異：{reported.number}")
    assert {notice.recipient for notice in told} == {
        salesperson, reported.issuer, logistics_clerk,
    }  # fmt: skip
    assert "第 20 行 機械密封：損壞 2 套、短少 1 套、退回 1 套，箱底濕" in told[0].body


# ---- at the same moment ---------------------------------------------------------------------


def sign_and_decide(note, salesperson, now) -> list[object]:
    """The customer signs "unload" while the salesperson changes it to "return"."""
    seen = arrivals.stamp(arrivals.current(note))
    return race(
        [
            lambda: sign_decided(note, now, seen=seen),
            lambda: confirm(note, salesperson, now, "return", seen=seen),
        ]
        * 3
    )


def decided_note(make_note, salesperson, now):
    note = make_note(now, state="in_transit", salesperson=salesperson)
    report(note, now, receipts=receipts_with(note, 20, sound=4, damaged=2))
    confirm(note, salesperson, now)
    return note


def is_in_order(note, outcomes) -> bool:
    """Either it was signed as seen, or changed and not signed; never both."""
    done = [each for each in outcomes if isinstance(each, ShippingNote | ArrivalReport)]
    report = note.arrival_reports.get()
    decision = report.lines.get(line__line_no=20).decision
    signed = report.state == "signed"
    return len(done) == 1 and (
        (signed, decision, received(note)) == (True, "unload", (4, 2, 0, 0))
        or (signed, decision, received(note)) == (False, "return", (None,) * 4)
    )


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_signature_and_new_decision_at_the_same_moment_one_wins(make_note, salesperson, now):
    for _turn in range(10):
        note = decided_note(make_note, salesperson, now)

        outcomes = sign_and_decide(note, salesperson, now)

        assert is_in_order(note, outcomes), outcomes


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_signed_decision_is_changed(make_note, salesperson, now):
    kept_the_rule = []
    with lock_off():
        for _turn in range(10):
            note = decided_note(make_note, salesperson, now)
            kept_the_rule.append(is_in_order(note, sign_and_decide(note, salesperson, now)))

    assert not all(kept_the_rule)

"""3.2.2 經我方確認後卸貨或退回: by line or the whole load, by who answers for the customer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aftersales.accounts.models import Leave
from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Notice
from aftersales.core.tests.racing import lock_off, race
from delivery import arrivals
from delivery.actions import ReportChanged
from delivery.models import ArrivalReport, LineSerial
from delivery.receipts import Receipt
from delivery.tests.floor import (
    confirm,
    line_of,
    receipts_with,
    report,
    sign_decided,
)

pytestmark = pytest.mark.clause("3.2.2")


@pytest.fixture
def note(make_note, now, salesperson):
    return make_note(now, state="in_transit", salesperson=salesperson)


@pytest.fixture
def reported(note, now):
    """2 of 6 seals damp, 1 short, 1 refused for its quality."""
    found = {"sound": 2, "damaged": 2, "short": 1, "refused": 1}
    report(note, now, receipts=receipts_with(note, 20, damage_kind="damp", **found))
    return note


def outcome(note, line_no: int = 20) -> Receipt:
    return arrivals.outcome(arrivals.current(note))[line_of(note, line_no).pk]


def quantities(receipt: Receipt) -> tuple:
    return (receipt.sound, receipt.damaged, receipt.short, receipt.refused)


# ---- what comes of it -----------------------------------------------------------------------


def test_unloaded_it_stays_as_reported_and_only_the_refused_goes_back(reported, salesperson, now):
    decided = confirm(reported, salesperson, now)

    assert (decided.state, decided.decided_by, decided.decided_at) == (
        "confirmed", salesperson, now,
    )  # fmt: skip
    assert decided.answer == "請卸貨，損壞的明天補發"
    assert quantities(outcome(reported)) == (2, 2, 1, 1)


def test_a_returned_line_goes_back_but_for_what_never_came(reported, salesperson, now):
    confirm(reported, salesperson, now, "return")

    assert quantities(outcome(reported)) == (0, 0, 1, 5)
    assert quantities(outcome(reported, 10)) == (2, 0, 0, 0), "the sound line is unloaded"


def test_the_whole_load_goes_back(reported, salesperson, now):
    confirm(reported, salesperson, now, decisions={}, returns_all=True)

    assert quantities(outcome(reported)) == (0, 0, 1, 5)
    assert quantities(outcome(reported, 10)) == (0, 0, 0, 2)


def test_a_sound_line_can_be_sent_back_too(reported, salesperson, now):
    decisions = {line_of(reported, 10).pk: "return", line_of(reported, 20).pk: "unload"}

    confirm(reported, salesperson, now, decisions=decisions)

    assert quantities(outcome(reported, 10)) == (0, 0, 0, 2)


def test_serials_of_a_returned_line_go_back_but_for_the_lost_one(note, salesperson, now):
    lost, cracked = LineSerial.objects.filter(line__note=note).values_list("serial_no", flat=True)
    fates = {lost: "short", cracked: "damaged"}
    report(note, now, receipts=receipts_with(note, 10, fates=fates))

    confirm(note, salesperson, now, "return")

    assert outcome(note, 10).fates == {lost: "short", cracked: "refused"}
    assert quantities(outcome(note, 10)) == (0, 0, 1, 1)


# ---- who decides ----------------------------------------------------------------------------


def test_the_sales_manager_decides_for_every_customer(reported, sales_manager, now):
    assert confirm(reported, sales_manager, now).decided_by == sales_manager


def test_a_salesperson_decides_for_the_own_customers_only(reported, make_user, now):
    stranger = make_user("salesperson", username="stranger")

    with pytest.raises(RuleViolation, match="由業務員 業務員 或銷售部經理確認"):
        confirm(reported, stranger, now)

    assert arrivals.current(reported).state == "reported"


def test_a_clerk_may_not_decide(reported, sales_clerk, now):
    with pytest.raises(RuleViolation, match="沒有「確認到貨異常」的權限"):
        confirm(reported, sales_clerk, now)


@pytest.fixture
def deputise(now):
    def make(absent, deputy):
        moment = timezone.now()
        Leave.objects.create(
            user=absent, deputy=deputy, starts_at=moment - timedelta(hours=1),
            ends_at=moment + timedelta(days=1), created_by=absent, created_at=moment,
        )  # fmt: skip
        return deputy

    return make


@pytest.mark.parametrize("role", ["production", "salesperson", "sales_clerk"])
def test_a_deputy_decides_in_the_absent_persons_name(
    reported, salesperson, make_user, deputise, role, now
):
    deputy = deputise(salesperson, make_user(role, username="deputy"))

    decided = confirm(reported, deputy, now)

    assert (decided.decided_by, decided.decided_for) == (deputy, salesperson.name)
    assert audit.timeline(reported)[0].on_behalf_of == salesperson.name


def test_a_deputy_of_somebody_else_does_not(reported, make_user, sales_clerk, deputise, now):
    other = make_user("salesperson", username="other")

    with pytest.raises(RuleViolation, match="由業務員"):
        confirm(reported, deputise(other, sales_clerk), now)


# ---- refused --------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["", "burn"])
def test_every_line_in_trouble_needs_a_decision(reported, salesperson, decision, now):
    with pytest.raises(RuleViolation, match="請決定第 20 行 機械密封") as refusal:
        confirm(reported, salesperson, now, decision)

    assert refusal.value.field == f"decision_{line_of(reported, 20).pk}"
    assert ArrivalReport.objects.get().state == "reported"


def test_the_customer_reads_an_answer(reported, salesperson, now):
    with pytest.raises(RuleViolation, match="請填寫給客戶的說明"):
        confirm(reported, salesperson, now, answer=" ")


def test_where_nothing_is_reported_there_is_nothing_to_decide(note, salesperson, now):
    with pytest.raises(RuleViolation, match="沒有回報到貨異常"):
        confirm(note, salesperson, now)


def test_after_the_signature_nothing_is_decided_anew(reported, salesperson, now):
    confirm(reported, salesperson, now)
    sign_decided(reported, now)

    with pytest.raises(RuleViolation, match="到貨異常只在發車之後、客戶簽收之前"):
        confirm(reported, salesperson, now, "return")


# ---- a second time --------------------------------------------------------------------------


def test_until_the_signature_the_decision_may_be_changed(reported, salesperson, now):
    confirm(reported, salesperson, now)

    confirm(reported, salesperson, now + timedelta(minutes=3), "return", answer="請整行退回")

    assert quantities(outcome(reported)) == (0, 0, 1, 5)
    assert arrivals.current(reported).answer == "請整行退回"


def test_who_has_not_seen_the_others_decision_does_not_overwrite_it(
    reported, salesperson, sales_manager, now
):
    seen = arrivals.stamp(arrivals.current(reported))
    confirm(reported, salesperson, now, seen=seen)

    with pytest.raises(ReportChanged, match="業務員 剛才已確認第 1 次回報"):
        confirm(reported, sales_manager, now, "return", seen=seen)

    assert quantities(outcome(reported)) == (2, 2, 1, 1)


def test_the_decision_is_told_to_issuer_and_logistics(reported, salesperson, logistics_clerk, now):
    confirm(reported, salesperson, now, "return")

    told = Notice.objects.filter(title=f"到貨異常已確認，等客戶簽收：{reported.number}")
    assert {notice.recipient for notice in told} == {reported.issuer, logistics_clerk}
    assert "第 20 行 機械密封：短少 1 套、退回 5 套" in told[0].body


# ---- at the same moment ---------------------------------------------------------------------


def decide_at_once(note, people, now) -> list[object]:
    seen = arrivals.stamp(arrivals.current(note))
    calls = [
        lambda actor=actor, decision=decision: confirm(note, actor, now, decision, seen=seen)
        for actor, decision in zip(people, ("unload", "return") * 4, strict=True)
    ]
    return race(calls)


@pytest.fixture
def eight(salesperson, sales_manager):
    return [salesperson, sales_manager] * 4


def fresh_report(make_note, salesperson, now):
    note = make_note(now, state="in_transit", salesperson=salesperson)
    report(note, now, receipts=receipts_with(note, 20, sound=4, damaged=2))
    return note


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_decisions_at_the_same_moment_one_wins(make_note, salesperson, eight, now):
    for _turn in range(10):
        note = fresh_report(make_note, salesperson, now)

        outcomes = decide_at_once(note, eight, now)

        done = [each for each in outcomes if isinstance(each, ArrivalReport)]
        refused = [each for each in outcomes if isinstance(each, ReportChanged)]
        assert (len(done), len(refused)) == (1, 7), outcomes
        decisions = arrivals.current(note).lines.filter(line__line_no=20)
        assert decisions.get().decision == done[0].lines.all()[1].decision


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_more_than_one_decides(make_note, salesperson, eight, now):
    winners = []
    with lock_off():
        for _turn in range(5):
            note = fresh_report(make_note, salesperson, now)
            outcomes = decide_at_once(note, eight, now)
            winners.append(len([each for each in outcomes if isinstance(each, ArrivalReport)]))

    assert max(winners) > 1

"""3.1.4 a serial number can't leave twice, whoever counts it and when."""

from decimal import Decimal

import pytest

from aftersales.core.errors import RuleViolation
from aftersales.core.tests.racing import race
from aftersales.masterdata.models import Unit
from delivery.actions import count_line
from delivery.models import LineCount, LineSerial
from delivery.tests.floor import count_pumps, count_seals, line_of

pytestmark = pytest.mark.clause("3.1.4")


@pytest.fixture
def note(make_note, now):
    return make_note(now, state="verifying")


@pytest.fixture
def keeper(warehouse_keeper):
    return warehouse_keeper


def test_a_serial_that_another_note_carries_is_refused_with_its_name(note, make_note, keeper, now):
    other = make_note(now, state="verifying")
    count_pumps(other, keeper, now)

    with pytest.raises(RuleViolation, match=f"序列號 C2611-0417 已在 {other.number} 第 10 行發出"):
        count_pumps(note, keeper, now, ["C2611-0417", "C2611-0500"])

    assert note.lines.get(line_no=10).counts.count() == 0


def test_a_serial_at_a_customers_is_refused_whatever_its_case(note, keeper, make_customer, now):
    Unit.objects.create(
        serial_no="c2611-0417",
        product=line_of(note, 10).product,
        customer=make_customer("臺州路橋給水有限公司"),
        delivered_on=now.date(),
        warranty_from=now.date(),
        warranty_until=now.date(),
    )

    with pytest.raises(RuleViolation, match="序列號 c2611-0417 已於 2026-11-24 交付給 臺州路橋"):
        count_pumps(note, keeper, now)


def test_a_serial_whose_delivery_was_reversed_may_leave_again(note, keeper, make_customer, now):
    Unit.objects.create(
        serial_no="C2611-0417",
        product=line_of(note, 10).product,
        customer=make_customer(),
        delivered_on=now.date(),
        warranty_from=now.date(),
        warranty_until=now.date(),
        is_reversed=True,
    )

    count = count_pumps(note, keeper, now)

    assert count.is_match


def test_another_product_may_bear_the_same_number(note, keeper, make_product, make_note, now):
    make_product("V-1", "閘閥", is_serialised=True)
    other = make_note(now, state="verifying", lines=[("V-1", "閘閥", "1", ("C2611-0417",))])
    count_line(
        line_of(other, 10),
        actor=keeper,
        now=now,
        counted_quantity=Decimal(1),
        serial_nos=["C2611-0417"],
    )

    assert count_pumps(note, keeper, now).is_match


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_keepers_who_claim_one_serial_at_the_same_moment(make_note, warehouse_keeper, now):
    for turn in range(10):
        serials = [f"R{turn}-1", f"R{turn}-2"]
        notes = [make_note(now, state="verifying") for _each in range(4)]

        outcomes = race(
            [
                lambda note=note, serials=serials: count_pumps(note, warehouse_keeper, now, serials)
                for note in notes
            ]
        )

        done = [outcome for outcome in outcomes if isinstance(outcome, LineCount)]
        refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
        assert (len(done), len(refused)) == (1, 3), outcomes
        winner = done[0].line.note
        assert {str(each.message) for each in refused} == {
            f"序列號 {serials[0]} 已在 {winner.number} 第 10 行發出"
        }
        assert LineSerial.objects.filter(serial_no__in=serials, is_out=True).count() == 2


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_keepers_who_count_one_line_at_the_same_moment(make_note, warehouse_keeper, now):
    for _turn in range(10):
        note = make_note(now, state="verifying")

        outcomes = race([lambda note=note: count_seals(note, warehouse_keeper, now)] * 4)

        refused = [outcome for outcome in outcomes if isinstance(outcome, RuleViolation)]
        assert len(refused) == 3, outcomes
        assert all("已由 倉庫保管員" in str(each.message) for each in refused)
        assert line_of(note, 20).counts.count() == 1

"""3.2.2 The same register taken over by several people at the same moment is taken over once."""

from datetime import date
from threading import Barrier

import pytest

from aftersales.core import audit
from aftersales.core.errors import RuleViolation
from aftersales.core.registers import writing
from aftersales.core.registers.checking import check
from aftersales.core.registers.writing import Outcome, write
from aftersales.core.tests.racing import lock_off, race
from aftersales.core.tests.registers import workbook
from aftersales.masterdata.models import Customer
from delivery.models import ShippingNoteLine
from delivery.registers.shipments import ShipmentRegister

pytestmark = [
    pytest.mark.clause("3.2.2"),
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]

HEADINGS = ["單號", "日期", "客戶", "料號", "數量"]
PEOPLE = 4


def rows(count: int) -> list[list]:
    """Lines of five notes, two of each three alike."""
    return [
        [f"A-{n % 5}", date(2024, 3, 1), f"客戶 {n % 5}", f"P-{n % 3}", n % 3 + 1]
        for n in range(count)
    ]


def take_over_at_once(file: bytes, actor, now) -> list[object]:
    """Everybody has read the file before anybody writes."""
    read = Barrier(PEOPLE)

    def take_over() -> Outcome:
        with check(ShipmentRegister(), file, "登記.xlsx", create_missing=True) as reading:
            read.wait(timeout=60)
            return write(reading, actor=actor, now=now, source="登記.xlsx")

    return race([take_over] * PEOPLE)


def test_a_register_is_taken_over_once_and_the_others_find_it_there(sales_clerk, now):
    file = workbook(HEADINGS, *rows(90))

    outcomes = take_over_at_once(file, sales_clerk, now)

    assert sorted(outcome.created for outcome in outcomes) == [0, 0, 0, 90]
    assert ShippingNoteLine.objects.count() == 90
    assert Customer.objects.count() == 5
    assert not audit.verify().broken


def test_what_has_grown_is_added_once(sales_clerk, now):
    take_over_at_once(workbook(HEADINGS, *rows(30)), sales_clerk, now)

    take_over_at_once(workbook(HEADINGS, *rows(60)), sales_clerk, now)

    assert ShippingNoteLine.objects.count() == 60


def test_control_without_taking_turns_somebody_is_refused(sales_clerk, now, monkeypatch):
    monkeypatch.setattr(writing, "_take_turns", lambda name: None)

    with lock_off():
        outcomes = take_over_at_once(workbook(HEADINGS, *rows(90)), sales_clerk, now)

    assert any(isinstance(outcome, RuleViolation) for outcome in outcomes)

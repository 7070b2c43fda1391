"""An imported register equals a direct count over its rows, and a second import adds nothing."""

from collections import Counter

import pytest

from aftersales.core import audit
from aftersales.core.registers.checking import check
from aftersales.core.registers.writing import Outcome, write
from aftersales.masterdata.models import Unit
from delivery.models import LineSerial, ShippingNote, ShippingNoteLine
from delivery.registers.shipments import ShipmentRegister
from delivery.tests.register_files import random_rows, save, totals

SMALL = {"count": 2_000, "notes": 400, "customers": 20, "products": 50}
LARGE = {"count": 100_000, "notes": 20_000, "customers": 200, "products": 500}


def stored_totals() -> Counter:
    """Pieces by customer, part and month, as the database has them."""
    found: Counter = Counter()
    lines = ShippingNoteLine.objects.filter(note__source="register").values_list(
        "note__customer__name", "part_no", "note__ship_on", "received_sound"
    )
    for customer, part_no, day, quantity in lines.iterator():
        found[customer, part_no, f"{day:%Y-%m}"] += quantity
    return found


@pytest.fixture
def take_over(sales_clerk, now, tmp_path):
    """take_over(rows): read and write them as a file."""

    def take_over(rows) -> Outcome:
        path = save(tmp_path / "register.xlsx", rows)
        with check(ShipmentRegister(), path, path.name, create_missing=True) as reading:
            assert [finding.as_json() for finding in reading.errors] == []
            return write(reading, actor=sales_clerk, now=now, source=path.name)

    return take_over


def the_register_equals_its_rows(take_over, rows) -> None:
    numbers = {row[0] for row in rows}
    machines = [row[8] for row in rows if row[8]]

    first = take_over(rows)

    assert first == Outcome(len(rows), 0, 0)
    assert stored_totals() == totals(rows)
    assert ShippingNote.objects.count() == len(numbers)
    assert Unit.objects.count() == LineSerial.objects.count() == len(machines)
    entries = audit.verify()
    assert not entries.broken

    second = take_over(rows)

    assert second == Outcome(0, 0, len(rows))
    assert ShippingNoteLine.objects.count() == len(rows)
    assert audit.verify().entries == entries.entries


def test_a_register_equals_a_direct_count(take_over):
    the_register_equals_its_rows(take_over, random_rows(seed=1, **SMALL))


@pytest.mark.slow
def test_a_register_of_100_000_lines_equals_a_direct_count(take_over):
    the_register_equals_its_rows(take_over, random_rows(seed=7, **LARGE))


def test_a_register_that_has_grown_equals_a_direct_count(take_over):
    rows = random_rows(600, seed=3, notes=120, customers=9, products=20)
    take_over(rows[:400])

    outcome = take_over(rows)

    assert outcome == Outcome(200, 0, 400)
    assert stored_totals() == totals(rows)

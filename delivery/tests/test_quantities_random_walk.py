"""3.2.2 裝車 = 完好 + 損壞 + 短少 + 拒收, of every line, whatever is done in whatever order."""

from collections import Counter

import pytest

from aftersales.masterdata.models import Unit
from delivery.models import (
    ArrivalLine,
    ArrivalReport,
    LineSerial,
    ShippingNote,
    ShippingNoteLine,
    TransitLossLine,
)
from delivery.tests.partners import make_carrier
from delivery.tests.wandering.walker import VERBS, Walker

pytestmark = [pytest.mark.clause("3.2.2"), pytest.mark.slow]

S, Fate = ShippingNote.State, LineSerial.Fate
CAME = (Fate.SOUND, Fate.DAMAGED)
ROLES = (
    "sales_clerk", "salesperson", "sales_manager", "quality_engineer", "warehouse_keeper",
    "leader", "logistics_clerk", "shipping_clerk",
)  # fmt: skip
STEPS = 350


@pytest.fixture
def walker(make_user, make_customer, make_product, now):
    def make(seed: int) -> Walker:
        people = {role: make_user(role) for role in ROLES}
        goods = [
            (make_product("P-100-2", "多級離心泵", is_serialised=True), 3, False),
            (make_product("S-210", "機械密封", uom="套"), 12, False),
            (make_product("Y-015", "潤滑脂", uom="公斤"), 40, True),
        ]
        return Walker(
            seed, people=people, goods=goods, carrier=make_carrier(), now=now,
            customer=make_customer(salesperson=people["salesperson"]),
        )  # fmt: skip

    return make


@pytest.mark.parametrize("seed", [8511, 322])
def test_the_quantities_agree_after_every_step(walker, seed):
    walk = walker(seed)

    for _step in range(STEPS):
        said = walk.step()
        assert wrong_lines() == [], said
        assert wrong_serials() == [], said
        assert wrong_reports() == [], said

    # The walk has been everywhere, and was refused wherever something can be refused.
    assert set(walk.done) == set(VERBS)
    assert len(walk.refused) > len(VERBS) / 2
    over = ShippingNote.objects.filter(state__in=[S.SIGNED, S.CLOSED])
    assert set(over.values_list("delivery_mode", flat=True)) == {"own_fleet", "carrier", "pickup"}
    assert set(ArrivalReport.objects.values_list("state", flat=True)) >= {"signed", "superseded"}
    assert set(ArrivalReport.objects.values_list("means", flat=True)) == {"link", "call", "paper"}
    signed = ArrivalLine.objects.filter(report__state="signed")
    assert set(signed.values_list("decision", flat=True)) == {"unload", "return"}


# Rows and not objects: they are read after every step.
LINES = ShippingNoteLine.objects.values_list(
    "pk", "note__number", "line_no", "note__state", "quantity", "verified_quantity",
    "loaded_quantity", "product__is_serialised", "received_sound", "received_damaged", "short", "refused", named=True,
)  # fmt: skip
SERIALS = LineSerial.objects.values_list(
    "line", "product", "serial_no", "is_out", "fate", "unit", "unit__is_reversed", named=True
)
OVER = (S.SIGNED, S.CLOSED)


def four(line) -> tuple:
    return (line.received_sound, line.received_damaged, line.short, line.refused)


def wrong_lines() -> list:
    """Verified in full or not at all, loaded as verified, received as loaded."""
    return [line for line in LINES.all() if not _holds(line)]


def _holds(line) -> bool:
    numbers = four(line)
    if line.note__state in OVER:
        is_received = None not in numbers and min(numbers) >= 0
        return is_received and sum(numbers) == line.loaded_quantity == line.quantity
    return (
        numbers == (None,) * 4
        and line.verified_quantity in (None, line.quantity)
        and line.loaded_quantity in (None, line.verified_quantity)
    )


def wrong_serials() -> list:
    """Fates agree with the quantities; units exist for what came; none is out twice."""
    serials, lines = list(SERIALS.all()), {line.pk: line for line in LINES.all()}
    out = Counter((each.product, each.serial_no) for each in serials if each.is_out)
    wrong = [number for number, times in out.items() if times > 1]
    wrong += [each for each in serials if not _fits(each)]
    fates = Counter((each.line, each.fate) for each in serials)
    captured = Counter(each.line for each in serials)
    for pk, line in lines.items():
        if not line.product__is_serialised:
            continue
        found = tuple(fates[pk, fate] for fate in Fate.values)
        if found != (four(line) if line.note__state in OVER else (0, 0, 0, 0)):
            wrong.append((line, found))
        if captured[pk] != (line.verified_quantity or 0):
            wrong.append((line, captured[pk]))
    came = sum(each.fate in CAME for each in serials)
    return wrong if Unit.objects.count() == came else [*wrong, f"units: not {came}"]


def _fits(each) -> bool:
    """A unit for what came, out until it is reversed; refused is back, short is lost."""
    if each.fate in CAME:
        return each.unit is not None and each.is_out != each.unit__is_reversed
    if each.fate:
        return each.unit is None and each.is_out == (each.fate == Fate.SHORT)
    return each.unit is None


def wrong_reports() -> list:
    """No trouble without our confirmation, and what was lost on the way is in the loss."""
    told = {each.line_id: each for each in ArrivalLine.objects.filter(report__state="signed")}
    lost: Counter = Counter()
    for line, quantity in TransitLossLine.objects.values_list("line", "quantity"):
        lost[line] += quantity
    wrong = [
        (line, lost[line.pk])
        for line in LINES.filter(note__state__in=OVER)
        if (four(line), lost[line.pk]) != _decided(line, told.get(line.pk))
    ]
    waiting = ArrivalReport.objects.filter(note__state__in=OVER).exclude(
        state__in=["signed", "superseded"]
    )
    return [*wrong, *(set(lost) - set(told)), *waiting]


def _decided(line, arrived: ArrivalLine | None) -> tuple:
    """What a line must have come to, and what of it was lost on the way."""
    if arrived is None:
        return (line.loaded_quantity, 0, 0, 0), 0
    if arrived.decision == ArrivalLine.Decision.RETURN:
        numbers = (0, 0, arrived.short, line.loaded_quantity - arrived.short)
    else:
        numbers = (arrived.sound, arrived.damaged, arrived.short, arrived.refused)
    return numbers, arrived.damaged + arrived.short

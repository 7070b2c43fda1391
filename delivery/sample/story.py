"""Three months of shipments up to now, and today's open work for every role.

The thread: 寧波海曙水務 orders pumps for its second pump house. In the first count a seal of
another type lies among the right ones, it is changed and counted again; at the customer's one
crate is cracked and one motor damaged, and the customer signs for what is sound.
"""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from delivery import actions
from delivery.receipts import Receipt
from delivery.sample.walk import Walk

CLOSED_NOTES = 30


def tell(people, customers, products, *, now: datetime) -> None:
    """Make the notes, the oldest first, so that numbers follow the days."""
    chance = random.Random(8511)
    first = now - timedelta(days=92)
    serial = 0
    for serial in range(1, CLOSED_NOTES + 1):
        at = _morning(first + timedelta(days=serial * 2.8))
        walk = Walk(
            people, customers[f"K{chance.randint(2, 17):04d}"], _goods(products, chance),
            at=at, serial=serial,
        )  # fmt: skip
        if serial % 4:
            walk.to("delivered")
            walk.sign_on_screen()
        else:
            walk.to("closed")
    _pump_house(people, customers, products, at=_morning(now - timedelta(days=6)))
    _open_work(people, customers, products, now=now)


def _pump_house(people, customers, products, *, at: datetime) -> None:
    """The thread of the story."""
    walk = Walk(
        people, customers["K0001"],
        [(products["P-100-2"], 4), (products["M-055-1"], 4), (products["S-210"], 12),
         (products["Z-002"], 4)],
        at=at, serial=41,
    )  # fmt: skip
    note = walk.to("verifying")
    seal = note.lines.get(line_no=30)
    count = walk.count(
        seal, counted_quantity=Decimal(11), wrong_part_no="S-320", wrong_quantity=Decimal(1)
    )
    actions.adjust_line(
        count, actor=people["warehouse"], now=walk.at, measure="corrected",
        put_back_bin="B-07-2", remark="S-320 一套放錯箱，已換回 S-210",
    )  # fmt: skip
    walk.to("delivered")
    walk.sign_on_screen(
        line_20=Receipt(sound=Decimal(3), damaged=Decimal(1), remark="風罩凹陷，木箱一角壓裂")
    )


def _open_work(people, customers, products, *, now: datetime) -> None:
    """What waits today: every role finds something in 待辦."""
    evening = _end_of_work(now)
    states = (
        # serial, step reached, customer, hours before the end of work
        (51, "signed", "K0003", 57),
        (52, "delivered", "K0009", 33),
        (53, "in_transit", "K0004", 33),
        (54, "issued", "K0006", 33),
        (55, "verified", "K0011", 32),
        (56, "verifying", "K0005", 31),
        (57, "released", "K0008", 30),
        (58, "submitted", "K0002", 8),
        (59, "submitted", "K0010", 7),
        (60, "scheduled", "K0015", 6),
        (61, "inspected", "K0012", 5),
    )
    chance = random.Random(311)
    for serial, step, customer, hours in states:
        goods = _goods(products, chance)
        walk = Walk(
            people, customers[customer], goods, at=evening - timedelta(hours=hours), serial=serial
        )
        walk.to(step)
        if step == "verifying":
            walk.count(walk.note.lines.first())
    Walk(
        people, customers["K0017"], [(products["P-300-2"], 2), (products["C-002"], 1)],
        at=evening - timedelta(hours=3), serial=62,
    )  # fmt: skip


def _goods(products, chance: random.Random) -> list[tuple]:
    pumps = ("P-100-2", "P-100-3", "P-160-1", "P-650-1", "P-200-1", "P-200-2", "P-300-2")
    extras = ("M-055-1", "M-110-1", "S-210", "S-320", "L-042", "B-6309", "D-600", "F-065", "Y-032")
    pieces = chance.randint(1, 6)
    goods = [(products[chance.choice(pumps)], pieces)]
    for part_no in chance.sample(extras, chance.randint(1, 4)):
        goods.append((products[part_no], pieces * chance.choice((1, 1, 2, 4))))
    goods.append((products["Z-002"], pieces))
    return goods


def _end_of_work(now: datetime) -> datetime:
    """17:00 of the last day of work in local time, or now where that is earlier today."""
    local = timezone.localtime(now)
    evening = local.replace(hour=17, minute=0, second=0, microsecond=0)
    if local.hour < 10:
        evening -= timedelta(days=1)
    return min(evening, local)


def _morning(day: datetime) -> datetime:
    """08:10 in Shanghai of the same day, and not on a Sunday."""
    if day.weekday() == 6:
        day += timedelta(days=1)
    return day.replace(hour=0, minute=10, second=0, microsecond=0)

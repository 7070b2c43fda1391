"""Many notes at once, for measuring: rows as the actions would have left them, without a trail."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from aftersales.core.models import Counter
from delivery.models import ShippingNote, ShippingNoteLine
from delivery.sample.cast import DRIVERS

BATCH = 2000
YEARS = 3
OPEN_SHARE = 100  # of so many notes the newest one is open
LINES = 3
_State = ShippingNote.State
_OPEN = (_State.SUBMITTED, _State.RELEASED, _State.IN_TRANSIT, _State.SIGNED)
_AFTER_RELEASE = (_State.RELEASED, _State.IN_TRANSIT, _State.SIGNED, _State.CLOSED)
_LEFT = (_State.IN_TRANSIT, _State.SIGNED, _State.CLOSED)
_RECEIVED = (_State.SIGNED, _State.CLOSED)


@transaction.atomic
def add_notes(count: int, *, people, customers, products, now: datetime) -> None:
    """`count` notes spread over three years, numbered on from the counters of their months."""
    chance = random.Random(count)
    last = defaultdict(int, Counter.objects.filter(prefix="FH").values_list("period", "last"))
    customers = list(customers)
    products = [product for product in products if not product.is_serialised]
    step = timedelta(days=365 * YEARS) / max(count, 1)
    for start in range(0, count, BATCH):
        notes = [
            _note(
                now - step * (count - index),
                _OPEN[index % len(_OPEN)] if index >= count - count // OPEN_SHARE else None,
                last, people, chance.choice(customers),
            )
            for index in range(start, min(start + BATCH, count))
        ]  # fmt: skip
        ShippingNote.objects.bulk_create(notes)
        ShippingNoteLine.objects.bulk_create(
            line for note in notes for line in _lines(note, products, chance)
        )
    Counter.objects.bulk_create(
        [Counter(prefix="FH", period=period, last=number) for period, number in last.items()],
        update_conflicts=True, unique_fields=["prefix", "period"], update_fields=["last"],
    )  # fmt: skip


def _note(moment: datetime, state: str | None, last, people, customer) -> ShippingNote:
    state = state or _State.CLOSED
    day = timezone.localdate(moment)
    period = f"{day:%Y%m}"
    last[period] += 1
    serial = last[period]
    clerk, leader, keeper = people["clerk"], people["leader"], people["warehouse"]
    note = ShippingNote(
        number=f"FH-{period}-{serial:04d}", state=state, customer=customer,
        consignee="倉庫收貨", phone=customer.phone, address=customer.address,
        order_no=f"XS-{period}-{serial:05d}", issued_on=day, ship_on=day, issuer=clerk,
        salesperson=customer.salesperson, final_inspection_no=f"ZJ-{period}-{serial:05d}",
        final_inspection_on=day, final_inspection_by="何雅婷", delivery_mode="own_fleet",
        scheduled_at=moment, scheduled_by=clerk, acknowledged_at=moment, acknowledged_by=keeper,
        submitted_at=moment, created_at=moment,
    )  # fmt: skip
    if state in _AFTER_RELEASE:
        note.released_at, note.released_by = moment, leader
    if state in _LEFT:
        note.verified_at, note.verified_by = moment, keeper
        note.vehicle_no, note.driver_name, note.driver_phone = DRIVERS[serial % len(DRIVERS)]
        note.posted_on, note.issued_at, note.issued_by = day, moment, people["shipping"]
        note.departed_at = moment
    if state in _RECEIVED:
        note.arrived_at, note.received_on = moment, day
    if state == _State.CLOSED:
        note.closed_at = moment
    note.search_text = note.folded()
    return note


def _lines(note: ShippingNote, products, chance: random.Random):
    nothing = Decimal(0)
    for number, product in enumerate(chance.sample(products, LINES), start=1):
        quantity = Decimal(chance.randint(1, 20))
        line = ShippingNoteLine(
            note=note, line_no=number * 10, product=product, part_no=product.part_no,
            name=product.name, spec=product.spec, uom=product.uom, quantity=quantity,
        )  # fmt: skip
        if note.state in _LEFT:
            line.verified_quantity = line.loaded_quantity = quantity
        if note.state in _RECEIVED:
            line.received_sound = quantity
            line.received_damaged = line.short = line.refused = nothing
        yield line

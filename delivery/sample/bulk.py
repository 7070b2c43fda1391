"""Many closed notes at once, for measuring: rows as the actions would have left them."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from aftersales.core.models import Counter
from delivery.models import ShippingNote, ShippingNoteLine

BATCH = 2000
YEARS = 3


@transaction.atomic
def add_notes(count: int, *, people, customers, products, now: datetime) -> None:
    """`count` closed notes with three lines each, spread over three years; numbered on."""
    chance = random.Random(count)
    last = defaultdict(int, Counter.objects.filter(prefix="FH").values_list("period", "last"))
    customers, products = list(customers), list(products)
    step = timedelta(days=365 * YEARS) / max(count, 1)
    for start in range(0, count, BATCH):
        moments = [
            now - step * (count - index) for index in range(start, min(start + BATCH, count))
        ]
        notes = [_note(moment, last, people, chance.choice(customers)) for moment in moments]
        ShippingNote.objects.bulk_create(notes)
        ShippingNoteLine.objects.bulk_create(
            line for note in notes for line in _lines(note, products, chance)
        )
    for period, number in last.items():
        Counter.objects.update_or_create(prefix="FH", period=period, defaults={"last": number})


def _note(moment: datetime, last, people, customer) -> ShippingNote:
    day = timezone.localdate(moment)
    period = f"{day:%Y%m}"
    last[period] += 1
    clerk, leader, keeper = people["clerk"], people["leader"], people["warehouse"]
    note = ShippingNote(
        number=f"FH-{period}-{last[period]:04d}", state=ShippingNote.State.CLOSED,
        customer=customer, consignee="收貨人", phone=customer.phone, address=customer.address,
        order_no=f"XS-{period}-{last[period]:05d}", issued_on=day, ship_on=day, issuer=clerk,
        salesperson=customer.salesperson, final_inspection_no=f"ZJ-{period}-{last[period]:05d}",
        final_inspection_on=day, final_inspection_by="何雅婷", delivery_mode="own_fleet",
        scheduled_at=moment, scheduled_by=clerk, acknowledged_at=moment, acknowledged_by=keeper,
        submitted_at=moment, released_at=moment, released_by=leader, verified_at=moment,
        verified_by=keeper, vehicle_no="浙J 8K216", driver_name="周建軍", posted_on=day,
        issued_at=moment, issued_by=clerk, departed_at=moment, arrived_at=moment,
        received_on=day, closed_at=moment, created_at=moment,
    )  # fmt: skip
    note.search_text = note.folded()
    return note


def _lines(note: ShippingNote, products, chance: random.Random):
    nothing = Decimal(0)
    for line_no, product in enumerate(chance.sample(products, 3), start=1):
        quantity = Decimal(chance.randint(1, 20))
        yield ShippingNoteLine(
            note=note, line_no=line_no * 10, product=product, part_no=product.part_no,
            name=product.name, spec=product.spec, uom=product.uom, quantity=quantity,
            verified_quantity=quantity, loaded_quantity=quantity, received_sound=quantity,
            received_damaged=nothing, short=nothing, refused=nothing,
        )  # fmt: skip

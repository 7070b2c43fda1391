"""Units from before the site: delivered in earlier years, many out of warranty by now."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

from aftersales.masterdata import actions
from delivery.sample.cast import Cast

NUMBER = 62
YEARS = 4


def register(cast: Cast, now: datetime) -> None:
    """NUMBER units spread over YEARS before `now`, entered by the sales clerk from the old list."""
    chance = random.Random(2017)
    serialised = [product for product in cast.products.values() if product.is_serialised]
    customers = list(cast.customers.values())
    step = timedelta(days=365 * YEARS) / NUMBER
    for index in range(NUMBER):
        product = serialised[index * 5 % len(serialised)]
        delivered_on = timezone.localdate(now - step * (NUMBER - index))
        actions.create_unit(
            actor=cast.people["clerk"],
            now=now,
            serial_no=cast.serials(product, 1, delivered_on - timedelta(days=9))[0],
            product=product,
            customer=customers[index * 7 % len(customers)],
            delivered_on=delivered_on,
            delivery_ref=f"XS-{delivered_on:%Y}-{chance.randint(101, 998):04d}",
        )

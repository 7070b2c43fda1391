"""The sample company from nothing: people, goods, the past, and today's work."""

from datetime import datetime, timedelta

from django.db import transaction

from aftersales.core import audit
from aftersales.core.models import Notice
from delivery.sample import customers, letterhead, partners, people, products, story, units
from delivery.sample.cast import Cast
from delivery.sample.worktime import earlier

FOUNDED = 125 * 480  # working minutes before now: five months
UNREAD = timedelta(days=1)


@transaction.atomic
def found(*, now: datetime) -> Cast:
    """Make the whole company, `now` (aware) being the moment up to which its story runs."""
    founded = earlier(now, FOUNDED)
    staff = people.settle(founded)
    letterhead.set_up(staff["admin"], founded)
    goods = products.register(staff, founded, partners.suppliers(staff, founded))
    cast = Cast(staff, customers.register(staff, founded), goods)
    cast.carriers = partners.carriers(staff, founded, now=now)
    cast.contracts = partners.contracts(staff, cast.customers, founded, now=now)
    partners.scopes(staff, cast.contracts, goods, founded, now=now)
    units.register(cast, founded)
    story.tell(cast, now=now)
    people.plan_leave(staff, now)
    # Nobody wants three months of letters on the first day, nor to read what is long over.
    Notice.objects.update(mail_due_at=None)
    Notice.objects.filter(created_at__lt=now - UNREAD).update(read_at=now)
    audit.seal(now=now)
    return cast

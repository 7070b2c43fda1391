"""What of the delivery wing waits for a person, by the document that waits.

Each module tells the tasks of the home page and counts them for the figure in the navigation;
for notes one table says for each verb which wait for it, and whose turn it is.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from aftersales.core.work import Task
from delivery.todo import arrivals, losses, notes, pickups, reversals

WHAT_WAITS = (notes, pickups, arrivals, losses, reversals)


def tasks(user, now: datetime) -> Iterable[Task]:
    """Everything of this wing that the user has to do, or waits for."""
    for each in WHAT_WAITS:
        yield from each.tasks(user, now)


def counting(user, today: date) -> list[QuerySet]:
    """Queries of one row each, (number, late): how many wait for this user and how many of them
    are late on a local day. They depend on nothing but `user.standing` and the day."""
    found = (each.counting(user, today) for each in WHAT_WAITS)
    return [rows for rows in found if rows is not None]

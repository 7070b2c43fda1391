"""What Celery wakes up for the master data."""

from celery import shared_task
from django.utils import timezone

from aftersales.masterdata import actions


@shared_task(name="masterdata.warn_of_expiry")
def warn_of_expiry() -> int:
    """Every day: tell of agreements, verifications, contracts and reviews that end (3.1.2, 3.2.2,
    2.5). Returns how many notices are new."""
    return actions.warn_of_expiry(now=timezone.now())

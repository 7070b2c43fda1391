"""What Celery wakes up for the deliveries. Each task is a thin interface to a sweep over rows."""

from celery import shared_task
from django.utils import timezone

from delivery.actions import losses


@shared_task(name="delivery.warn_of_claims")
def warn_of_claims() -> int:
    """Every day: tell of claims on carriers whose last day comes near (3.2.2). Returns how many
    notices are new."""
    return losses.warn_of_claims(now=timezone.now())

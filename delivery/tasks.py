"""What Celery wakes up for the deliveries. Each task is a thin interface to a sweep over rows."""

from celery import shared_task
from django.utils import timezone

from delivery.actions import losses, signed_papers


@shared_task(name="delivery.warn_of_claims")
def warn_of_claims() -> int:
    """Every day: tell of claims on carriers whose last day comes near (3.2.2). Returns how many
    notices are new."""
    return losses.warn_of_claims(now=timezone.now())


@shared_task(name="delivery.chase_papers")
def chase_papers() -> int:
    """Every day: tell of signed papers that have not come back for 3, 7 and 15 days (3.2.2).
    Returns how many notices are new."""
    return signed_papers.chase_papers(now=timezone.now())

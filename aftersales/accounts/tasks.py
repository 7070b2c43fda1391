"""What Celery wakes up for the people's accounts."""

from celery import shared_task
from django.utils import timezone

from aftersales.accounts import letters


@shared_task(name="accounts.send_password_letters")
def send_password_letters() -> int:
    """Every minute: write to those who wait to set a password. Returns how many were accepted."""
    return letters.send_due_letters(now=timezone.now())

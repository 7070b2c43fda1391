"""What Celery wakes up for the people's accounts."""

from celery import shared_task
from django.utils import timezone

from aftersales.accounts import letters, name_lock


@shared_task(name="accounts.send_password_letters")
def send_password_letters() -> int:
    """Every minute: write to those who wait to set a password. Returns how many were accepted."""
    return letters.send_due_letters(now=timezone.now())


@shared_task(name="accounts.forget_logins")
def forget_logins() -> int:
    """Every hour: forget wrong tries and logins that no lock counts any more. Returns how many."""
    return name_lock.forget_older(now=timezone.now())

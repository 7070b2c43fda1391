"""What Celery wakes up. Each task is a thin interface to a sweep over rows."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from aftersales.core import audit, notices, pending_uploads
from aftersales.core.models import Submission


@shared_task(name="core.send_due_mail")
def send_due_mail() -> int:
    """Every minute: mail what the outbox holds. Returns how many letters were accepted."""
    return notices.send_due_mail(now=timezone.now())


@shared_task(name="core.seal_audit")
def seal_audit() -> bool:
    """Every five minutes: seal the heads of the audit chains. Returns whether any had grown."""
    return audit.seal(now=timezone.now()) is not None


@shared_task(name="core.forget_stale")
def forget_stale() -> int:
    """Every hour: forget form keys of last week and uploads never confirmed. Returns how many."""
    now = timezone.now()
    keys = Submission.objects.filter(at__lt=now - timedelta(days=7)).delete()[0]
    return keys + pending_uploads.forget_older(now=now)

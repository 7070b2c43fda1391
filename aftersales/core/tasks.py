"""What Celery wakes up. Each task is a thin interface to a sweep over rows."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from aftersales.core import audit, notices, pending_uploads
from aftersales.core.models import ImportRun, Submission
from aftersales.core.registers import runs

logger = logging.getLogger(__name__)


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


@shared_task(name="core.run_import")
def run_import(pk: int) -> bool:
    """When somebody has uploaded or confirmed a large register: read or write it. Returns whether
    there was something to do."""
    return runs.work_on(pk, clock=timezone.now)


@shared_task(name="core.watch_imports")
def watch_imports() -> int:
    """Every minute: take up registers that wait although their task is lost, and mark those whose
    worker has died. Returns how many were found."""
    now = timezone.now()
    waiting = ImportRun.objects.waiting().filter(queued_at__lt=now - timedelta(seconds=30))
    left = list(waiting.values_list("pk", flat=True))
    for pk in left:
        run_import.delay(pk)
    return len(left) + runs.stop_silent(now=now)


def wake(run: ImportRun) -> None:
    """Have a worker take up a run at once; without a broker the sweep finds it within a minute."""
    try:
        run_import.delay(run.pk)
    except OperationalError:
        logger.exception("no broker for import %s", run.pk)

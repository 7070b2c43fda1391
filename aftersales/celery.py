"""When something runs. Celery only wakes work up: each task is a sweep over rows.

Every entry names the clause that it serves. A missed or a doubled run changes nothing,
since the sweeps claim rows and the truth lives in the database.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftersales.settings")

app = Celery("aftersales")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

MINUTE = 60.0

app.conf.beat_schedule = {
    # Every minute: mail what the outbox holds (2.1: what leaves is kept as sent).
    "send-due-mail": {"task": "core.send_due_mail", "schedule": MINUTE},
    # Every minute: write to those who forgot their password or have none yet (2).
    "send-password-letters": {"task": "accounts.send_password_letters", "schedule": MINUTE},
    # Every five minutes: seal the heads of the audit chains, so that a cut-off tail is found.
    "seal-audit": {"task": "core.seal_audit", "schedule": 5 * MINUTE},
    # Every day at 8:00 local: tell of agreements, verifications, contracts and reviews that end
    # (3.1.2, 3.2.2, 2.5); whoever was down at 8:00 runs it when back.
    "warn-of-expiry": {
        "task": "masterdata.warn_of_expiry",
        "schedule": crontab(hour=8, minute=0),
    },
    # Every day at 8:05 local: tell of losses whose last day to claim comes near (3.2.2); told once.
    "warn-of-claims": {
        "task": "delivery.warn_of_claims",
        "schedule": crontab(hour=8, minute=5),
    },
    # Every day at 8:10 local: tell of signed papers that have not come back (3.2.2); told once a
    # level.
    "chase-papers": {"task": "delivery.chase_papers", "schedule": crontab(hour=8, minute=10)},
    # Every minute: take up registers that nobody reads, and mark those whose worker has died.
    "watch-imports": {"task": "core.watch_imports", "schedule": MINUTE},
    # Every hour: forget wrong tries and logins that no lock counts any more.
    "forget-logins": {"task": "accounts.forget_logins", "schedule": 60 * MINUTE},
    # Every hour: forget form keys and uploads that nobody confirmed.
    "forget-stale": {"task": "core.forget_stale", "schedule": 60 * MINUTE},
}

"""A real worker takes a task from the broker and a letter leaves: on the file system and on Redis."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from django.conf import settings

pytestmark = [pytest.mark.slow, pytest.mark.once]

REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
PATIENCE = 90  # seconds until the test gives up
WRITE_A_NOTICE = """
import django; django.setup()
from django.utils import timezone
from aftersales.accounts.models import User
from aftersales.core.models import Notice
person = User.objects.create_user("clerk", employee_no="T1", name="林秀英", email="l@example.com")
now = timezone.now()
Notice.objects.create(recipient=person, key="k", title="待簽發", created_at=now, mail_due_at=now)
"""
WAKE_UP = """
import django; django.setup()
from aftersales.core.tasks import send_due_mail
send_due_mail.delay()
"""
MAILED = """
import django; django.setup()
from aftersales.core.models import Notice
print(Notice.objects.exclude(mailed_at=None).count())
"""


class Site:
    """A scratch site: an SQLite database, a mail folder and a broker of its own."""

    def __init__(self, folder: Path, broker: str):
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "aftersales.settings",
            "CELERY_BROKER_URL": broker,
        }

    def python(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def letters(self) -> list[Path]:
        return list((self.folder / "mail").glob("*"))

    def worker(self, *pool: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "celery", "--quiet", "-A", "aftersales", "worker", *pool],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def a_letter_leaves(site: Site, *pool: str) -> bool:
    """Write a notice, wake the sweep up through the broker, and wait for the letter."""
    site.python("manage.py", "migrate", "--verbosity", "0")
    site.python("-c", WRITE_A_NOTICE)
    worker = site.worker(*pool)
    try:
        site.python("-c", WAKE_UP)
        until = time.monotonic() + PATIENCE
        while not site.letters() and time.monotonic() < until:
            assert worker.poll() is None
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait(timeout=PATIENCE)
    return site.python("-c", MAILED).strip() == "1"


def test_on_the_file_system_with_threads(tmp_path):
    site = Site(tmp_path, "filesystem://localhost")

    assert a_letter_leaves(site, "-P", "threads", "-c", "2")
    assert "待簽發" in _subject(site.letters()[0])


@pytest.mark.redis
def test_on_redis_with_processes(tmp_path):
    redis.Redis.from_url(REDIS_URL).delete("celery")
    site = Site(tmp_path, REDIS_URL)

    assert a_letter_leaves(site, "-P", "prefork", "-c", "2")
    assert "待簽發" in _subject(site.letters()[0])


def _subject(letter: Path) -> str:
    from email import message_from_bytes, policy

    return message_from_bytes(letter.read_bytes(), policy=policy.default)["Subject"]

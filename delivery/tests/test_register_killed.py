"""A takeover that is killed half-way has written nothing; run again, it does all."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from delivery.tests.register_files import random_rows, save

pytestmark = [pytest.mark.slow, pytest.mark.once]

SET_UP = """
import django; django.setup()
from aftersales.accounts.models import RoleAssignment, User
person = User.objects.create_user("clerk", employee_no="T1", name="林秀英")
RoleAssignment.objects.create(user=person, role="sales_clerk")
"""
COUNT = """
import django; django.setup()
from delivery.models import ShippingNote, ShippingNoteLine
from aftersales.core.models import AuditEntry
from aftersales.masterdata.models import Customer
print(ShippingNote.objects.count(), ShippingNoteLine.objects.count(), Customer.objects.count(), AuditEntry.objects.count())
"""


class Site:
    """A scratch site with an SQLite database of its own."""

    def __init__(self, folder: Path):
        self.environment = {
            "PATH": os.environ["PATH"], "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "aftersales.settings",
        }  # fmt: skip
        self.python("manage.py", "migrate", "--verbosity", "0")
        self.python("-c", SET_UP)

    def python(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=self.environment,
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR,
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip


def test_a_takeover_killed_while_it_writes_leaves_nothing_and_is_done_again(tmp_path):
    site = Site(tmp_path / "var")
    rows = random_rows(20_000, seed=1, notes=4_000, customers=20, products=50)
    path = save(tmp_path / "register.xlsx", rows)
    command = ("import_register", "shipments", str(path), "--create-missing", "--json")

    takeover = site.start(*command)
    for line in takeover.stderr:
        if line.startswith("已處理"):
            takeover.send_signal(signal.SIGKILL)
            break
    takeover.communicate()

    assert takeover.returncode == -signal.SIGKILL
    assert site.python("-c", COUNT).split() == ["0", "0", "0", "0"]
    again = json.loads(site.python("manage.py", *command))
    assert (again["created"], again["errors"]) == (20_000, [])
    assert site.python("-c", COUNT).split()[1] == "20000"
    assert "intact" in site.python("manage.py", "verify_audit")

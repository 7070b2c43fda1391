"""manage.py sample_company: load the sample company; only with DEBUG=1."""

import time

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from aftersales.accounts.models import User
from aftersales.core import attachments, audit_triggers
from aftersales.core.models import Attachment
from aftersales.masterdata.models import Customer, Product
from delivery.models import ShippingNote
from delivery.sample import bulk, company, people


class Command(BaseCommand):
    help = "Load the sample company into an empty database; a second run changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--notes", type=int, default=0, help="add N shipping notes in bulk")
        parser.add_argument("--complaints", type=int, default=0, help="add N complaints in bulk")
        parser.add_argument("--reset", action="store_true", help="empty the database first")

    def handle(self, *args, notes: int, complaints: int, reset: bool, **options):
        if not settings.DEBUG:
            raise CommandError("The sample company exists only with DEBUG=1.")
        if notes < 0 or complaints < 0:
            raise CommandError("--notes and --complaints take a number from 0.")
        if complaints:
            raise CommandError("--complaints needs the register of complaints, which is not there.")
        if reset:
            self._empty()
        if self._stands():
            self.stdout.write(
                "The sample company stands; nothing was changed. --reset makes it anew."
            )
        else:
            self._load()
        if notes:
            self._add(notes)

    def _stands(self) -> bool:
        """Raises CommandError where other people's data would be mixed with the sample's."""
        names = set(User.objects.values_list("username", flat=True))
        if {row[0] for row in people.PEOPLE} <= names:
            return True
        if names or Customer.objects.exists() or ShippingNote.objects.exists():
            raise CommandError(
                "This database holds other data, so the sample company was not loaded. "
                "--reset deletes everything in it first."
            )
        return False

    def _load(self) -> None:
        started = time.monotonic()
        company.found(now=timezone.now())
        self.stdout.write(f"Sample company loaded in {time.monotonic() - started:.1f} s.")

    def _add(self, notes: int) -> None:
        started = time.monotonic()
        bulk.add_notes(
            notes,
            people={user.username: user for user in User.objects.all()},
            customers=Customer.objects.select_related("salesperson"),
            products=Product.objects.all(),
            now=timezone.now(),
        )
        self.stdout.write(f"{notes} notes added in {time.monotonic() - started:.1f} s.")

    def _empty(self) -> None:
        for digest in set(Attachment.objects.values_list("sha256", flat=True)):
            attachments.path_of(Attachment(sha256=digest)).unlink(missing_ok=True)
        audit_triggers.drop(connection)
        try:
            call_command("flush", interactive=False, verbosity=0)
        finally:
            audit_triggers.create(connection)
        ContentType.objects.clear_cache()

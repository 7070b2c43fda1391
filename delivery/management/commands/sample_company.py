"""manage.py sample_company: load the sample company; only with DEBUG=1."""

import time
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from aftersales.accounts.models import User
from aftersales.core import audit_triggers
from aftersales.core.models import Notice
from aftersales.masterdata.models import Customer, Product
from delivery.sample import bulk, goods, people, story


class Command(BaseCommand):
    help = "Load the sample company into an empty database; a second run changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--notes", type=int, default=0, help="add N closed notes in bulk")
        parser.add_argument("--complaints", type=int, default=0, help="kept for the complaints")
        parser.add_argument("--reset", action="store_true", help="empty the database first")

    def handle(self, *args, notes: int, complaints: int, reset: bool, **options):
        if not settings.DEBUG:
            raise CommandError("The sample company exists only with DEBUG=1.")
        if notes < 0 or complaints < 0:
            raise CommandError("--notes and --complaints take a number from 0.")
        if complaints:
            raise CommandError("--complaints: the complaints wing is not built yet.")
        if reset:
            self._empty()
        now = timezone.now()
        started = time.monotonic()
        if User.objects.exists():
            self.stdout.write("There are people already; the sample company was not loaded.")
        else:
            self._load(now)
            self.stdout.write(f"Sample company loaded in {time.monotonic() - started:.1f} s.")
        if notes:
            self._add(notes, now)

    @transaction.atomic
    def _load(self, now) -> None:
        goods.letterhead()
        staff = people.settle(now)
        before = now - timedelta(days=120)
        customers, products = goods.stock(staff, before)
        goods.earlier_units(customers, products, timezone.localdate(now))
        story.tell(staff, customers, products, now=now)
        # Nobody wants three months of letters on the first day.
        Notice.objects.update(mail_due_at=None)
        Notice.objects.filter(created_at__lt=now - timedelta(days=2)).update(read_at=now)

    def _add(self, notes: int, now) -> None:
        staff = {user.username: user for user in User.objects.all()}
        if missing := {"clerk", "leader", "warehouse"} - set(staff):
            raise CommandError(f"--notes needs the sample company's people: {sorted(missing)}")
        started = time.monotonic()
        bulk.add_notes(
            notes,
            people=staff,
            customers=Customer.objects.select_related("salesperson"),
            products=Product.objects.all(),
            now=now,
        )
        self.stdout.write(f"{notes} closed notes added in {time.monotonic() - started:.1f} s.")

    def _empty(self) -> None:
        audit_triggers.drop(connection)
        try:
            call_command("flush", interactive=False, verbosity=0)
        finally:
            audit_triggers.create(connection)

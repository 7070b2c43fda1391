"""manage.py sample_logins: the sample company's logins by role; only with DEBUG=1."""

import json
import unicodedata

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from aftersales.accounts.models import User
from delivery.sample.people import PEOPLE, SAMPLE_PASSWORD


class Command(BaseCommand):
    help = "Print role, name, user name and password of the sample company's people."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *args, **options):
        if not settings.DEBUG:
            raise CommandError("Sample logins exist only with DEBUG=1.")
        sample = {row[0] for row in PEOPLE}
        people = User.objects.filter(username__in=sample).prefetch_related("role_assignments")
        by_name = {person.username: person for person in people}
        # Somebody who has changed the password or left is no sample login any more.
        logins = [
            {
                "role": person.role_labels,
                "name": person.name,
                "username": person.username,
                "password": SAMPLE_PASSWORD,
            }
            for username, *_rest in PEOPLE
            if (person := by_name.get(username)) and person.is_active
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"logins": logins}, ensure_ascii=False))
            return
        for login in logins:
            row = (login["role"], login["name"], login["username"])
            self.stdout.write("".join(_padded(text, 16) for text in row) + login["password"])


def _padded(text: str, width: int) -> str:
    """Padded by the columns that a terminal gives to Chinese characters: two each."""
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(1, width - taken)

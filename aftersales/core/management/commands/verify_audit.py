"""manage.py verify_audit: read the whole audit trail and name the first broken row."""

import json

from django.core.management.base import BaseCommand

from aftersales.core import audit


class Command(BaseCommand):
    help = "Check every chain and seal of the audit trail; exit 1 at the first broken row."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")

    def handle(self, *args, **options):
        verdict = audit.verify()
        if options["json"]:
            facts = {
                "entries": verdict.entries,
                "chains": verdict.chains,
                "seals": verdict.seals,
                "intact": not verdict.broken,
            }
            if verdict.broken:
                facts["broken"] = verdict.broken
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        elif verdict.broken:
            self.stderr.write(f"broken: {verdict.broken}")
        else:
            self.stdout.write(
                f"intact: {verdict.entries} entries in {verdict.chains} chains, "
                f"{verdict.seals} seals"
            )
        if verdict.broken:
            raise SystemExit(1)

"""manage.py import_shipping_notes: shipping notes out of a spreadsheet, as drafts (3.1.3)."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.accounts.models import User
from aftersales.core.errors import RuleViolation
from aftersales.core.spreadsheets.mappings import read_mapping
from aftersales.core.text import listed
from delivery.actions.importing import (
    ImportRefused,
    import_shipping_notes,
    refuse_by_records,
)
from delivery.imports.catalogue import DatabaseCatalogue
from delivery.imports.reading import Reading, read_shipping_notes, unknown_targets
from delivery.imports.vocabulary import TARGETS

REFUSED, WRONG_USE = 1, 2


class Command(BaseCommand):
    help = (
        "Read shipping notes from FILE (.xlsx or .csv) and make a draft of each. "
        "Exit code 0: done, 1: refused with reasons, nothing written, 2: wrong use."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--mapping", type=Path, metavar="FILE.json", help='{"target": "column header"}'
        )
        parser.add_argument(
            "--create-missing", action="store_true", help="create customers and products not known"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and check only")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
        parser.add_argument(
            "--user", metavar="NAME", help="who issues the drafts (default: the first sales clerk)"
        )

    def handle(self, *args, file: Path, mapping: Path | None, **options):
        if not file.is_file():
            raise CommandError(_("找不到檔案 %(file)s") % {"file": file}, returncode=WRONG_USE)
        actor = None if options["dry_run"] else _actor(options["user"])
        reading = read_shipping_notes(
            file,
            file.name,
            catalogue=DatabaseCatalogue(),
            create_missing=options["create_missing"],
            mapping=_mapping(mapping) if mapping else None,
        )
        refuse_by_records(reading, now=timezone.now())
        if actor and not reading.errors:
            self._import(reading, actor, options["create_missing"], file.name)
        self._print(reading, as_json=options["json"])
        if reading.errors:
            raise SystemExit(REFUSED)

    def _import(self, reading: Reading, actor, create_missing: bool, source: str) -> None:
        try:
            import_shipping_notes(
                reading,
                actor=actor,
                now=timezone.now(),
                create_missing=create_missing,
                source=source,
            )
        except ImportRefused as refusal:
            reading.errors, reading.documents = refusal.findings, []

    def _print(self, reading: Reading, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
            return
        for document in reading.documents:
            self.stdout.write(
                _("%(number)s %(customer)s：%(count)s 行 %(reference)s")
                % {
                    "number": document.external_no,
                    "customer": document.customer or document.customer_code,
                    "count": len(document.lines),
                    "reference": document.reference,
                }
            )
        for label, findings in ((_("提醒"), reading.warnings), (_("錯誤"), reading.errors)):
            for finding in findings:
                place = f"{finding.column or ''}{finding.row or ''}"
                place = f"{finding.sheet}!{place}" if finding.sheet else place
                self.stderr.write(f"{label} {place} [{finding.code}] {finding.message}")


def _mapping(path: Path) -> dict[str, str]:
    try:
        mapping = read_mapping(path)
    except RuleViolation as refusal:
        raise CommandError(refusal.messages[0], returncode=WRONG_USE) from refusal
    if unknown := unknown_targets(mapping):
        message = _("對應檔裡有不認識的項目 %(unknown)s，可用的有 %(known)s")
        values = {"unknown": listed(unknown), "known": listed(TARGETS)}
        raise CommandError(message % values, returncode=WRONG_USE)
    return mapping


def _actor(username: str | None) -> User:
    if username:
        actor = User.objects.filter(username=username, is_active=True).first()
        message = _("沒有使用者 %(name)s，或已停用") % {"name": username}
    else:
        actor = User.objects.with_role("sales_clerk").filter(is_active=True).order_by("pk").first()
        message = _("沒有銷售內勤可以作為制單人，請先建立使用者，或以 --user 指定")
    if actor is None:
        raise CommandError(message, returncode=WRONG_USE)
    return actor

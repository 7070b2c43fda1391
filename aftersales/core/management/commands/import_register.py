"""manage.py import_register: a register of another system, out of a spreadsheet."""

import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation, sentences
from aftersales.core.registers import kinds, telling
from aftersales.core.registers.checking import Reading, check
from aftersales.core.registers.progress import Step
from aftersales.core.registers.register import DIFFERENT, NEW, SAME, Register
from aftersales.core.registers.writing import ImportRefused, Outcome, write
from aftersales.core.spreadsheets.mappings import read_mapping
from aftersales.core.spreadsheets.problems import Finding
from aftersales.core.spreadsheets.refusals import UnreadableFile
from aftersales.core.text import listed

REFUSED, WRONG_USE = 1, 2
PATIENCE = 3  # seconds between two lines of progress


class Command(BaseCommand):
    help = (
        "Take over a register of KIND (customers, products, units, shipments …) from FILE (.xlsx "
        "or .csv). What is there already is not stored twice. "
        "Exit code 0: done, 1: refused with reasons, nothing written, 2: wrong use."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", help=", ".join(kinds.names()))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--mapping", type=Path, metavar="FILE.json",
            help='{"target": "column header"}: exactly these columns are read; without it headings '
            "are known by their usual names",
        )  # fmt: skip
        parser.add_argument(
            "--create-missing", action="store_true",
            help="create customers, products and suppliers that rows name and nobody knows",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="read and check only")
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
        parser.add_argument(
            "--user", metavar="NAME", help="who does it (default: the first person who may)"
        )

    def handle(self, *args, kind: str, file: Path, mapping: Path | None, **options):
        register = _register(kind)
        if not file.is_file():
            raise CommandError(_("找不到檔案 %(file)s") % {"file": file}, returncode=WRONG_USE)
        wanted = _mapping(register, mapping) if mapping else None
        actor = None if options["dry_run"] else _actor(register, options["user"])
        try:
            with check(
                register, file, file.name, mapping=wanted,
                create_missing=options["create_missing"], progress=Told(self.stderr),
            ) as reading:  # fmt: skip
                errors, outcome = self._do(reading, actor, file.name)
                self._print(reading, outcome, errors, as_json=options["json"])
        except UnreadableFile as refusal:
            errors = [Finding(None, None, refusal.code, refusal.messages[0])]
            self._print(None, telling.NOTHING, errors, as_json=options["json"])
        if errors:
            raise SystemExit(REFUSED)

    def _do(self, reading: Reading, actor, source: str) -> tuple[list[Finding] | bool, Outcome]:
        """What is wrong (True: what the reading says), and what was done or would be."""
        if reading.error_count:
            return True, telling.NOTHING
        counts = reading.counts
        if actor is None:
            return [], Outcome(counts[NEW], counts[DIFFERENT], counts[SAME])
        try:
            return [], write(
                reading, actor=actor, now=timezone.now(), source=source,
                progress=Told(self.stderr),
            )  # fmt: skip
        except ImportRefused as refusal:
            return refusal.findings, telling.NOTHING
        except RuleViolation as refusal:
            said = _("；").join(sentences(refusal))
            return [Finding(None, None, "refused", said)], telling.NOTHING

    def _print(self, reading: Reading | None, outcome: Outcome, errors, *, as_json: bool) -> None:
        warnings = reading.warnings if reading else ()
        rows = reading.spool.said() if reading and not errors else ()
        found = reading.errors if errors is True else errors
        if as_json:
            for piece in telling.as_json(rows, outcome, warnings, found):
                self.stdout.write(piece, ending="")
            return
        for label, findings in ((_("提醒"), warnings), (_("錯誤"), found)):
            for finding in findings:
                self.stderr.write(f"{label} {telling.in_words(finding)}")
        if not errors:
            words = _("新增 %(created)d 筆，更新 %(changed)d 筆，%(left)d 筆保持原樣")
            values = {"created": outcome.created, "changed": outcome.changed}
            self.stdout.write(words % (values | {"left": outcome.unchanged}))


class Told:
    """Progress as a line on standard error every few seconds; nothing for work of a moment."""

    def __init__(self, stream):
        self._stream, self._last = stream, time.monotonic()

    def __call__(self, step: Step, done: int, total: int | None) -> None:
        if time.monotonic() - self._last < PATIENCE:
            return
        self._last = time.monotonic()
        words = {
            Step.READING: _("已讀 %(done)s 列"),
            Step.COMPARING: _("已比對 %(done)s / %(total)s 列"),
            Step.WRITING: _("已處理 %(done)s / %(total)s 列"),
        }[step]
        self._stream.write(words % {"done": f"{done:,}", "total": f"{total or 0:,}"})


def _register(kind: str) -> Register:
    if kind not in kinds.names():
        message = _("沒有「%(kind)s」這種登記簿，可用的有 %(known)s")
        values = {"kind": kind, "known": listed(kinds.names())}
        raise CommandError(message % values, returncode=WRONG_USE)
    return kinds.make(kind)


def _mapping(register: Register, path: Path) -> dict[str, str]:
    try:
        mapping = read_mapping(path)
    except RuleViolation as refusal:
        raise CommandError(refusal.messages[0], returncode=WRONG_USE) from refusal
    if unknown := register.unknown_targets(mapping):
        message = _("對應檔裡有不認識的項目 %(unknown)s，可用的有 %(known)s")
        known = listed(column.name for column in register.taken)
        values = {"unknown": listed(unknown), "known": known}
        raise CommandError(message % values, returncode=WRONG_USE)
    return mapping


def _actor(register: Register, username: str | None):
    people = get_user_model().objects.active()
    if username:
        actor = people.filter(username=username).first()
        message = _("沒有使用者 %(name)s，或已停用") % {"name": username}
    else:
        actor = people.with_permission(register.permission).order_by("pk").first()
        message = _("沒有人有匯入%(title)s的權限，請先建立使用者，或以 --user 指定")
        message %= {"title": register.title}
    if actor is None:
        raise CommandError(message, returncode=WRONG_USE)
    return actor

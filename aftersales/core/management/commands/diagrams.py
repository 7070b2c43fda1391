"""manage.py diagrams: the workflow tables as state diagrams, in docs/states.md."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from aftersales.core import diagrams


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Write docs/states.md from the workflow tables; --check only tells."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if stale")
        parser.add_argument("--file", type=Path, help="another file than docs/states.md")

    def handle(self, *args, **options):
        path = options["file"] or diagrams.path()
        drawn = diagrams.page()
        if not options["check"]:
            path.write_text(drawn, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != drawn:
            raise CommandError(f"{path.name} is stale, run manage.py diagrams")
        self.stdout.write(f"{path.name} is what the tables say")

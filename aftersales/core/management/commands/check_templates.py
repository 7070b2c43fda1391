"""manage.py check_templates: every template compiles."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines


class Command(BaseCommand):
    help = "Compile every file under templates/; exit 1 naming the broken ones."

    def handle(self, *args, **options):
        folder = Path(settings.BASE_DIR) / "templates"
        names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))
        broken = []
        for name in names:
            try:
                engines["django"].get_template(name)
            except (TemplateSyntaxError, UnicodeDecodeError) as error:
                broken.append(f"{name}: {error}")
        for line in broken:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"{len(broken)} of {len(names)} templates do not compile")
        self.stdout.write(f"{len(names)} templates compile")

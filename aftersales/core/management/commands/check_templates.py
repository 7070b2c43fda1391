"""manage.py check_templates: every template of the project compiles, with what it includes."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode

ENDINGS = {".html", ".txt"}


class Command(BaseCommand):
    help = "Compile every template of the project; exit 1 where one fails or names a missing one."

    def handle(self, *args, **options):
        names = template_names()
        problems = [problem for name in names for problem in problems_of(name)]
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} of {len(names)} templates want a hand")
        self.stdout.write(f"{len(names)} templates compile")


def template_names() -> list[str]:
    """The names of all templates that stand in the project's own folders."""
    folders = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
    folders += [Path(app.path) / "templates" for app in apps.get_app_configs() if _is_ours(app)]
    return sorted(
        path.relative_to(folder).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in ENDINGS
    )


def problems_of(name: str) -> list[str]:
    """What is wrong with one template: its syntax, or a template that it names and nobody has."""
    try:
        nodes = get_template(name).template.nodelist
    except (TemplateSyntaxError, TemplateDoesNotExist) as error:
        return [f"{name}: {error}"]
    named = {_named_by(node) for node in nodes.get_nodes_by_type((IncludeNode, ExtendsNode))}
    return [f"{name}: there is no template {other}" for other in named if _is_missing(other)]


def _named_by(node: IncludeNode | ExtendsNode) -> str:
    """The template that a node names; empty where only the context knows."""
    name = (node.template if isinstance(node, IncludeNode) else node.parent_name).var
    return name if isinstance(name, str) else ""


def _is_missing(name: str) -> bool:
    try:
        return bool(name) and not get_template(name)
    except TemplateDoesNotExist:
        return True
    except TemplateSyntaxError:
        return False  # it tells itself


def _is_ours(app) -> bool:
    return Path(app.path).is_relative_to(settings.BASE_DIR) and ".venv" not in app.path

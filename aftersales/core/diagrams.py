"""docs/states.md: the workflow tables of all wings as diagrams and lists, for people to read."""

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.translation import override

from aftersales.core.text import listed
from aftersales.core.workflow import Transition, Workflow

HEAD = """\
# States

What may follow what on each document, as its workflow table says (`<wing>/workflow`). `manage.py
diagrams` writes this page, and `bin/lint` fails where it is stale: change the table, not the page.
An arrow carries its steps and their clause; steps that keep the state are listed below their diagram.
"""


def path() -> Path:
    return Path(settings.BASE_DIR, "docs", "states.md")


def page() -> str:
    """The whole page in the language of the procedure, ending with a line end."""
    with override(settings.LANGUAGE_CODE):
        chapters = [chapter for table in Workflow.registered() for chapter in _chapter(table)]
    return "\n".join([HEAD, *chapters])


def _chapter(table: Workflow) -> Iterable[str]:
    field = table.model._meta.get_field(table.state_field)
    used = {state for step in table for state in (*step.sources, step.target)}
    labels = {state: str(label) for state, label in field.flatchoices if state in used}
    wing = apps.get_app_config(table.model._meta.app_label).name
    yield f"## {table.model._meta.verbose_name}\n"
    yield f"`{wing}.workflow` of `{table.model.__name__}`\n"
    yield f"```mermaid\n{table.diagram(labels, initial=str(field.default))}\n```\n"
    if kept := [step for step in table if step.target is None]:
        yield "| step that keeps the state | while | clause |"
        yield "| --- | --- | --- |"
        yield from (_row(step, labels) for step in kept)
        yield ""


def _row(step: Transition, labels: dict[str, str]) -> str:
    return f"| {step.label} | {listed(labels[state] for state in step.sources)} | {step.clause} |"

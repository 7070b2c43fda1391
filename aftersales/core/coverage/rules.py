"""The rules that stand in tables: steps and guards of the workflows, constraints of the models."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models import Model, TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from aftersales.core.clauses import named_in, without_names
from aftersales.core.text import listed
from aftersales.core.workflow import Guard, Transition, Workflow

STATES_NAMED = 3  # so many states are named one by one, more are counted


class Kind(TextChoices):
    """Where a rule stands; in this order they are shown."""

    STEP = "step", _("步驟")
    GUARD = "guard", _("步驟的前提")
    CONSTRAINT = "constraint", _("資料庫約束")
    PERMISSION = "permission", _("權限")
    ACTION = "action", pgettext_lazy("coverage", "動作")
    RECORD = "record", pgettext_lazy("coverage", "記錄")
    FIGURE = "figure", pgettext_lazy("coverage", "數字")
    TASK = "task", _("定時任務")


@dataclass(frozen=True)
class Rule:
    """What carries a clause: `text` is for people, `where` finds it in the code."""

    clause: str
    kind: Kind
    text: str
    where: str

    def __str__(self) -> str:
        return f"{self.text} — {self.where}"


_sources: list[Callable[[], Iterable[Rule]]] = []


def register(source: Callable[[], Iterable[Rule]]) -> None:
    """Let a wing tell of rules in a table of its own. Called in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def table_rules() -> Iterator[Rule]:
    """Every rule of a table, in no order of clauses."""
    for table in Workflow.registered():
        yield from _of_workflow(table)
    for config in own_wings():
        for model in config.get_models():
            yield from _of_constraints(model)
    for source in _sources:
        yield from source()


def own_wings() -> list[AppConfig]:
    """The wings of this project, without what is installed."""
    return [
        config
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(settings.BASE_DIR)
        and "site-packages" not in Path(config.path).parts
    ]


later = lazy(lambda words: words(), str)  # made when shown, in the language of the reader


def name_of(model: type[Model]) -> str:
    """The name that people know a model by; empty where it has none."""
    return model._meta.verbose_name if "verbose_name" in model._meta.original_attrs else ""


def _of_workflow(table: Workflow) -> Iterator[Rule]:
    where = f"{apps.get_app_config(table.model._meta.app_label).name}.workflow"
    for step in table:
        yield Rule(step.clause, Kind.STEP, later(lambda step=step: _step(table, step)), where)
        for guard in step.guards:
            yield Rule(
                guard.clause or step.clause,
                Kind.GUARD,
                later(lambda step=step, guard=guard: _guard(table, step, guard)),
                getattr(guard.check, "__module__", where),
            )


def _step(table: Workflow, step: Transition) -> str:
    labels = dict(table.model._meta.get_field(table.state_field).flatchoices)
    sources = listed(labels[state] for state in step.sources[:STATES_NAMED])
    if len(step.sources) > STATES_NAMED:
        sources = _t("%(state)s等 %(number)d 種狀態") % {
            "state": labels[step.sources[0]],
            "number": len(step.sources),
        }
    facts = {"document": name_of(table.model), "step": step.label, "from": sources}
    if step.target is None:
        return _t("%(document)s：%(step)s（%(from)s）") % facts
    facts["to"] = labels[step.target]
    return _t("%(document)s：%(step)s（%(from)s → %(to)s）") % facts


def _guard(table: Workflow, step: Transition, guard: Guard) -> str:
    facts = {"document": name_of(table.model), "step": step.label, "guard": guard.label}
    return _t("%(document)s：%(step)s之前須「%(guard)s」") % facts


def _of_constraints(model: type[Model]) -> Iterator[Rule]:
    """Those whose message names the clause: 簽發人不能是制單人（3.1.3）."""
    for constraint in model._meta.constraints:
        with override(settings.LANGUAGE_CODE):
            clauses = named_in(str(constraint.violation_error_message))
        for clause in clauses:
            yield Rule(
                clause,
                Kind.CONSTRAINT,
                later(lambda constraint=constraint: _constraint(model, constraint)),
                f"{model._meta.label}: {constraint.name}",
            )


def _constraint(model: type[Model], constraint) -> str:
    message = without_names(str(constraint.violation_error_message))
    if not name_of(model):
        return message
    return _t("%(document)s：%(rule)s") % {"document": name_of(model), "rule": message}

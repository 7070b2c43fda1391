"""What may follow what, by whom, by which clause: a declared table per document.

The page's buttons, the action's check, the state diagram and the tick list of what is still
missing all read this table, so that a page can never offer what the rule refuses.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar

from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation
from aftersales.core.text import listed


@dataclass(frozen=True)
class Guard:
    """A precondition of a step.

    `label` reads as a tick-list entry ("終檢合格已登記"); `check(subject, actor)` returns an
    empty string where it is met, otherwise the sentence that says what to do. `mend` is the name
    of a URL (taking the subject's reference) or an anchor (#...) where it is mended. One that
    `is_timed` is asked `check(subject, actor, now)`.
    """

    name: str
    label: str
    check: Callable[..., str]
    clause: str = ""
    mend: str = ""
    is_timed: bool = False

    def answer(self, subject, actor, now: datetime | None) -> str:
        """The sentence of what is lacking; empty where nothing is."""
        if not self.is_timed:
            return self.check(subject, actor)
        if now is None:
            raise TypeError(f"the guard {self.name} needs to know the time")
        return self.check(subject, actor, now)


@dataclass(frozen=True)
class Check:
    """A guard with its answer for one document and one user."""

    label: str
    is_met: bool
    message: str
    clause: str
    url: str


@dataclass(frozen=True)
class Transition:
    """One row of the table. `target` None keeps the state; `permission` None is for public links.

    `concerns(subject)` says which documents have this step at all: an empty string, or why this
    one has not (a note that the customer fetches is not loaded by a driver).
    """

    action: str
    sources: tuple[str, ...]
    target: str | None
    permission: str | None
    label: str
    clause: str
    guards: tuple[Guard, ...] = ()
    description: str = ""
    is_primary: bool = False
    is_danger: bool = False
    is_hidden: bool = False  # a step of another page (each line's count), not a button
    concerns: Callable[[object], str] | None = None

    def is_of(self, subject) -> bool:
        return self.concerns is None or not self.concerns(subject)


@dataclass(frozen=True)
class Step:
    """A transition offered to a user: a button, and the tick list of its preconditions."""

    transition: Transition
    checks: tuple[Check, ...] = field(default=())
    url: str = ""

    @property
    def action(self) -> str:
        return self.transition.action

    @property
    def label(self) -> str:
        return self.transition.label

    @property
    def clause(self) -> str:
        return self.transition.clause

    @property
    def description(self) -> str:
        return self.transition.description

    @property
    def is_primary(self) -> bool:
        return self.transition.is_primary

    @property
    def is_danger(self) -> bool:
        return self.transition.is_danger

    @property
    def missing(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.is_met)

    @property
    def is_blocked(self) -> bool:
        return bool(self.missing)


class Workflow:
    """The table of one document. `url_prefix` names the verbs' pages: <prefix>_<action>.

    With a `model` it is one of `Workflow.registered()`: its clauses count, and it is drawn in docs/.
    """

    _of_models: ClassVar[dict[type[Model], "Workflow"]] = {}

    def __init__(
        self,
        *transitions: Transition,
        model: type[Model] | None = None,
        url_prefix: str = "",
        state_field: str = "state",
    ):
        self.transitions = {transition.action: transition for transition in transitions}
        if len(self.transitions) != len(transitions):
            raise ValueError("an action stands twice in the table")
        self.model = model
        self.url_prefix = url_prefix
        self.state_field = state_field
        if model is not None and self._of_models.setdefault(model, self) is not self:
            raise ValueError(f"{model.__name__} has a table already")

    @classmethod
    def registered(cls) -> list["Workflow"]:
        """The tables of all wings (their `workflow` modules): by wing, the longest first."""
        autodiscover_modules("workflow")
        wings = [config.label for config in apps.get_app_configs()]
        return sorted(
            cls._of_models.values(),
            key=lambda table: (wings.index(table.model._meta.app_label), -len(table.transitions)),
        )

    def __iter__(self):
        return iter(self.transitions.values())

    def __getitem__(self, action: str) -> Transition:
        return self.transitions[action]

    def register_guard(self, action: str, guard: Guard) -> None:
        """Let an upper wing stop a step of this one. Called in AppConfig.ready()."""
        transition = self.transitions[action]
        if guard.name not in {known.name for known in transition.guards}:
            self.transitions[action] = replace(transition, guards=(*transition.guards, guard))

    def state_of(self, subject) -> str:
        return getattr(subject, self.state_field)

    def apply(self, subject, action: str, *, actor, now: datetime | None = None) -> Transition:
        """Check state, permission and guards on the locked row, then set the new state.

        Raises RuleViolation with the reason. `actor` is a User, or whoever holds a public link
        where the transition has no permission. A table with a timed guard needs `now`. The
        caller saves and audits.
        """
        transition = self.transitions[action]
        if transition.concerns and (message := transition.concerns(subject)):
            raise RuleViolation(message, clause=transition.clause)
        if self.state_of(subject) not in transition.sources:
            raise RuleViolation(
                _("%(number)s 目前是「%(state)s」，不能「%(action)s」；可以的狀態：%(sources)s")
                % {
                    "number": subject,
                    "state": self.state_label(subject, self.state_of(subject)),
                    "action": transition.label,
                    "sources": listed(
                        self.state_label(subject, state) for state in transition.sources
                    ),
                },
                clause=transition.clause,
            )
        if transition.permission and not actor.has_perm(transition.permission):
            raise RuleViolation(
                _("您的角色沒有「%(action)s」的權限") % {"action": transition.label},
                clause=transition.clause,
            )
        for guard in transition.guards:
            if message := guard.answer(subject, actor, now):
                raise RuleViolation(message, clause=guard.clause or transition.clause)
        if transition.target is not None:
            setattr(subject, self.state_field, transition.target)
        return transition

    def available(self, subject, user, now: datetime | None = None) -> list[Step]:
        """The steps that the user may take from here, each with its tick list."""
        return [
            self.step(subject, transition, user, now)
            for transition in self.transitions.values()
            if not transition.is_hidden
            and transition.permission
            and self.state_of(subject) in transition.sources
            and transition.is_of(subject)
            and user.has_perm(transition.permission)
        ]

    def step(self, subject, transition: Transition, user, now: datetime | None = None) -> Step:
        """The step with its tick list at a moment; a page may leave the moment to the clock."""
        checks = tuple(self._checks(subject, transition, user, now or timezone.now()))
        url = ""
        if self.url_prefix:
            url = reverse(f"{self.url_prefix}_{transition.action}", args=[subject.reference])
        return Step(transition, checks, url)

    def _checks(self, subject, transition: Transition, user, now) -> Iterable[Check]:
        for guard in transition.guards:
            message = guard.answer(subject, user, now)
            url = guard.mend
            if url and not url.startswith("#"):
                url = reverse(url, args=[subject.reference])
            yield Check(guard.label, not message, message, guard.clause or transition.clause, url)

    def state_label(self, subject, state: str) -> str:
        choices = dict(subject._meta.get_field(self.state_field).flatchoices)
        return str(choices.get(state, state))

    def diagram(self, labels: dict[str, str], initial: str = "") -> str:
        """The changes of state as a Mermaid state diagram, for docs/.

        Steps that lead the same way share an arrow; a step that keeps the state has none.
        """
        ways: dict[tuple[str, str], list[Transition]] = {}
        for transition in self:
            for source in transition.sources:
                if transition.target not in (None, source):
                    ways.setdefault((source, transition.target), []).append(transition)
        lines = [f"    {state}: {label}" for state, label in labels.items()]
        if initial:
            lines.append(f"    [*] --> {initial}")
        for (source, target), steps in ways.items():
            words = "、".join(dict.fromkeys(str(step.label) for step in steps))
            clauses = ", ".join(dict.fromkeys(step.clause for step in steps))
            lines.append(f"    {source} --> {target}: {words} ({clauses})")
        ends = {target for _source, target in ways} - {source for source, _target in ways}
        lines += [f"    {state} --> [*]" for state in labels if state in ends]
        return "\n".join(["stateDiagram-v2", *lines])

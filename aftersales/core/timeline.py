"""The audit trail in the words of the house: each wing registers what its events are called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from aftersales.core import audit
from aftersales.core.models import AuditEntry


@dataclass(frozen=True)
class Event:
    """How an event reads. `note(data)` makes a second line of what was recorded with it."""

    label: str
    note: Callable[[dict], str] | None = None
    is_key: bool = False


@dataclass(frozen=True)
class Line:
    """One line of components/timeline.html. `at` is aware."""

    at: datetime
    who: str
    text: str
    clause: str
    is_key: bool
    note: str


_events: dict[str, Event] = {}


def register(events: dict[str, Event]) -> None:
    """Name the events of a wing. Called in AppConfig.ready()."""
    _events.update(events)


def lines_of(subject) -> list[Line]:
    """Everything that happened to a document, the newest first."""
    return [_line(entry) for entry in audit.timeline(subject)]


def reason(data: dict) -> str:
    """The reason that was given, for events that carry one."""
    return str(data.get("reason") or "")


def file_name(data: dict) -> str:
    """The name of the file that was attached."""
    return str(data.get("name") or "")


def changes(data: dict) -> str:
    """What was changed, a line for each field: its name, what it was, what it is."""
    return "\n".join(
        _("%(field)s：%(before)s → %(after)s")
        % {"field": field, "before": before or "—", "after": after or "—"}
        for field, (before, after) in data.get("changes", {}).items()
    )


def _line(entry: AuditEntry) -> Line:
    event = _events.get(entry.event) or Event(entry.event)
    who = entry.actor_name
    if entry.on_behalf_of:
        who = _("%(deputy)s（代 %(absent)s）") % {"deputy": who, "absent": entry.on_behalf_of}
    note = event.note(entry.data) if event.note else reason(entry.data)
    return Line(entry.at, who, str(event.label), entry.clause, event.is_key, note)

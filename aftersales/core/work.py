"""待辦: what waits for a person. Each wing registers a source in AppConfig.ready()."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Task:
    """One thing to do next, or to wait for: the verb is the link, the number quiet ink."""

    verb: str
    number: str
    url: str
    who: str  # the customer or the other side
    about: str
    clause: str
    since: datetime
    due_at: datetime | None = None
    waits_for: str = ""  # filled where somebody else has to act
    on_behalf_of: str = ""


_sources: list[Callable[[object, datetime], Iterable[Task]]] = []


def register(source: Callable[[object, datetime], Iterable[Task]]) -> None:
    if source not in _sources:
        _sources.append(source)


def tasks_for(user, now: datetime) -> list[Task]:
    """All tasks of a user: the due ones first by due time, then by how long they wait."""
    found = [task for source in _sources for task in source(user, now)]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda task: (bool(task.waits_for), task.due_at or far, task.since))

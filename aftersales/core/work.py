"""待辦: what waits for a person, and what the home page offers beside it.

Each wing registers its tasks, the figures of the month so far and the buttons of what begins
there in AppConfig.ready().
"""

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


@dataclass(frozen=True)
class Figure:
    """A number of this month, linked to what it counts. Only numbers that are there."""

    label: str
    value: str
    url: str
    unit: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A button of the home page: what a person with this permission begins there."""

    label: str
    url_name: str
    permission: str
    order: int
    icon: str = ""
    is_primary: bool = False


@dataclass(frozen=True)
class BoardRow:
    """How many of one kind, linked to their list where there is one."""

    label: str
    value: int
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Board:
    """A few numbers under one heading for who answers for others; `empty` where there are none."""

    title: str
    rows: list[BoardRow]
    empty: str


_sources: list[Callable[[object, datetime], Iterable[Task]]] = []


_figures: list[Callable[[object, datetime], Iterable[Figure]]] = []
_boards: list[Callable[[object, datetime], Iterable[Board]]] = []
_shortcuts: dict[str, Shortcut] = {}


def register(source: Callable[[object, datetime], Iterable[Task]]) -> None:
    if source not in _sources:
        _sources.append(source)


def tasks_for(user, now: datetime) -> list[Task]:
    """All tasks of a user: the due ones first by due time, then by how long they wait."""
    found = [task for source in _sources for task in source(user, now)]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda task: (bool(task.waits_for), task.due_at or far, task.since))


def register_figures(source: Callable[[object, datetime], Iterable[Figure]]) -> None:
    if source not in _figures:
        _figures.append(source)


def figures_for(user, now: datetime) -> list[Figure]:
    """The month so far, as far as this user may see it."""
    return [figure for source in _figures for figure in source(user, now)]


def register_boards(source: Callable[[object, datetime], Iterable[Board]]) -> None:
    if source not in _boards:
        _boards.append(source)


def boards_for(user, now: datetime) -> list[Board]:
    """What waits, what is late and what differed, for those who answer for it."""
    return [board for source in _boards for board in source(user, now)]


def register_shortcut(shortcut: Shortcut) -> None:
    _shortcuts[shortcut.url_name] = shortcut


def shortcuts_for(user) -> list[Shortcut]:
    """The buttons that this user may press, in their order."""
    allowed = [each for each in _shortcuts.values() if user.has_perm(each.permission)]
    return sorted(allowed, key=lambda shortcut: shortcut.order)

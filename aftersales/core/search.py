"""One box over everything: by number, name and serial, in either script.

Each wing registers its sources in AppConfig.ready(). An exact document number jumps to it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aftersales.core.text import fold, half_width, tidy

LIMIT = 10


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, where it is, a few words about it and its state."""

    title: str
    url: str
    about: str = ""
    state: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found.

    `find(user, text, limit)` gives what the user may see, the best first; `jump(user, text)` the
    address of the document with exactly this number; `more(text)` the list with all that match.
    """

    label: str
    icon: str
    order: int
    find: Callable[[object, str, int], list[Hit]]
    jump: Callable[[object, str], str] | None = None
    more: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Group:
    """What one source found; `more_url` leads to the rest where there is one."""

    label: str
    icon: str
    hits: list[Hit]
    more_url: str


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.label] = source


def words(typed: str) -> str:
    """What was typed, made fit for looking up: half width, without unseen characters and bars."""
    text = tidy(half_width(typed)).replace("|", "")[:100]
    return text if fold(text) else ""


def jump(user, text: str) -> str:
    """The address of the document whose number this is, empty where there is none in reach."""
    for source in _ordered():
        if source.jump and (url := source.jump(user, text)):
            return url
    return ""


def find(user, text: str) -> list[Group]:
    """What the user may see of what matches, at most LIMIT of each kind; kinds without are out."""
    groups = []
    for source in _ordered():
        hits = source.find(user, text, LIMIT + 1)
        if hits:
            has_more = len(hits) > LIMIT and source.more
            more_url = source.more(text) if has_more else ""
            groups.append(Group(source.label, source.icon, hits[:LIMIT], more_url))
    return groups


def _ordered() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: source.order)

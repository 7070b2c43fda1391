"""The side navigation: each wing registers its items in AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse


@dataclass(frozen=True)
class Item:
    """One entry. `count(user)` gives (how many wait, whether one is late), None shows none."""

    label: str
    icon: str
    url_name: str
    order: int
    permission: str = ""
    prefix: str = ""  # the path under which the entry is current
    count: Callable[[object], tuple[int, bool]] | None = None
    children: tuple["Item", ...] = field(default=())


RULES_BEFORE = (10, 80)  # a hairline stands before the first item of these orders
_items: dict[str, Item] = {}


def register(item: Item) -> None:
    _items[item.url_name] = item


def for_user(user, path: str) -> list[dict]:
    """The items that this user may open, as base.html takes them."""
    shown: list[dict] = []
    pending = list(RULES_BEFORE)
    for item in sorted(_items.values(), key=lambda item: item.order):
        if item.permission and not user.has_perm(item.permission):
            continue
        if pending and item.order >= pending[0]:
            pending.pop(0)
            shown.append({"rule": True})
        shown.append(_entry(item, user, path))
    return shown


def _entry(item: Item, user, path: str) -> dict:
    url = reverse(item.url_name)
    is_current = path.startswith(item.prefix) if item.prefix else path == url
    count, is_late = item.count(user) if item.count else (0, False)
    return {
        "label": item.label,
        "icon": item.icon,
        "url": url,
        "is_current": is_current,
        "count": count,
        "is_late": is_late,
        "children": _children(item, user, path) if is_current else [],
    }


def _children(item: Item, user, path: str) -> list[dict]:
    shown = []
    for child in item.children:
        if not child.permission or user.has_perm(child.permission):
            url = reverse(child.url_name)
            is_current = path.startswith(url)
            shown.append({"label": child.label, "url": url, "is_current": is_current})
    return shown

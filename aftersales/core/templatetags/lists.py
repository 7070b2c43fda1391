"""What list pages need: addresses with one thing changed, sorting, page numbers."""

from dataclasses import dataclass

from django import template
from django.http import QueryDict

register = template.Library()

AROUND = 2


@register.simple_tag
def query(current: QueryDict, **changes) -> str:
    """The query string with these values replaced; None or an empty text takes one away.

    Unless `page` is among the changes it is dropped: another order starts at the first page.
    """
    params = current.copy() if current else QueryDict(mutable=True)
    changes.setdefault("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"


@dataclass(frozen=True)
class SortLink:
    """A column head: where its link leads, and how the column is sorted now (aria-sort)."""

    order: str
    aria: str
    icon: str


@register.simple_tag
def sort_link(field: str, current: str) -> SortLink:
    """The head of a sortable column; `current` is the order in use, "-" before it descends."""
    if current == field:
        return SortLink(f"-{field}", "ascending", "arrow-up")
    if current == f"-{field}":
        return SortLink(field, "descending", "arrow-down")
    return SortLink(field, "", "")


@register.filter
def page_numbers(page) -> list[int | None]:
    """The numbers to link, None for a gap: 1 … 4 5 6 7 8 … 40.

    Of a capped count the last page is not the end, so no number stands behind the gap.
    """
    last = page.paginator.num_pages
    near = range(max(1, page.number - AROUND), min(last, page.number + AROUND) + 1)
    numbers = sorted({1, *near} | (set() if _is_capped(page) else {last}))
    shown: list[int | None] = []
    for number in numbers:
        if shown and number - shown[-1] > 1:
            shown.append(number - 1 if number - shown[-1] == 2 else None)
        shown.append(number)
    if _is_capped(page) and shown[-1] != last:
        shown.append(None)
    return shown


def _is_capped(page) -> bool:
    return getattr(page.paginator, "is_capped", False)

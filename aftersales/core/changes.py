"""What an edit changed, in words, for the audit trail and for the page with two versions."""

from django.db.models import Model
from django.utils.formats import localize
from django.utils.translation import gettext as _


def in_words(row: Model, field: str) -> str:
    """The value of a field as people read it: the label of a choice, 是 and 否, a related name."""
    display = getattr(row, f"get_{field}_display", None)
    value = display() if display else getattr(row, field)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value is None:
        return ""
    return str(localize(value))


def between(before: Model, after: Model, fields) -> dict[str, list[str]]:
    """Field name in words -> [what it was, what it is], for the fields that differ."""
    found = {}
    for field in fields:
        old, new = in_words(before, field), in_words(after, field)
        if old != new:
            found[str(before._meta.get_field(field).verbose_name)] = [old, new]
    return found

"""Quantities and goods as people write them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from delivery import quantities

register = template.Library()


@register.filter
def plain(number) -> str:
    """2, 2.5; empty for None."""
    return quantities.plain(number)


@register.simple_tag
def goods_in_short(note) -> SafeString:
    """The goods of a note with first_name, first_spec and line_count in a few words, without
    quantities, since a count may be blind."""
    if not note.line_count:
        return format_html('<span class="muted">{}</span>', "—")
    rest = _("等 %(number)s 項") % {"number": note.line_count} if note.line_count > 1 else ""
    return format_html(
        "{}{}{}",
        note.first_name,
        format_html(' <span class="muted">{}</span>', note.first_spec) if note.first_spec else "",
        format_html(' <span class="muted">{}</span>', rest) if rest else "",
    )

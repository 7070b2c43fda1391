"""The smallest parts of a page: icons, shapes of state, clauses, keys and logos."""

import base64
from pathlib import PurePath

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

from aftersales.core.clauses import rule_of
from aftersales.core.pages import new_key

register = template.Library()

FILE_ICONS = {
    "image": "file-earmark-image",
    "video": "file-earmark-play",
    "application/pdf": "file-earmark-pdf",
    "message": "envelope",
    "text": "file-earmark-text",
    "application/zip": "file-earmark-zip",
}


@register.simple_tag
def icon(name: str) -> str:
    """A symbol i-<name> of static/icons.svg; the words beside it carry the meaning."""
    return _use("icon", f"i-{name}")


@register.simple_tag
def shape(tone: str) -> str:
    """The shape of a tone: draft, run, wait, late, late-met, done (also sort and mark)."""
    return _use("shape", f"s-{tone}")


@register.simple_tag
def brand_mark() -> str:
    """The product's own mark, for the brand line where a company has no logo."""
    return _use("topbar__mark", "s-mark")


def _use(css: str, symbol: str) -> str:
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("icons.svg"),
        symbol,
    )


@register.simple_tag
def clause(number: str, in_row: bool = False) -> str:
    """A clause number with its rule in a tooltip; nothing where the number is empty.

    The tooltip opens by mouse and by keyboard. `in_row` is for cells of a table and entries of a
    list: there it is a plain title, so that a list does not gain a tab stop in every row.
    """
    if not number:
        return ""
    rule = rule_of(number)
    if not rule:
        return format_html('<span class="clause">{}</span>', number)
    if in_row:
        return format_html('<span class="clause" title="{}">{}</span>', rule, number)
    spoken = _("條款 %(clause)s：%(rule)s") % {"clause": number, "rule": rule}
    return format_html(
        '<span class="clause" role="note" tabindex="0" aria-label="{}" data-rule="{}">{}</span>',
        spoken,
        rule,
        number,
    )


@register.simple_tag
def form_key() -> str:
    """The hidden key by which a form that arrives twice is done once (core.pages.submit_once)."""
    return format_html('<input type="hidden" name="form_key" value="{}">', new_key())


@register.filter
def file_icon(attachment) -> str:
    """The icon name of a file by its media type, the spreadsheet by its extension."""
    if PurePath(attachment.name).suffix.lower() in {".xlsx", ".xls", ".csv"}:
        return "file-earmark-spreadsheet"
    kind = attachment.media_type
    return FILE_ICONS.get(kind) or FILE_ICONS.get(kind.partition("/")[0], "file-earmark")


@register.filter
def data_uri(image: bytes) -> str:
    """A PNG or JPEG kept in a row as a data: address, for papers and pages; empty for none."""
    if not image:
        return ""
    content = bytes(image)
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"

"""The smallest parts of a page: icons, shapes of state, badges, facts, clauses, keys and logos.

They stand on a page by the dozen, so they are tags: an included template costs ten times as much.
"""

import base64
import functools
from datetime import date
from pathlib import PurePath

from django import template
from django.db.models import Model
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.formats import date_format, localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
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
    return _use("icon", f"i-{name}", get_script_prefix())


@register.simple_tag
def shape(tone: str) -> str:
    """The shape of a tone: draft, run, wait, late, late-met, done (also sort and mark)."""
    return _use("shape", f"s-{tone}", get_script_prefix())


@register.simple_tag
def brand_mark() -> str:
    """The product's own mark, for the brand line where a company has no logo."""
    return _use("topbar__mark", "s-mark", get_script_prefix())


@functools.lru_cache(maxsize=500)
def _use(css: str, symbol: str, site: str) -> SafeString:
    """Drawn once for each place that the site stands at, since static() looks there."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("icons.svg"),
        symbol,
    )


@register.simple_tag
def status_badge(object=None, label="", tone="", detail="", head: bool = False) -> str:
    """A state as word, colour and shape: components/status_badge.html says what it takes."""
    tone = tone or getattr(object, "tone", "") or "run"
    label = label or (choice(object, "state") if object else "")
    return _badge(str(tone), str(label), str(detail), bool(head), get_script_prefix())


@functools.lru_cache(maxsize=1000, typed=True)  # what is marked safe is another text
def _badge(tone: str, label: str, detail: str, head: bool, site: str) -> SafeString:
    """Of the few states of a list each is drawn once."""
    return format_html(
        '<span class="status-badge is-{}{}">{}{}{}{}</span>',
        tone,
        " status-badge--head" if head else "",
        _use("shape", f"s-{tone}", site),
        label,
        " · " if detail else "",
        detail,
    )


@register.filter
def day(value: date | None) -> str:
    """A day as the page's language writes it; empty for None. Quick where days come again."""
    return _day(value, get_language()) if value else ""


@functools.lru_cache(maxsize=5000)
def _day(value: date, language: str) -> str:
    return date_format(value, "DATE_FORMAT")


@register.filter
def choice(object, field: str) -> str:
    """The word for a choice of a row, as get_<field>_display gives it, for long lists.

    Django's own looks through all choices each time, translating every one of them.
    """
    if not isinstance(object, Model):
        words = getattr(object, f"get_{field}_display")
        return words() if callable(words) else words
    value = getattr(object, field)
    return str(_words(type(object), field).get(value, value))


@functools.cache
def _words(model: type[Model], field: str) -> dict:
    return dict(model._meta.get_field(field).flatchoices)


@register.simple_tag
def fact(label, value, url="", wide: bool = False, clause="", missing="") -> str:
    """One fact inside <dl class="facts">: components/field_row.html says what it takes."""
    if value is None or value == "":
        shown = format_html('<em class="not-kept">{}</em>', missing or _("未填"))
    elif url:
        shown = format_html('<a href="{}">{}</a>', url, localize(value))
    else:
        shown = conditional_escape(localize(value))
    return format_html(
        "<div{}><dt>{}</dt><dd>{}{}</dd></div>",
        mark_safe(' class="facts__wide"') if wide else "",
        label,
        shown,
        format_html(" {}", clause_mark(clause)) if clause else "",
    )


@register.simple_tag(name="clause")
def clause_mark(number: str, in_row: bool = False) -> str:
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

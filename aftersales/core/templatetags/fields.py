"""Forms as the pages show them: controls, widths, sections and the summary of errors."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()

WIDE = (forms.Textarea, forms.FileInput, forms.CheckboxSelectMultiple)


@register.simple_tag
def control(field: BoundField, css: str = "control") -> str:
    """The field's widget with the look's class, its own classes and attributes kept."""
    own = field.field.widget.attrs.get("class", "")
    if isinstance(field.field.widget, forms.FileInput) and css == "control":
        css = "control control--file"
    if is_range(field):  # the group carries the label, each control its end of the range
        for widget, name in zip(field.field.widget.widgets, (_("開始"), _("結束")), strict=True):
            widget.attrs["aria-label"] = name
    return field.as_widget(attrs={"class": f"{own} {css}".strip()})


@register.filter
def attributes(attrs: dict) -> str:
    """The attributes of a widget as they stand in its element; of what is True only the name."""
    shown = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in attrs.items()
        if value is not False
    ]
    return format_html_join("", "{}", zip(shown, strict=True)) if shown else ""


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: hidden, choices (a group of its own), tick (one box), or plain."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "plain"


@register.filter
def is_range(field: BoundField) -> bool:
    """A pair of controls, from and to."""
    return isinstance(field.field.widget, forms.MultiWidget)


@register.filter
def is_text(field: BoundField) -> bool:
    """A field for free words, which may grow; dates and numbers keep their size."""
    return getattr(field.field.widget, "input_type", "") in {"text", "search"}


@register.filter
def width(field: BoundField) -> str:
    """The class of a field's width: what the form's `widths` says (half, third, wide), else by kind."""
    named = getattr(field.form, "widths", {}).get(field.name)
    if named is None:
        named = "wide" if isinstance(field.field.widget, WIDE) else "half"
    return "" if named == "half" else f"field--{named}"


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a summary's link jumps to: the control, of a group its first."""
    return field.id_for_label or f"{field.auto_id}_0"


@dataclass(frozen=True)
class Section:
    """A titled group of fields; `name` makes its id."""

    name: str
    title: str
    clause: str
    fields: list[BoundField]


@register.simple_tag
def sections(form: forms.BaseForm | None) -> list[Section]:
    """The form's fields in groups.

    A form may name them: `sections = [(title, clause, [field names]), …]`. What it does not
    name, or a form without sections, comes in one group without a title at the end.
    """
    groups, named = [], set()
    if not form:  # a page of rows only, or a question without a reason
        return groups
    for index, (title, clause, names) in enumerate(getattr(form, "sections", ()), start=1):
        named.update(names)
        fields = [form[name] for name in names if name in form.fields]
        groups.append(Section(f"{form.prefix or 'form'}-{index}", title, clause, fields))
    rest = [field for field in form.visible_fields() if field.name not in named]
    if rest:
        groups.append(Section(f"{form.prefix or 'form'}-rest", "", "", rest))
    return groups


@dataclass(frozen=True)
class ErrorLine:
    """One line of the summary on top; `anchor` is empty where no field is to blame."""

    message: str
    anchor: str
    clause: str = ""


@register.simple_tag
def error_lines(*forms_on_page) -> list[ErrorLine]:
    """All errors of these forms (formsets count as forms; an empty one is passed over)."""
    return [line for form in forms_on_page if form for line in _lines(form)]


def _lines(form, row: int | None = None) -> Iterator[ErrorLine]:
    if hasattr(form, "forms"):
        yield from (ErrorLine(message, "") for message in form.non_form_errors())
        for number, each in enumerate(form.forms, start=1):
            yield from _lines(each, row=number)
        return
    for error in form.non_field_errors().as_data():
        for message in error.messages:
            yield ErrorLine(_in_row(message, row), "", getattr(error, "clause", ""))
    for field in form:
        for message in field.errors:
            where = "" if field.is_hidden else anchor(field)
            yield ErrorLine(_in_row(sentence(message, field), row), where)


@register.filter
def sentence(message: str, field: BoundField) -> str:
    """An error that says which field it is about, also where it stands far from it."""
    if str(field.label) in message or field.is_hidden:
        return message
    return _("%(field)s：%(message)s") % {"field": field.label, "message": message}


def _in_row(message: str, row: int | None) -> str:
    if row is None:
        return message
    return _("第 %(row)d 行 %(message)s") % {"row": row, "message": message}

"""A form that was overtaken: both versions side by side, and the choice which one stays."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.formats import localize
from django.utils.translation import gettext as _

from aftersales.core.text import listed


def show_both(form: forms.BaseForm, current: Model) -> list[dict]:
    """The rows of components/stale_edit.html: label, theirs (as stored now), yours (as sent).

    The form takes the current version along, so that sending it again overwrites on purpose.
    """
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = current.version
    rows = []
    for bound in form.visible_fields():
        if not hasattr(current, bound.name) or isinstance(bound.field, forms.FileField):
            continue
        theirs = bound.field.prepare_value(_stored(current, bound.name))
        yours = form.cleaned_data.get(bound.name)
        rows.append(
            {
                "label": bound.label,
                "theirs": _in_words(bound.field, theirs),
                "yours": _in_words(bound.field, bound.field.prepare_value(yours)),
            }
        )
    return rows


def _stored(current: Model, name: str):
    value = getattr(current, name)
    return value.all() if hasattr(value, "all") else value


def _in_words(field: forms.Field, value) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value in (None, "") or isinstance(value, UploadedFile):
        return ""
    if choices := getattr(field, "choices", None):
        wanted = [value] if isinstance(value, str | int) else list(value)
        labels = {str(code): str(label) for code, label in choices}
        return listed(labels.get(str(code), str(code)) for code in wanted)
    return str(localize(value))

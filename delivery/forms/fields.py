"""Fields of a note: many serials in one text, rows of master data that are suggested anew."""

import re

from django import forms
from django.urls import reverse_lazy
from django.utils.text import format_lazy

from aftersales.core.text import half_width, tidy
from aftersales.masterdata.forms.fields import CustomerField

_BETWEEN_SERIALS = re.compile(r"[\s,，、;；]+")


def suggested(kind: str, target: str) -> dict:
    """Attributes of a field whose datalist is fetched anew while somebody types."""
    return {
        "list": kind,
        "autocomplete": "off",
        "hx-get": format_lazy("{}?suggest={}", reverse_lazy("shippingnote_create"), kind),
        "hx-trigger": "input changed delay:300ms",
        "hx-target": target,
    }


class SerialsField(forms.CharField):
    """Serial numbers in any separators, as a list."""

    def prepare_value(self, value):
        return "、".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        text = tidy(half_width(super().clean(value) or ""))
        return [serial for serial in _BETWEEN_SERIALS.split(text) if serial]


class SuggestedCustomerField(CustomerField):
    """A customer whose options are fetched while somebody types."""

    def __init__(self, **kwargs):
        attrs = suggested("customers", "#customer-options")
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

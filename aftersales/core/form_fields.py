"""Fields that take what people type: days, moments, wide digits, commas between thousands."""

import re

from django import forms

from aftersales.core.text import half_width

_GROUPING = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


class DayField(forms.DateField):
    """A local day; the browser's own picker where it has one."""

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"])
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def to_python(self, value):
        return super().to_python(half_width(value) if isinstance(value, str) else value)


class MomentField(forms.DateTimeField):
    """A local moment to the minute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class NumberField(forms.DecimalField):
    """A number that may be typed with wide digits or with commas between thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num"})

    def to_python(self, value):
        if isinstance(value, str):
            value = _GROUPING.sub("", half_width(value).strip())
        return super().to_python(value)

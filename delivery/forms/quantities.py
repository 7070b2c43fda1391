"""A quantity as it is typed on a phone, and photographs chosen several at once."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import SeveralFiles
from aftersales.core.text import half_width

_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


class QuantityField(forms.DecimalField):
    """0 or more with at most three places; wide digits and a decimal comma are understood."""

    def __init__(self, **kwargs):
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 3)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = half_width(value).strip()
            value = value.replace(",", "" if _GROUPED.fullmatch(value) else ".")
        return super().to_python(value)


class PhotosField(forms.FileField):
    """Pictures, several at once; gives a list."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("照片"))
        kwargs.setdefault("required", False)
        widget = SeveralFiles(attrs={"multiple": True, "accept": "image/*"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(PhotosField, self).clean(upload) for upload in uploads]

"""Fields that take what people type: wide digits, a customer in either script, many serials."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from aftersales.core.text import fold, half_width, listed, tidy
from aftersales.masterdata.models import Customer

SHOWN = 5


def suggested(kind: str, target: str) -> dict:
    """Attributes of a field whose datalist is fetched anew while somebody types."""
    return {
        "list": kind,
        "autocomplete": "off",
        "hx-get": format_lazy("{}?suggest={}", reverse_lazy("shippingnote_create"), kind),
        "hx-trigger": "input changed delay:300ms",
        "hx-target": target,
    }


_BETWEEN_SERIALS = re.compile(r"[\s,，、;；]+")
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


class SerialsField(forms.CharField):
    """Serial numbers in any separators, as a list."""

    def prepare_value(self, value):
        return "、".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        text = tidy(half_width(super().clean(value) or ""))
        return [serial for serial in _BETWEEN_SERIALS.split(text) if serial]


class CustomerField(forms.CharField):
    """A customer by code or by name in either script; the options come by a datalist."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 200)
        attrs = suggested("customers", "#customer-options")
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return f"{value.code} {value.name}" if isinstance(value, Customer) else value

    def clean(self, value):
        text = tidy(half_width(super().clean(value) or ""))
        return _one_customer(text) if text else None


def _one_customer(text: str) -> Customer:
    """The customer meant by the text. Raises ValidationError naming those that it may be."""
    code = text.split(" ", 1)[0]
    coded = Customer.objects.active().filter(code__iexact=code).first()
    if coded and fold(text) in (fold(code), fold(f"{coded.code}{coded.name}")):
        return coded
    found = list(Customer.objects.active().filter(search_text__contains=f"|{fold(text)}|")[:SHOWN])
    found = found or list(Customer.objects.active().matching(text)[: SHOWN + 1])
    if len(found) == 1:
        return found[0]
    if found:
        names = listed(f"{each.code} {each.name}" for each in found[:SHOWN])
        raise ValidationError(
            _("「%(text)s」不只一家：%(names)s。請填客戶代號或全名")
            % {"text": text, "names": names}
        )
    raise ValidationError(
        _("客戶主檔裡沒有「%(text)s」，請更正，或先到主檔建立這位客戶") % {"text": text}
    )

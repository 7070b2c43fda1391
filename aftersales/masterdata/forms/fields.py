"""Fields that take a row of master data as people type it: by code, or by name in either script."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aftersales.core.text import fold, half_width, listed, tidy
from aftersales.masterdata.models import Customer, Product

SHOWN = 5


class _RowField(forms.CharField):
    """A row in use; the options come by a datalist of the page. `kept` is one that may stay
    although it is out of use."""

    model: type
    code: str
    datalist: str
    kept = None

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 240)
        attrs = {"list": self.datalist, "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return self.shown(value) if isinstance(value, self.model) else value

    def clean(self, value):
        text = tidy(half_width(super().clean(value) or ""))
        if not text:
            return None
        if self.kept and fold(text) == fold(self.shown(self.kept)):
            return self.kept
        return self._found(text)

    def shown(self, row) -> str:
        """How a row reads in the field and in its list of options."""
        return f"{getattr(row, self.code)} {row}"

    def _found(self, text: str):
        rows = self.model.objects.active()
        for row in rows.filter(**{f"{self.code}__iexact": text.split(" ", 1)[0]}):
            if fold(text) in (fold(getattr(row, self.code)), fold(self.shown(row))):
                return row
        found = list(rows.filter(search_text__holds=f"|{fold(text)}|")[: SHOWN + 1])
        found = found or list(rows.matching(text)[: SHOWN + 1])
        if len(found) == 1:
            return found[0]
        if found:
            names = listed(self.shown(row) for row in found[:SHOWN])
            message = _("「%(text)s」不只一筆：%(names)s。請填代號或全名")
            raise ValidationError(message % {"text": text, "names": names})
        message = _("%(list)s主檔裡沒有「%(text)s」，請更正，或先建檔")
        raise ValidationError(message % {"list": self.model._meta.verbose_name, "text": text})


class CustomerField(_RowField):
    model, code, datalist = Customer, "code", "customers"


class ProductField(_RowField):
    model, code, datalist = Product, "part_no", "products"

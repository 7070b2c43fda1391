"""The keeper's forms (3.1.4): one attempt at a line, and what was done about a difference."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.errors import RuleViolation
from aftersales.core.forms import BaseForm
from delivery.forms.quantities import PhotosField, QuantityField
from delivery.models import Adjustment
from delivery.serials import read_serials

MOST_TEXT = 40_000


class CountForm(BaseForm):
    """What the keeper found; knows nothing of what stands on the note."""

    counted_quantity = QuantityField(label=_("實點數量"))
    serial_nos = forms.CharField(
        label=_("序列號"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "characters"}),
    )
    # What stands in the scan field and has not gone into the list: a hand scanner without
    # script, or typed and sent at once.
    serial_scan = forms.CharField(required=False, max_length=200)
    lot_no = forms.CharField(label=_("批號"), required=False, max_length=60)
    damaged_quantity = QuantityField(label=_("其中破損"), required=False)
    wrong_part_no = forms.CharField(label=_("實物料號"), required=False, max_length=60)
    wrong_quantity = QuantityField(label=_("錯裝數量"), required=False)

    def clean(self):
        data = super().clean()
        text = "\n".join([data.get("serial_nos", ""), data.pop("serial_scan", "")])
        try:
            data["serial_nos"] = read_serials(text, quantity=data.get("counted_quantity"))
        except RuleViolation as violation:
            self.add_error("serial_nos", violation)
        for name in ("damaged_quantity", "wrong_quantity"):
            data[name] = data.get(name) or 0
        return data


class AdjustForm(BaseForm):
    measure = forms.ChoiceField(
        label=_("怎樣處理"),
        choices=Adjustment.Measure.choices,
        error_messages={"required": _("請選怎樣處理")},
    )
    put_back_bin = forms.CharField(label=_("換下的放回庫位"), required=False, max_length=40)
    remark = forms.CharField(label=_("說明"), required=False, max_length=300)
    photos = PhotosField()

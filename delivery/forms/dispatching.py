"""The forms of vehicle and filed paper (3.2.2)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseForm
from delivery.actions.closing import PAPER_KINDS
from delivery.models import ShippingNote


def _longest(field: str) -> int:
    return ShippingNote._meta.get_field(field).max_length


class VehicleForm(BaseForm):
    vehicle_no = forms.CharField(label=_("車號"), max_length=_longest("vehicle_no"))
    driver_name = forms.CharField(label=_("司機"), max_length=_longest("driver_name"))
    driver_phone = forms.CharField(
        label=_("司機電話"),
        required=False,
        max_length=_longest("driver_phone"),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    widths = {"vehicle_no": "third", "driver_name": "third", "driver_phone": "third"}


class PaperForm(BaseForm):
    upload = forms.FileField(
        label=_("簽收的送貨單"),
        help_text=_("收貨人簽字那一面的照片或掃描件（PDF）"),
        widget=forms.FileInput(attrs={"accept": ",".join(PAPER_KINDS)}),
    )

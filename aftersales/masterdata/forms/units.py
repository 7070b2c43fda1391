from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.form_fields import DayField
from aftersales.core.forms import BaseForm
from aftersales.masterdata.actions.units import FIELDS, SIGNED
from aftersales.masterdata.forms.fields import CustomerField, ProductField
from aftersales.masterdata.models import Unit


class UnitForm(BaseForm):
    """A delivered unit; the fields are keyword arguments of create_unit and edit_unit.

    Of a unit that a shipping note delivered only what may still change is asked.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    serial_no = forms.CharField(label=_("序列號"), max_length=80)
    product = ProductField(label=_("產品"), help_text=_("料號或品名；輸入後從清單選"))
    customer = CustomerField(label=_("客戶"), help_text=_("代號或名稱，繁簡皆可；輸入後從清單選"))
    lot_no = forms.CharField(label=_("批號"), max_length=60, required=False)
    delivered_on = DayField(label=_("交付日期"))
    delivery_ref = forms.CharField(
        label=_("發貨單與行次"), max_length=60, required=False, help_text=_("舊單號，可留空")
    )
    warranty_from = DayField(label=_("保修起"), required=False, help_text=_("留空時自交付日起算"))
    warranty_until = DayField(
        label=_("保修迄"), required=False, help_text=_("留空時依產品的保修月數計算")
    )

    sections = [
        (_("設備"), "", ["serial_no", "product", "customer", "lot_no"]),
        (
            _("交付與保修"),
            "3.3.3",
            ["delivered_on", "delivery_ref", "warranty_from", "warranty_until"],
        ),
    ]

    def __init__(self, *args, instance: Unit | None = None, **kwargs):
        kept = {name: getattr(instance, name) for name in (*FIELDS, "version")} if instance else {}
        super().__init__(*args, initial=kept | kwargs.pop("initial", {}), **kwargs)
        if instance is None:
            return
        self.fields["product"].kept = instance.product
        self.fields["customer"].kept = instance.customer
        for name in ("warranty_from", "warranty_until"):
            self.fields[name].required, self.fields[name].help_text = True, ""
        if instance.is_from_a_note:
            for name in SIGNED:
                del self.fields[name]

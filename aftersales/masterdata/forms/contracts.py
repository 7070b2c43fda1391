from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.form_fields import DayField
from aftersales.core.forms import BaseModelForm
from aftersales.masterdata import citations
from aftersales.masterdata.actions.contracts import FREE
from aftersales.masterdata.forms.fields import CustomerField
from aftersales.masterdata.models import Contract

_DAYS = ("signed_on", "valid_from", "valid_until")
_LONG = ("delivery_terms", "pickup_terms", "warranty_terms", "remark")


class ContractForm(BaseModelForm):
    """A contract; the fields are the keyword arguments of create_contract and edit_contract.

    Of one that a document cites only what may still change is asked.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    customer = CustomerField(label=_("客戶"), help_text=_("代號或名稱，繁簡皆可；輸入後從清單選"))

    sections = [
        (_("合同"), "", ["number", "customer", "title", *_DAYS]),
        (_("交付"), "3.2.1", ["delivery_terms", "allows_pickup", "pickup_terms"]),
        (
            _("保修與服務"),
            "3.3.3",
            ["warranty_months", "arrival_hours", "warranty_terms", "technical_agreement"],
        ),
        (_("其他"), "", ["has_commissioning", "remark"]),
    ]
    widths = dict.fromkeys(_DAYS, "third") | {
        "title": "wide", "allows_pickup": "wide", "has_commissioning": "wide",
        "technical_agreement": "wide",
    }  # fmt: skip

    class Meta:
        model = Contract
        fields = [
            "number",
            "customer",
            "title",
            *_DAYS,
            "delivery_terms",
            "allows_pickup",
            "pickup_terms",
            "warranty_months",
            "arrival_hours",
            "warranty_terms",
            "technical_agreement",
            "has_commissioning",
            "remark",
            "version",
        ]
        field_classes = dict.fromkeys(_DAYS, DayField)
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in _LONG}
        help_texts = {
            "valid_until": _("沒有期限就留空"),
            "pickup_terms": _("約定顧客自提時寫明：何處、何時、憑什麼提貨"),
            "has_commissioning": _("按合同由我方安裝、調試、培訓，費用已含在合同內"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        contract = self.instance
        for name, unit in (("warranty_months", _("個月")), ("arrival_hours", _("小時"))):
            self.fields[name].unit = unit
        if contract.pk is None:
            return
        self.initial["customer"] = self.fields["customer"].kept = contract.customer
        if citations.citing(contract):
            for name in set(self.fields) - {*FREE, "version"}:
                del self.fields[name]

    def clean(self):
        data = super().clean()
        if data.get("allows_pickup") and not data.get("pickup_terms"):
            self.add_error("pickup_terms", _("約定顧客自提，請寫明自提條款（3.2.1）"))
        return data

from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseModelForm
from aftersales.masterdata.models import Carrier, Supplier


class _PartnerForm(BaseModelForm):
    """A company that works for us; the fields are the keyword arguments of its actions."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    widths = {
        "code": "third", "short_name": "third", "name": "wide", "name_simplified": "wide",
        "contact": "third", "phone": "third", "email": "third", "address": "wide",
    }  # fmt: skip

    class Meta:
        fields = [
            "code",
            "short_name",
            "name",
            "name_simplified",
            "contact",
            "phone",
            "email",
            "address",
            "remark",
            "version",
        ]
        widgets = {"remark": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"name_simplified": _("留空時由名稱轉成簡體；簡體的檔案與查詢都認得")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("留空時取下一個代號")


class SupplierForm(_PartnerForm):
    sections = [
        (_("供應商"), "4.8", ["code", "short_name", "name", "name_simplified"]),
        (_("聯絡"), "", ["contact", "phone", "email", "address", "remark"]),
    ]

    class Meta(_PartnerForm.Meta):
        model = Supplier


class CarrierForm(_PartnerForm):
    sections = [
        (_("承運商"), "3.1.2", ["code", "short_name", "name", "name_simplified"]),
        (_("聯絡"), "", ["contact", "phone", "email", "address", "remark"]),
    ]

    class Meta(_PartnerForm.Meta):
        model = Carrier

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftersales.accounts.models import User
from aftersales.core.forms import BaseModelForm
from aftersales.masterdata.models import Customer

SELLERS = ("salesperson", "sales_manager")


class CustomerForm(BaseModelForm):
    """A customer; the fields are keyword arguments of create_customer and edit_customer."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = [
        (_("客戶"), "", ["code", "short_name", "region", "name", "name_simplified"]),
        (_("聯絡"), "3.4", ["phone", "address"]),
        (_("往來"), "", ["salesperson", "is_key_account", "remark"]),
    ]
    widths = {
        "code": "third", "short_name": "third", "region": "third", "name": "wide",
        "name_simplified": "wide", "address": "wide", "is_key_account": "half",
    }  # fmt: skip

    class Meta:
        model = Customer
        fields = [
            "code",
            "short_name",
            "region",
            "name",
            "name_simplified",
            "phone",
            "address",
            "salesperson",
            "is_key_account",
            "remark",
            "version",
        ]
        widgets = {"remark": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"name_simplified": _("留空時由客戶名稱轉成簡體；簡體的檔案與查詢都認得")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = Q(pk=self.instance.salesperson_id or 0)
        sells = Q(role_assignments__role__in=SELLERS, is_active=True)
        self.fields["salesperson"].queryset = User.objects.filter(sells | own).distinct()
        self.fields["salesperson"].empty_label = _("未指定")
        if self.instance.pk is None:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("留空時取下一個 K 開頭的代號")

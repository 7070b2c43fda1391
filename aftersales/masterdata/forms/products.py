from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseModelForm
from aftersales.masterdata.models import Product, Supplier
from aftersales.masterdata.models.products import NO_SUPPLIER


class ProductForm(BaseModelForm):
    """A product; the fields are keyword arguments of create_product and edit_product."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = [
        (_("產品"), "", ["part_no", "name", "spec", "family", "uom", "origin"]),
        (_("外購"), "4.8", ["supplier"]),
        (_("保修與核對"), "3.3.3", ["warranty_months", "is_serialised", "remark"]),
    ]
    widths = {
        "family": "third",
        "uom": "third",
        "origin": "third",
        "spec": "wide",
        "supplier": "wide",
    }

    class Meta:
        model = Product
        fields = [
            "part_no",
            "name",
            "spec",
            "family",
            "uom",
            "origin",
            "supplier",
            "warranty_months",
            "is_serialised",
            "remark",
            "version",
        ]
        widgets = {"remark": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "supplier": _("外購件才選：故障由採購部請這家供應商解決；還不知道可先留空"),
            "warranty_months": _("自交付日起算；改動只影響之後交付的設備"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = Q(pk=self.instance.supplier_id or 0)
        self.fields["supplier"].queryset = Supplier.objects.filter(Q(is_active=True) | own)
        self.fields["supplier"].empty_label = _("未填")
        self.fields["warranty_months"].unit = _("個月")
        self.fields["warranty_months"].widget.attrs["max"] = 240

    def clean(self):
        data = super().clean()
        if data.get("supplier") and data.get("origin") != Product.Origin.BOUGHT_IN:
            self.add_error("supplier", NO_SUPPLIER)
        return data

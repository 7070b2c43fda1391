from django import forms
from django.utils.translation import gettext_lazy as _

from aftersales.core.forms import BaseModelForm
from aftersales.masterdata.models import Product


class ProductForm(BaseModelForm):
    """A product; the fields are keyword arguments of create_product and edit_product."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    sections = [
        (_("產品"), "", ["part_no", "name", "spec", "family", "uom", "origin"]),
        (_("保修與核對"), "3.3.3", ["warranty_months", "is_serialised", "remark"]),
    ]
    widths = {"family": "third", "uom": "third", "origin": "third", "spec": "wide"}

    class Meta:
        model = Product
        fields = [
            "part_no",
            "name",
            "spec",
            "family",
            "uom",
            "origin",
            "warranty_months",
            "is_serialised",
            "remark",
            "version",
        ]
        widgets = {"remark": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"warranty_months": _("自交付日起算；改動只影響之後交付的設備")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["warranty_months"].unit = _("個月")
        self.fields["warranty_months"].widget.attrs["max"] = 240

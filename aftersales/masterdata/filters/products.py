"""How the list of products is narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _

from aftersales.masterdata.filters.shared import ALL, UsualRows, choice, others, values_of, words
from aftersales.masterdata.models import Product


class ProductFilter(UsualRows):
    q = words(_("料號、品名、規格"), _("繁簡皆可，例如 機械密封"))
    family = django_filters.ChoiceFilter(
        label=_("產品族"), choices=values_of(Product, "family"), empty_label=ALL
    )
    origin = choice(
        _("來源"),
        [*Product.Origin.choices, ("no_supplier", _("外購，供應商未填"))],
        "by_origin",
    )
    state = others(_("狀態"), _("使用中"), _("已停用"))

    class Meta:
        model = Product
        fields = []

    def by_origin(self, rows, name, value):
        return rows.without_supplier() if value == "no_supplier" else rows.filter(origin=value)

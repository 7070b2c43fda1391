"""How the list of delivered units is narrowed."""

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import narrow
from aftersales.core.text import half_width, tidy
from aftersales.masterdata.filters.shared import DAY, UsualRows, choice, meant, others, words
from aftersales.masterdata.models import Customer, Product, Unit
from aftersales.masterdata.models.units import by_serial
from aftersales.masterdata.warranty import SOON


class UnitFilter(UsualRows):
    q = words(_("序列號、產品、客戶"), _("例如 C2611-0417 或 海曙"))
    delivered_on = django_filters.DateFromToRangeFilter(
        label=_("交付日期"), widget=django_filters.widgets.DateRangeWidget(attrs=DAY)
    )
    warranty = choice(
        _("保修"),
        [("under", _("保內")), ("soon", _("30 天內到期")), ("out", _("保外"))],
        "by_warranty",
    )
    source = django_filters.ChoiceFilter(
        label=_("來源"), choices=Unit.Source.choices, empty_label=_("全部")
    )
    delivery = others(_("交付"), _("已交付"), _("已沖銷"))

    usual = ("delivery", "is_reversed", False)

    class Meta:
        model = Unit
        fields = []

    def by_words(self, rows, name, value):
        """By serial, or all units of the products and customers meant: an exact code or name
        means only its own row, P-100 not P-100-2."""
        text = tidy(half_width(value))
        products, customers = meant(Product, text), meant(Customer, text)
        return narrow(rows, Q(product__in=products) | Q(customer__in=customers) | by_serial(text))

    def by_warranty(self, rows, name, value):
        today = timezone.localdate()
        if value == "soon":
            return rows.warranty_ends_within(today, SOON)
        return rows.under_warranty(today) if value == "under" else rows.out_of_warranty(today)

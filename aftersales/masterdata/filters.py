"""How the lists of master data are narrowed; every value comes from the address."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import fold, half_width, tidy
from aftersales.masterdata.models import Customer, Product, Unit
from aftersales.masterdata.warranty import SOON

_DAY = {"type": "date"}


def _values(model, field: str):
    """The different values of a column, as choices; read when the form is shown."""

    def choices():
        rows = model.objects.exclude(**{field: ""}).order_by(field)
        return [(value, value) for value in rows.values_list(field, flat=True).distinct()]

    return choices


def _words(label, example) -> django_filters.CharFilter:
    widget = forms.TextInput(attrs={"placeholder": example})
    return django_filters.CharFilter(label=label, method="by_words", widget=widget)


class _InUseFilter(django_filters.FilterSet):
    """Rows in use unless somebody asks for the others; words in either script."""

    def by_words(self, rows, name, value):
        return rows.matching(value)

    def by_state(self, rows, name, value):
        return rows  # filter_queryset: also an empty choice narrows

    def filter_queryset(self, rows):
        wanted = self.form.cleaned_data.get("state")
        if wanted != "all":
            rows = rows.filter(is_active=wanted != "no")
        return super().filter_queryset(rows)


class CustomerFilter(_InUseFilter):
    q = _words(_("客戶代號、名稱"), _("繁簡皆可，例如 海曙"))
    region = django_filters.ChoiceFilter(
        label=_("地區"), choices=_values(Customer, "region"), empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(
        label=_("狀態"),
        choices=[("no", _("已停用")), ("all", _("全部"))],
        method="by_state",
        empty_label=_("往來中"),
    )
    key = django_filters.BooleanFilter(
        label=_("重點客戶"), method="by_key", widget=forms.CheckboxInput
    )
    mine = django_filters.BooleanFilter(
        label=_("我的客戶"), method="by_mine", widget=forms.CheckboxInput
    )

    class Meta:
        model = Customer
        fields = []

    def by_key(self, rows, name, value):
        return rows.filter(is_key_account=True) if value else rows

    def by_mine(self, rows, name, value):
        return rows.filter(salesperson=self.request.user) if value else rows


class ProductFilter(_InUseFilter):
    q = _words(_("料號、品名、規格"), _("繁簡皆可，例如 機械密封"))
    family = django_filters.ChoiceFilter(
        label=_("產品族"), choices=_values(Product, "family"), empty_label=_("全部")
    )
    origin = django_filters.ChoiceFilter(
        label=_("來源"), choices=Product.Origin.choices, empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(
        label=_("狀態"),
        choices=[("no", _("已停用")), ("all", _("全部"))],
        method="by_state",
        empty_label=_("使用中"),
    )

    class Meta:
        model = Product
        fields = []


class UnitFilter(django_filters.FilterSet):
    q = _words(_("序列號、產品、客戶"), _("例如 C2611-0417 或 海曙"))
    delivered_on = django_filters.DateFromToRangeFilter(
        label=_("交付日期"), widget=django_filters.widgets.DateRangeWidget(attrs=_DAY)
    )
    warranty = django_filters.ChoiceFilter(
        label=_("保修"),
        choices=[("under", _("保內")), ("soon", _("30 天內到期")), ("out", _("保外"))],
        method="by_warranty",
        empty_label=_("全部"),
    )
    source = django_filters.ChoiceFilter(
        label=_("來源"), choices=Unit.Source.choices, empty_label=_("全部")
    )

    class Meta:
        model = Unit
        fields = []

    def by_words(self, rows, name, value):
        """By serial, or all units of the products and customers meant: an exact code or name
        means only its own row, P-100 not P-100-2."""
        text = tidy(half_width(value))
        products, customers = _meant(Product, text), _meant(Customer, text)
        return rows.filter(
            Q(serial_no__icontains=text) | Q(product__in=products) | Q(customer__in=customers)
        )

    def by_warranty(self, rows, name, value):
        today = timezone.localdate()
        if value == "soon":
            return rows.warranty_ends_within(today, SOON)
        return rows.under_warranty(today) if value == "under" else rows.out_of_warranty(today)


def _meant(model, text: str):
    exactly = model.objects.filter(search_text__contains=f"|{fold(text)}|").order_by()
    return exactly if exactly.exists() else model.objects.matching(text).order_by()

"""How the list of shipping notes is narrowed; every value comes from the address."""

import re

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import fold, half_width, tidy
from aftersales.masterdata.models import Customer
from delivery.models import ShippingNote

_NUMBER = re.compile(r"FH-?(\d{6})-?(\d{4,})(?:-?R\d+)?", re.IGNORECASE)
_DAY = {"type": "date"}


class ShippingNoteFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("單號、客戶、收貨人、合同號"),
        method="by_words",
        widget=forms.TextInput(attrs={"placeholder": _("繁簡皆可，例如 海曙")}),
    )
    ship_on = django_filters.DateFromToRangeFilter(
        label=_("發貨日期"), widget=django_filters.widgets.DateRangeWidget(attrs=_DAY)
    )
    state = django_filters.ChoiceFilter(
        label=_("狀態"),
        choices=[("open", _("未結")), *ShippingNote.State.choices],
        method="by_state",
        empty_label=_("全部狀態"),
    )
    delivery_mode = django_filters.ChoiceFilter(
        label=_("交付方式"),
        choices=ShippingNote.DeliveryMode.choices,
        empty_label=_("全部"),
    )
    mine = django_filters.BooleanFilter(
        label=_("我的單"), method="by_mine", widget=forms.CheckboxInput
    )

    class Meta:
        model = ShippingNote
        fields = []

    def by_words(self, rows, name, value):
        """A whole number is looked up by its index; other words by number, names and customer."""
        text = tidy(half_width(value))
        if number := _NUMBER.fullmatch(text):
            return rows.filter(number="FH-{}-{}".format(*number.groups()))
        customers = Customer.objects.matching(text).order_by()
        return rows.filter(Q(search_text__contains=fold(text)) | Q(customer__in=customers))

    def by_state(self, rows, name, value):
        return rows.open() if value == "open" else rows.filter(state=value)

    def by_mine(self, rows, name, value):
        user = self.request.user
        return rows.filter(Q(issuer=user) | Q(salesperson=user)) if value else rows

"""How the list of shipping notes is narrowed; every value comes from the address."""

import re
from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import keys_of, narrow
from aftersales.core.text import fold, half_width, tidy
from aftersales.masterdata.models import Carrier, Customer
from delivery.models import ShippingNote, ShippingNoteLine

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
    carrier = django_filters.ModelChoiceFilter(
        label=_("承運商"), queryset=Carrier.objects.order_by("code"), empty_label=_("全部")
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
        word = fold(text)
        plain = Customer.objects.filter(search_text__contains=word)
        customers = keys_of(Customer.objects.matching(text), plain)
        return narrow(rows, Q(customer__in=customers) | Q(search_text__holds=word))

    def by_state(self, rows, name, value):
        return rows.open() if value == "open" else rows.filter(state=value)

    def by_mine(self, rows, name, value):
        user = self.request.user
        return rows.filter(Q(issuer=user) | Q(salesperson=user)) if value else rows


class SignedPaperFilter(django_filters.FilterSet):
    """The notes whose signed paper has not come back, by how long the goods have been gone."""

    q = django_filters.CharFilter(
        label=_("單號、客戶、司機、車號"),
        method="by_words",
        widget=forms.TextInput(attrs={"placeholder": _("例如 周建軍 或 浙J")}),
    )
    older = django_filters.ChoiceFilter(
        label=_("未回天數"),
        choices=[("3", _("3 天以上")), ("7", _("7 天以上")), ("15", _("15 天以上"))],
        method="by_age",
        empty_label=_("全部"),
    )
    delivery_mode = django_filters.ChoiceFilter(
        label=_("交付方式"),
        choices=[choice for choice in ShippingNote.DeliveryMode.choices if choice[0] != "pickup"],
        empty_label=_("全部"),
    )
    stage = django_filters.ChoiceFilter(
        label=_("階段"),
        choices=[("way", _("客戶尚未簽收")), ("signed", _("已簽收，待簽收單"))],
        method="by_stage",
        empty_label=_("全部"),
    )

    class Meta:
        model = ShippingNote
        fields = []

    def by_words(self, rows, name, value):
        text = tidy(half_width(value))
        return rows.filter(
            Q(search_text__contains=fold(text))
            | Q(driver_name__icontains=text)
            | Q(vehicle_no__icontains=text)
            | Q(carrier__name__icontains=text)
        )

    def by_age(self, rows, name, value):
        return rows.filter(departed_at__lte=timezone.now() - timedelta(days=int(value)))

    def by_stage(self, rows, name, value):
        signed = Q(state=ShippingNote.State.SIGNED)
        return rows.filter(signed if value == "signed" else ~signed)


class RefusedGoodsFilter(django_filters.FilterSet):
    """What came back with the driver: why, and of whom."""

    q = django_filters.CharFilter(
        label=_("單號、客戶、料號、品名"),
        method="by_words",
        widget=forms.TextInput(attrs={"placeholder": _("繁簡皆可，例如 海曙")}),
    )
    why = django_filters.ChoiceFilter(
        label=_("原因"),
        choices=[("quality", _("質量拒收")), ("otherwise", _("途損或整行退回"))],
        method="by_reason",
        empty_label=_("全部"),
    )

    class Meta:
        model = ShippingNoteLine
        fields = []

    def by_words(self, rows, name, value):
        text = tidy(half_width(value))
        notes = ShippingNote.objects.matching(text).order_by()
        return rows.filter(Q(note__in=notes) | Q(part_no__icontains=text) | Q(name__icontains=text))

    def by_reason(self, rows, name, value):
        return rows.filter(**{"for_quality__gt" if value == "quality" else "otherwise__gt": 0})

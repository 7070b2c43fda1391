"""How the list of losses in transit is narrowed; every value comes from the address."""

from datetime import datetime

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import half_width, tidy
from aftersales.masterdata.models import Carrier
from delivery.actions.losses.handing_on import possible_owners
from delivery.loss_figures import month_of
from delivery.models import TransitLoss


class MonthField(forms.CharField):
    """A month as YYYY-MM; gives the first moment of it and of the next one, aware."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"})

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            first = datetime.strptime(half_width(text), "%Y-%m")  # noqa: DTZ007
        except ValueError as error:
            raise forms.ValidationError(_("請填年月，例如 2026-11")) from error
        if not 2000 <= first.year <= 2100:
            raise forms.ValidationError(_("年月應在 2000-01 至 2100-12 之間"))
        return month_of(timezone.make_aware(first))


class MonthFilter(django_filters.Filter):
    field_class = MonthField


class TransitLossFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("途損單號、發貨單號、客戶、承運商"),
        method="by_words",
        widget=forms.TextInput(attrs={"placeholder": _("例如 SP-202611-0001")}),
    )
    state = django_filters.ChoiceFilter(
        label=_("狀態"),
        choices=[("open_all", _("未了結")), *TransitLoss.State.choices],
        method="by_state",
        empty_label=_("全部狀態"),
    )
    party = django_filters.ChoiceFilter(
        label=_("責任方"), choices=TransitLoss.Party.choices, empty_label=_("全部")
    )
    carrier = django_filters.ModelChoiceFilter(
        label=_("承運商"), queryset=Carrier.objects.order_by("code"), empty_label=_("全部")
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("負責人"), queryset=lambda request: possible_owners(), empty_label=_("全部")
    )
    month = MonthFilter(label=_("登記年月"), method="by_month")

    class Meta:
        model = TransitLoss
        fields = []

    def by_words(self, rows, name, value):
        return rows.matching(tidy(half_width(value)))

    def by_state(self, rows, name, value):
        return rows.open() if value == "open_all" else rows.filter(state=value)

    def by_month(self, rows, name, value):
        first, following = value
        return rows.filter(opened_at__gte=first, opened_at__lt=following)

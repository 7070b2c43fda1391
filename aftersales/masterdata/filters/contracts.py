"""How the list of contracts is narrowed."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersales.masterdata.filters.shared import ENDING_SOON, choice, tick, words
from aftersales.masterdata.models import Contract


class ContractFilter(django_filters.FilterSet):
    q = words(_("合同號、名稱、客戶"), _("繁簡皆可，例如 海曙"))
    term = choice(
        _("期限"),
        [
            ("in_force", _("有效")),
            ("soon", _("60 天內到期")),
            ("ended", _("已到期")),
        ],
        "by_term",
    )
    pickup = tick(_("約定自提"), field_name="allows_pickup", method="by_tick")
    commissioning = tick(_("含安裝調試"), field_name="has_commissioning", method="by_tick")

    class Meta:
        model = Contract
        fields = []

    def by_words(self, rows, name, value):
        return rows.matching(value)

    def by_term(self, rows, name, value):
        today = timezone.localdate()
        if value == "soon":
            return rows.ends_within(today, ENDING_SOON)
        return rows.ended(today) if value == "ended" else rows.in_force(today)

    def by_tick(self, rows, name, value):
        return rows.filter(**{name: True}) if value else rows

"""How the list of customers is narrowed."""

import django_filters
from django.utils.translation import gettext_lazy as _

from aftersales.masterdata.filters.shared import UsualRows, others, tick, values_of, words
from aftersales.masterdata.models import Customer


class CustomerFilter(UsualRows):
    q = words(_("客戶代號、名稱"), _("繁簡皆可，例如 海曙"))
    region = django_filters.ChoiceFilter(
        label=_("地區"), choices=values_of(Customer, "region"), empty_label=_("全部")
    )
    state = others(_("狀態"), _("往來中"), _("已停用"))
    key = tick(_("重點客戶"), method="by_key")
    mine = tick(_("我的客戶"), method="by_mine")

    class Meta:
        model = Customer
        fields = []

    def by_key(self, rows, name, value):
        return rows.filter(is_key_account=True) if value else rows

    def by_mine(self, rows, name, value):
        return rows.filter(salesperson=self.request.user) if value else rows

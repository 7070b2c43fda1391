"""How the lists of suppliers and carriers are narrowed."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersales.masterdata.filters.shared import UsualRows, choice, others, words
from aftersales.masterdata.models import Carrier, Supplier


class SupplierFilter(UsualRows):
    q = words(_("代號、名稱"), _("繁簡皆可，例如 軸承"))
    state = others(_("狀態"), _("往來中"), _("已停用"))

    class Meta:
        model = Supplier
        fields = []


class CarrierFilter(UsualRows):
    q = words(_("代號、名稱"), _("繁簡皆可，例如 德邦"))
    stands = choice(
        _("今天"),
        [
            ("qualified", _("可以承運")),
            ("60", _("60 天內到期")),
            ("30", _("30 天內到期")),
            ("7", _("7 天內到期")),
            ("expired", _("已過期")),
            ("not", _("不能承運")),
        ],
        "by_standing",
    )
    state = others(_("狀態"), _("往來中"), _("已停用"))

    class Meta:
        model = Carrier
        fields = []

    def by_standing(self, rows, name, value):
        today = timezone.localdate()
        if value == "qualified":
            return rows.qualified(today)
        if value == "expired":
            return rows.expired(today)
        if value == "not":
            return rows.exclude(pk__in=Carrier.objects.qualified(today).values("pk"))
        return rows.expiring(today, int(value))

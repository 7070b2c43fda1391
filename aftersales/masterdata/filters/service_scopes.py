"""How the list of assessments is narrowed."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftersales.masterdata.filters.shared import UsualRows, choice, others, words
from aftersales.masterdata.models import Contract, Product, ServiceScope


class ServiceScopeFilter(UsualRows):
    q = words(_("合同、客戶、產品"), _("繁簡皆可，例如 離心泵"))
    subject = choice(_("對象"), [("contract", _("合同")), ("product", _("產品"))], "by_subject")
    review = choice(
        _("評審"),
        [("overdue", _("已逾期")), ("30", _("30 天內")), ("60", _("60 天內"))],
        "by_review",
    )
    state = others(_("狀態"), _("現行"), _("已被取代"))

    usual = ("state", "is_current", True)

    class Meta:
        model = ServiceScope
        fields = []

    def by_words(self, rows, name, value):
        contracts = Contract.objects.matching(value).order_by()
        products = Product.objects.matching(value).order_by()
        return rows.filter(Q(contract__in=contracts) | Q(product__in=products))

    def by_subject(self, rows, name, value):
        return rows.filter(**{f"{value}__isnull": False})

    def by_review(self, rows, name, value):
        today = timezone.localdate()
        days = -1 if value == "overdue" else int(value)
        return rows.review_due(today + timedelta(days=days))

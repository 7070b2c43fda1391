from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

LONGEST_ANSWER_HOURS = 24  # 4.4


class ServiceScopeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("masterdata.view_masterdata") else self.none()

    def current(self):
        return self.filter(is_current=True)

    def review_due(self, on: date):
        """Whose day of review has come."""
        return self.current().filter(review_on__lte=on)

    def numbered(self):
        """Each with `assessment`: the how manieth of its contract or product it is."""
        earlier = ServiceScope.objects.filter(pk__lte=OuterRef("pk")).filter(
            Q(contract=OuterRef("contract")) | Q(product=OuterRef("product"))
        )
        number = earlier.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
        return self.annotate(assessment=Subquery(number.values("n")))


class ServiceScope(models.Model):
    """交付後活動的範圍與程度 (2.5): the five headings weighed for a contract or a product, and what
    was decided. A later assessment takes the place of this one, which is kept."""

    contract = models.ForeignKey(
        "masterdata.Contract",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="service_scopes",
        verbose_name=_("合同"),
    )
    product = models.ForeignKey(
        "masterdata.Product",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="service_scopes",
        verbose_name=_("產品"),
    )
    legal = models.TextField(_("a 法律法規要求"))
    harm = models.TextField(_("b 可能的不良後果"))
    nature = models.TextField(_("c 產品的性質、用途與預期壽命"))
    requirements = models.TextField(_("d 顧客要求"))
    feedback = models.TextField(_("e 顧客反饋"))
    decision = models.TextField(_("決定"))
    warranty_months = models.PositiveSmallIntegerField(
        _("保修月數"), null=True, blank=True, validators=[MaxValueValidator(240)],
        help_text=_("留空就不改變合同或產品的約定"),
    )  # fmt: skip
    answer_hours = models.PositiveSmallIntegerField(
        _("答復時限（小時）"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_ANSWER_HOURS)],
        help_text=_("只能短於 24 小時（4.4），不能延長；留空就是 24 小時"),
    )  # fmt: skip
    arrival_hours = models.PositiveSmallIntegerField(
        _("到場時限（小時）"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    decided_on = models.DateField(_("評定日期"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("評定人"),
    )
    review_on = models.DateField(_("下次評審日"))
    is_current = models.BooleanField(default=True)

    objects = ServiceScopeQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("服務範圍評定")
        constraints = [
            models.CheckConstraint(
                condition=Q(contract__isnull=False, product__isnull=True)
                | Q(contract__isnull=True, product__isnull=False),
                name="servicescope_of_a_contract_or_a_product",
                violation_error_message=_("服務範圍評定只能對一份合同或一個產品（2.5）"),
            ),
            models.CheckConstraint(
                condition=Q(
                    legal__gt="",
                    harm__gt="",
                    nature__gt="",
                    requirements__gt="",
                    feedback__gt="",
                    decision__gt="",
                ),
                name="servicescope_weighs_all_five",
                violation_error_message=_("a 至 e 五項與決定都要寫明（2.5）"),
            ),
            models.CheckConstraint(
                condition=Q(answer_hours=None)
                | Q(answer_hours__gte=1, answer_hours__lte=LONGEST_ANSWER_HOURS),
                name="servicescope_answer_never_longer",
                violation_error_message=_("答復時限只能縮短 24 小時，不能延長（2.5、4.4）"),
            ),
            models.CheckConstraint(
                condition=Q(warranty_months=None) | Q(warranty_months__lte=240),
                name="servicescope_warranty_at_most_20_years",
                violation_error_message=_("保修月數最多 240（20 年）"),
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=models.F("decided_on")),
                name="servicescope_review_after_decision",
                violation_error_message=_("下次評審日要晚於評定日期（2.5）"),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__gte=date(2000, 1, 1), review_on__lte=date(2100, 12, 31)),
                name="servicescope_2000_to_2100",
                violation_error_message=_("日期應在 2000 至 2100 年之間"),
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(is_current=True, contract__isnull=False),
                name="servicescope_one_current_a_contract",
                violation_error_message=_("這份合同已有現行的評定（2.5）"),
            ),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(is_current=True, product__isnull=False),
                name="servicescope_one_current_a_product",
                violation_error_message=_("這個產品已有現行的評定（2.5）"),
            ),
        ]
        indexes = [
            # For what is due for review.
            models.Index(
                fields=["review_on"], condition=Q(is_current=True), name="servicescope_review"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_no} {self.decided_on}"

    def get_absolute_url(self) -> str:
        return reverse("service_scope_detail", args=[self.pk])

    @property
    def subject(self):
        """The contract or the product that was assessed."""
        return self.contract or self.product

    @property
    def subject_no(self) -> str:
        """The number of the contract, or that of the part."""
        return self.contract.number if self.contract else self.product.part_no

    @property
    def about(self) -> str:
        """Whose contract it is, or which product."""
        return self.contract.customer.name if self.contract else str(self.product)

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.text import fold

LAPSES_AFTER = 60  # days after its end from which nobody is reminded of a contract any more


class ContractQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("masterdata.view_masterdata") else self.none()

    def in_force(self, on: date):
        """Which bind on this local day; a contract without an end goes on."""
        return self.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gte=on))

    def ended(self, on: date):
        """Which ended before this day."""
        return self.filter(valid_until__lt=on)

    def ends_within(self, on: date, days: int):
        """In force on this day, but no longer than so many days after it."""
        return self.in_force(on).filter(valid_until__lte=on + timedelta(days=days))

    def not_lapsed(self, on: date):
        """Which have an end, as `until`, that is yet to come or was not long ago."""
        since = on - timedelta(days=LAPSES_AFTER)
        return self.filter(valid_until__gte=since).annotate(until=F("valid_until"))

    def matching(self, text: str):
        return self.filter(search_text__contains=fold(text))


class Contract(models.Model):
    """合同 with a customer: how goods are handed over, and what service follows (2.5, 3.2.1, 3.3.3)."""

    number = models.CharField(
        _("合同號"), max_length=60, unique=True, error_messages={"unique": _("這個合同號已經登記")}
    )
    customer = models.ForeignKey(
        "masterdata.Customer",
        on_delete=models.PROTECT,
        related_name="contracts",
        verbose_name=_("客戶"),
    )
    title = models.CharField(_("名稱"), max_length=120, blank=True)
    signed_on = models.DateField(_("簽訂日期"))
    valid_from = models.DateField(_("生效日"))
    valid_until = models.DateField(_("到期日"), null=True, blank=True)
    delivery_terms = models.TextField(_("交付條款"), blank=True)
    allows_pickup = models.BooleanField(_("約定顧客自提"), default=False)
    pickup_terms = models.TextField(_("自提條款"), blank=True)
    warranty_months = models.PositiveSmallIntegerField(
        _("保修月數"), null=True, blank=True, validators=[MaxValueValidator(240)],
        help_text=_("留空就依產品的保修月數"),
    )  # fmt: skip
    warranty_terms = models.TextField(_("保修條款"), blank=True)
    technical_agreement = models.CharField(_("技術協議號"), max_length=120, blank=True)
    has_commissioning = models.BooleanField(_("含安裝調試"), default=False)
    arrival_hours = models.PositiveSmallIntegerField(
        _("到場時限（小時）"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("需要到場時，自接到服務信息起"),
    )  # fmt: skip
    remark = models.TextField(_("備註"), blank=True)
    search_text = models.CharField(max_length=400, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on", "number"]
        verbose_name = _("合同")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="contract_in_order",
                violation_error_message=_("到期日不能早於生效日"),
            ),
            models.CheckConstraint(
                condition=Q(allows_pickup=False) | Q(pickup_terms__gt=""),
                name="contract_pickup_has_terms",
                violation_error_message=_("約定顧客自提，請寫明自提條款（3.2.1）"),
            ),
            models.CheckConstraint(
                condition=Q(warranty_months=None) | Q(warranty_months__lte=240),
                name="contract_warranty_at_most_20_years",
                violation_error_message=_("保修月數最多 240（20 年）"),
            ),
            models.CheckConstraint(
                condition=Q(
                    signed_on__gte=date(2000, 1, 1),
                    signed_on__lte=date(2100, 12, 31),
                    valid_from__gte=date(2000, 1, 1),
                    valid_from__lte=date(2100, 12, 31),
                )
                & (Q(valid_until=None) | Q(valid_until__lte=date(2100, 12, 31))),
                name="contract_2000_to_2100",
                violation_error_message=_("日期應在 2000 至 2100 年之間"),
            ),
        ]
        indexes = [
            # For the list by what ends next.
            models.Index(fields=["valid_until"], name="contract_until")
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("contract_detail", args=[self.pk])

    def folded(self) -> str:
        names = (self.number, self.title, self.customer.name, self.customer.name_simplified)
        return ("|" + "|".join(fold(name) for name in names if name) + "|")[:400]

from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.masterdata.models.partners import Partner, PartnerQuerySet


class CarrierQuerySet(PartnerQuerySet):
    def qualified(self, on: date):
        """Who may carry our goods on this local day: in use, with an agreement in force (3.1.2)
        and a last verification that found it able and has not expired (3.2.2)."""
        agreement = CarrierAgreement.objects.in_force(on).filter(carrier=OuterRef("pk"))
        last = CarrierVerification.objects.filter(
            carrier=OuterRef("pk"), verified_on__lte=on
        ).order_by("-verified_on", "-pk")
        return (
            self.active()
            .annotate(
                last_verdict=Subquery(last.values("verdict")[:1]),
                last_expires_on=Subquery(last.values("expires_on")[:1]),
            )
            .filter(
                Exists(agreement),
                last_verdict=CarrierVerification.Verdict.ABLE,
                last_expires_on__gte=on,
            )
        )

    def with_papers_until(self, on: date, **until):
        """With a paper that nothing replaces and that ends as said, such as `lt=on`."""
        condition = {f"until__{how}": day for how, day in until.items()}
        return self.filter(
            Exists(_papers(CarrierAgreement, on).filter(**condition))
            | Exists(_papers(CarrierVerification, on).filter(**condition))
        )

    def expired(self, on: date):
        """In use, and a paper of theirs has ended before this day."""
        return self.active().with_papers_until(on, lt=on)

    def expiring(self, on: date, days: int):
        """Qualified on this day, with a paper that ends within so many days."""
        return self.qualified(on).with_papers_until(on, lte=on + timedelta(days=days))


def _papers(model, on: date):
    return model.objects.unreplaced(on).filter(carrier=OuterRef("pk"))


class Carrier(Partner):
    """An outside carrier (承運商), chosen only with a valid agreement and verification (3.1.2)."""

    objects = CarrierQuerySet.as_manager()

    class Meta(Partner.Meta):
        verbose_name = _("承運商")

    def get_absolute_url(self) -> str:
        return reverse("carrier_detail", args=[self.pk])


class CarrierAgreementQuerySet(models.QuerySet):
    def in_force(self, on: date):
        """Which bind on this local day; first and last day are within."""
        return self.filter(valid_from__lte=on, valid_until__gte=on).filter(
            Q(terminated_on=None) | Q(terminated_on__gt=on)
        )

    def ending(self):
        """Each with `until`, the last day on which it binds; those that never came to are left
        out. Terminated it binds until the day before."""
        the_day_before = Cast(F("terminated_on") - timedelta(days=1), models.DateField())
        until = Case(
            When(terminated_on__lte=F("valid_until"), then=the_day_before),
            default=F("valid_until"),
        )
        return self.annotate(until=until).filter(until__gte=F("valid_from"))

    def unreplaced(self, on: date):
        """Of carriers in use, and no other agreement lasts longer without a gap before it."""
        later = Q(until__gt=OuterRef("until")) | Q(until=OuterRef("until"), pk__gt=OuterRef("pk"))
        begun = Q(valid_from__lte=on)
        follows_on = Q(valid_from__lte=OuterRef("until") + timedelta(days=1))
        others = CarrierAgreement.objects.ending().filter(carrier=OuterRef("carrier"))
        rows = self.ending().filter(carrier__is_active=True)
        return rows.filter(~Exists(others.filter(later, begun | follows_on)))


class CarrierAgreement(models.Model):
    """承運協議 (3.1.2): fixes the carrier's responsibility for quality on the way."""

    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("承運商")
    )
    number = models.CharField(_("協議號"), max_length=60)
    liability_terms = models.TextField(
        _("責任條款"), help_text=_("短少、受潮、破損與其他損失由誰負責、怎樣賠償")
    )
    claim_within_days = models.PositiveSmallIntegerField(
        _("索賠期限（天）"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("自到貨日起；協議沒有約定就留空"),
    )  # fmt: skip
    signed_on = models.DateField(_("簽訂日期"))
    valid_from = models.DateField(_("生效日"))
    valid_until = models.DateField(_("到期日"))
    terminated_on = models.DateField(_("提前終止日"), null=True, blank=True)
    termination_reason = models.CharField(_("終止理由"), max_length=300, blank=True)
    remark = models.TextField(_("備註"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CarrierAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["carrier", "-valid_until", "-pk"]
        verbose_name = _("承運協議")
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "number"],
                name="carrieragreement_number_once_a_carrier",
                violation_error_message=_("這家承運商的這個協議號已經登記"),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="carrieragreement_in_order",
                violation_error_message=_("到期日不能早於生效日"),
            ),
            models.CheckConstraint(
                condition=Q(liability_terms__gt=""),
                name="carrieragreement_says_who_is_liable",
                violation_error_message=_("承運協議要寫明質量責任（3.1.2）"),
            ),
            models.CheckConstraint(
                condition=Q(terminated_on=None) | Q(termination_reason__gt=""),
                name="carrieragreement_terminated_for_a_reason",
                violation_error_message=_("提前終止承運協議要寫明理由（3.1.2）"),
            ),
            models.CheckConstraint(
                condition=Q(
                    signed_on__gte=date(2000, 1, 1),
                    valid_from__gte=date(2000, 1, 1),
                    valid_until__lte=date(2100, 12, 31),
                ),
                name="carrieragreement_2000_to_2100",
                violation_error_message=_("日期應在 2000 至 2100 年之間"),
            ),
        ]
        indexes = [
            # For the sweep that warns of what expires, and the list by age.
            models.Index(fields=["valid_until"], name="carrieragreement_until")
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"{self.carrier.get_absolute_url()}#agreement-{self.pk}"

    @property
    def last_day(self) -> date:
        """The last day on which it binds."""
        if self.terminated_on and self.terminated_on <= self.valid_until:
            return self.terminated_on - timedelta(days=1)
        return self.valid_until


class CarrierVerificationQuerySet(models.QuerySet):
    def unreplaced(self, on: date):
        """The last of each carrier in use, where it found the carrier able; with `until`."""
        newer = CarrierVerification.objects.filter(
            carrier=OuterRef("carrier"), verified_on__lte=on
        ).filter(
            Q(verified_on__gt=OuterRef("verified_on"))
            | Q(verified_on=OuterRef("verified_on"), pk__gt=OuterRef("pk"))
        )
        able = self.filter(carrier__is_active=True, verdict=CarrierVerification.Verdict.ABLE)
        return able.filter(~Exists(newer)).annotate(until=F("expires_on"))


class CarrierVerification(models.Model):
    """質量保證能力驗證 (3.2.2): the salesperson verifies that quality is kept in transport."""

    class Verdict(models.TextChoices):
        ABLE = "able", _("合格")
        NOT_ABLE = "not_able", _("不合格")

    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, related_name="verifications", verbose_name=_("承運商")
    )
    verified_on = models.DateField(_("驗證日期"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("驗證人"),
    )
    evidence = models.TextField(
        _("驗證依據"), help_text=_("車輛與資質、防潮防震、保險、以往運輸記錄；文件可作附件")
    )
    verdict = models.CharField(_("結論"), max_length=10, choices=Verdict.choices)
    expires_on = models.DateField(_("有效至"))
    remark = models.TextField(_("備註"), blank=True)

    objects = CarrierVerificationQuerySet.as_manager()

    class Meta:
        ordering = ["carrier", "-verified_on", "-pk"]
        verbose_name = _("運輸質量保證能力驗證")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("verified_on")),
                name="carrierverification_in_order",
                violation_error_message=_("有效日期不能早於驗證日期"),
            ),
            models.CheckConstraint(
                condition=Q(evidence__gt=""),
                name="carrierverification_has_evidence",
                violation_error_message=_("驗證要寫明依據（3.2.2）"),
            ),
            models.CheckConstraint(
                condition=Q(verified_on__gte=date(2000, 1, 1), expires_on__lte=date(2100, 12, 31)),
                name="carrierverification_2000_to_2100",
                violation_error_message=_("日期應在 2000 至 2100 年之間"),
            ),
        ]
        indexes = [
            # For the last verification of a carrier.
            models.Index(
                fields=["carrier", "-verified_on", "-id"], name="carrierverification_last"
            ),
            # For the sweep that warns of what expires.
            models.Index(fields=["expires_on"], name="carrierverification_until"),
        ]

    def __str__(self) -> str:
        return f"{self.verified_on} {self.get_verdict_display()}"

    def get_absolute_url(self) -> str:
        return f"{self.carrier.get_absolute_url()}#verification-{self.pk}"

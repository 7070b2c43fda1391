from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PickupCheck(models.Model):
    """三方核對 (3.2.1): sales clerk, keeper and the customer's person check together against the
    成品發貨單. Every attempt is kept."""

    note = models.ForeignKey(
        "delivery.ShippingNote", on_delete=models.CASCADE, related_name="pickup_checks"
    )
    attempt = models.PositiveSmallIntegerField(_("次數"))
    clerk = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("銷售內勤"),
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("倉庫保管員"),
    )
    customer_person = models.CharField(_("顧客代表"), max_length=60)
    customer_phone = models.CharField(_("顧客代表電話"), max_length=40, blank=True)
    # What shows that the person comes for the customer: a letter, a badge, a vehicle.
    credential = models.CharField(_("提貨憑證"), max_length=120, blank=True)
    is_match = models.BooleanField(_("相符"))
    checked_at = models.DateTimeField(_("核對時間"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["note", "attempt"]
        verbose_name = _("三方核對")
        constraints = [
            models.UniqueConstraint(fields=["note", "attempt"], name="pickupcheck_attempt_once"),
            models.CheckConstraint(
                condition=~Q(clerk=F("keeper")),
                name="pickupcheck_three_parties",
                violation_error_message=_("銷售內勤與倉庫保管員要是兩個人，三方一起核對（3.2.1）"),
            ),
            models.CheckConstraint(
                condition=Q(customer_person__gt=""),
                name="pickupcheck_customer_present",
                violation_error_message=_("請填顧客代表的姓名（3.2.1）"),
            ),
        ]
        indexes = [
            # For the differences of a month.
            models.Index(fields=["checked_at"], name="pickupcheck_checked_at")
        ]

    def __str__(self) -> str:
        return f"{self.note} #{self.attempt}"


class PickupCheckLine(models.Model):
    """What the three found of one line."""

    check_made = models.ForeignKey(PickupCheck, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        "delivery.ShippingNoteLine", on_delete=models.CASCADE, related_name="pickup_counts"
    )
    counted_quantity = models.DecimalField(_("實點數量"), max_digits=12, decimal_places=3)
    remark = models.CharField(_("不符情形"), max_length=300, blank=True)
    differs = models.BooleanField(default=False)

    class Meta:
        ordering = ["check_made", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_made", "line"], name="pickupcheckline_line_once_a_check"
            ),
            models.CheckConstraint(
                condition=Q(counted_quantity__gte=0),
                name="pickupcheckline_not_negative",
                violation_error_message=_("數量不能小於 0"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_made} {self.line}"


class PickupDifference(models.Model):
    """單貨不符 at pick-up (3.2.1): cause, consent, the customer's confirmation and repacking, in
    that order, before the three check again."""

    class State(models.TextChoices):
        FOUND = "found", _("待查原因")
        CAUSED = "caused", _("待經理同意")
        CONSENTED = "consented", _("待顧客確認")
        CONFIRMED = "confirmed", _("待重新包裝")
        REPACKED = "repacked", _("已重新包裝")

    class Means(models.TextChoices):
        PRESENT = "present", _("當面")
        CALL = "call", _("電話")
        MAIL = "mail", _("郵件")

    check_made = models.OneToOneField(
        PickupCheck, on_delete=models.CASCADE, related_name="difference"
    )
    state = models.CharField(_("狀態"), max_length=12, choices=State.choices, default=State.FOUND)
    description = models.TextField(_("差異"))  # what differs, in sentences, as it was found
    cause = models.TextField(_("原因"), blank=True)
    measure = models.TextField(_("怎樣改正"), blank=True)
    caused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    caused_at = models.DateTimeField(null=True, blank=True)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    consented_for = models.CharField(max_length=60, blank=True)  # the absent manager's name
    consented_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(_("不同意的理由"), max_length=300, blank=True)
    confirmed_person = models.CharField(_("顧客確認人"), max_length=60, blank=True)
    confirmed_means = models.CharField(
        _("確認方式"), max_length=10, choices=Means.choices, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmation_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    repacked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    repacked_at = models.DateTimeField(null=True, blank=True)
    repack_remark = models.CharField(_("包裝說明"), max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("提貨差異")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="found")
                | Q(cause__gt="", caused_by__isnull=False, caused_at__isnull=False),
                name="pickupdifference_cause_first",
                violation_error_message=_("先由銷售內勤查明原因（3.2.1）"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["found", "caused"])
                | Q(consented_by__isnull=False, consented_at__isnull=False),
                name="pickupdifference_consent_before_customer",
                violation_error_message=_("銷售部經理同意後，顧客才再次確認（3.2.1）"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["found", "caused", "consented"])
                | Q(confirmed_person__gt="", confirmed_at__isnull=False),
                name="pickupdifference_customer_before_repacking",
                violation_error_message=_("顧客再次確認後才重新包裝（3.2.1）"),
            ),
            models.CheckConstraint(
                condition=~Q(state="repacked")
                | Q(repacked_by__isnull=False, repacked_at__isnull=False),
                name="pickupdifference_repacked_by_whom",
                violation_error_message=_("重新包裝要記錄何人何時（3.2.1）"),
            ),
            models.CheckConstraint(
                condition=Q(consented_by=None) | ~Q(consented_by=F("caused_by")),
                name="pickupdifference_consent_by_another",
                violation_error_message=_("查原因的人不能自己同意（3.2.1）"),
            ),
        ]
        indexes = [
            # For what waits: the open differences are few.
            models.Index(fields=["state"], name="pickupdifference_state")
        ]

    def __str__(self) -> str:
        return str(self.check_made.note)

    @property
    def note(self):
        return self.check_made.note

    @property
    def reference(self) -> str:
        """Stands in the URLs of its steps: that of its note, whose one open difference it is."""
        return self.check_made.note.reference

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LineCount(models.Model):
    """One attempt at verifying a line (3.1.4). Every attempt is kept with its difference."""

    class Result(models.TextChoices):
        MATCH = "match", _("一致")
        WRONG_ITEM = "wrong_item", _("錯裝")
        SHORT = "short", _("漏裝")
        OVER = "over", _("多裝")
        DAMAGED = "damaged", _("破損")

    line = models.ForeignKey(
        "delivery.ShippingNoteLine", on_delete=models.CASCADE, related_name="counts"
    )
    attempt = models.PositiveSmallIntegerField(_("次數"))
    result = models.CharField(_("結果"), max_length=12, choices=Result.choices)
    counted_quantity = models.DecimalField(_("實點數量"), max_digits=12, decimal_places=3)
    damaged_quantity = models.DecimalField(
        _("其中破損"), max_digits=12, decimal_places=3, default=0
    )
    wrong_part_no = models.CharField(_("實物料號"), max_length=60, blank=True)
    wrong_quantity = models.DecimalField(_("錯裝數量"), max_digits=12, decimal_places=3, default=0)
    serial_nos = models.JSONField(_("序列號"), default=list)
    lot_no = models.CharField(_("批號"), max_length=60, blank=True)
    # What exactly differs, in a sentence, as it was when counted.
    difference = models.CharField(_("差異"), max_length=400, blank=True)
    counted_at = models.DateTimeField(_("時間"))
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("核對人"),
    )

    class Meta:
        ordering = ["line", "attempt"]
        constraints = [
            models.UniqueConstraint(fields=["line", "attempt"], name="linecount_attempt_once"),
            models.CheckConstraint(
                condition=models.Q(
                    counted_quantity__gte=0, damaged_quantity__gte=0, wrong_quantity__gte=0
                ),
                name="linecount_not_negative",
                violation_error_message=_("數量不能小於 0"),
            ),
        ]
        indexes = [
            # For the differences of a month, few among all counts.
            models.Index(
                fields=["counted_at"],
                condition=~models.Q(result="match"),
                name="linecount_differences",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line} #{self.attempt}"

    @property
    def is_match(self) -> bool:
        return self.result == self.Result.MATCH

    @property
    def is_corrected(self) -> bool:
        """The difference was put right, so the line may be counted again."""
        adjustment = getattr(self, "adjustment", None)
        return adjustment is not None and adjustment.measure == Adjustment.Measure.CORRECTED


class Adjustment(models.Model):
    """What was done about a difference before the line is counted again (3.1.4)."""

    class Measure(models.TextChoices):
        CORRECTED = "corrected", _("已換成單上的品項與數量")
        NO_STOCK = "no_stock", _("庫存不足，先不動")
        NOTE_WRONG = "note_wrong", _("單據寫錯，請制單改單")

    count = models.OneToOneField(LineCount, on_delete=models.CASCADE, related_name="adjustment")
    measure = models.CharField(_("怎樣處理"), max_length=12, choices=Measure.choices)
    put_back_bin = models.CharField(_("換下的放回庫位"), max_length=40, blank=True)
    remark = models.CharField(_("說明"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.get_measure_display()
